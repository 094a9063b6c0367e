"""Do the benchmarks still run, and do the pages show what they found?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import load_model, memory, report
from benchmarks.report import Chart, Section, Verdict, between_marks


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "section", ["http", "submit", "engines", "growth", "past", "timers", "feel"]
)
def test_every_section_can_be_measured(section: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", section],
        cwd=report.ROOT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "(target" in done.stdout


def test_an_instance_in_memory_takes_no_more_than_it_is_reckoned_at(tmp_path: Path) -> None:
    (section,) = memory.measure(tmp_path, quick=True)
    values = {str(name): value for name, value in section.rows}

    assert float(values["KiB that an instance takes"]) > 1
    assert float(values["MiB that so many take"]) <= float(values["MiB that the bound allows"])


def test_the_page_shows_the_last_full_run() -> None:
    found = json.loads((report.ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    sections = [
        Section(
            **section
            | {
                "verdicts": [Verdict(**verdict) for verdict in section["verdicts"]],
                "charts": [Chart(**chart) for chart in section["charts"]],
            }
        )
        for section in found["sections"]
    ]

    shown = report.Report(machine=found["machine"], sections=sections).markdown()
    assert between_marks(report.PAGE) == shown


def test_the_model_of_the_load_reckons_with_the_last_full_run() -> None:
    assert between_marks(load_model.PAGE) == load_model.figures(load_model.measured())


def test_ten_times_the_load_needs_about_ten_times_the_nodes() -> None:
    costs = {"cpu_ms_of_a_form": 3.0, "forms_per_second_of_a_database": 200.0}

    small, large = load_model.plan(1_000_000, costs), load_model.plan(10_000_000, costs)
    assert 9 <= large.nodes / small.nodes <= 10
    assert 9 <= large.partitions / small.partitions <= 11


def test_a_single_shop_needs_one_process() -> None:
    costs = {"cpu_ms_of_a_form": 3.0, "forms_per_second_of_a_database": 200.0}

    assert load_model.plan(1_000, costs).first_limit == "none: one process is enough"

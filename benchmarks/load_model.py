"""How far does it carry? A model of the load of a chain of shops, with the costs measured.

``python -m benchmarks.load_model`` reckons with benchmarks/results.json and writes the table of
docs/explanation/scaling.md. It is arithmetic, not measurement: it says where the first bottleneck
is, and by what factor.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import ROOT, put_between_marks, table

PAGE = ROOT / "docs" / "explanation" / "scaling.md"
RESULTS = Path(__file__).parent / "results.json"

CASES_PER_DAY = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
COMMANDS_OF_A_CASE = 25
"""Forms, jobs, timers and messages of one complaint from its start to its end."""
READS_PER_COMMAND = 4
"""Work lists, tasks and case pages that people look at for each thing they do."""
CPU_OF_A_READ = 0.5
"""Of the CPU of a command."""
PEAK_HOUR = 0.15
"""Share of a day's work that falls into its busiest hour."""
BUSY = 0.6
"""A core and a database are planned to be used so far, so that queues stay short."""
CORES_OF_A_NODE = 1
CONNECTIONS_OF_A_NODE = 16
CONNECTIONS_OF_A_DATABASE = 400
BYTES_OF_A_COMMAND = 144_000
"""Pages of tables and indexes that one form writes; what it leaves is about a tenth."""
KEPT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one load needs."""

    cases_per_day: int
    commands_per_second: float
    nodes: int
    partitions: int
    connections: int
    terabytes_a_year: float

    @property
    def first_limit(self) -> str:
        """Say what has to be added first."""
        if self.partitions > 1:
            return "commits of one database: partition by process instance"
        if self.nodes > 1:
            return "cores of one node: start more"
        return "none: one process is enough"


def plan(cases_per_day: int, costs: Mapping[str, float]) -> Plan:
    """Reckon what so many cases a day need in their busiest hour."""
    commands = cases_per_day * COMMANDS_OF_A_CASE
    per_second = commands * PEAK_HOUR / 3600
    cpu = per_second * costs["cpu_ms_of_a_form"] / 1000 * (1 + READS_PER_COMMAND * CPU_OF_A_READ)
    nodes = max(1, math.ceil(cpu / (CORES_OF_A_NODE * BUSY)))
    by_commits = per_second / (costs["forms_per_second_of_a_database"] * BUSY)
    connections = nodes * CONNECTIONS_OF_A_NODE
    by_connections = connections / CONNECTIONS_OF_A_DATABASE
    return Plan(
        cases_per_day=cases_per_day,
        commands_per_second=per_second,
        nodes=nodes,
        partitions=max(1, math.ceil(max(by_commits, by_connections))),
        connections=connections,
        terabytes_a_year=commands * 365 * BYTES_OF_A_COMMAND * KEPT / 1e12,
    )


def figures(costs: Mapping[str, float]) -> str:
    """Return the table of the page."""
    rows = [
        (
            f"{each.cases_per_day:,}",
            each.commands_per_second,
            each.nodes,
            each.partitions,
            each.connections,
            each.terabytes_a_year,
            each.first_limit,
        )
        for each in (plan(cases, costs) for cases in CASES_PER_DAY)
    ]
    head = (
        "cases a day",
        "commands/s at peak",
        "nodes of one core",
        "databases",
        "connections",
        "TB a year",
        "first limit",
    )
    return table(head, rows)


def measured() -> dict[str, float]:
    """Return the costs of the last full run."""
    sections = json.loads(RESULTS.read_text(encoding="utf-8"))["sections"]
    return {name: cost for section in sections for name, cost in section["costs"].items()}


if __name__ == "__main__":
    put_between_marks(PAGE, figures(measured()))

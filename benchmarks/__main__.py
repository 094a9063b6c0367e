"""Runs the benchmarks and writes their page: ``python -m benchmarks [--quick] [section ...]``.

Sections: http, submit, engines, growth, past, memory, timers, feel. All of them write
docs/explanation/performance.md, its charts and benchmarks/results.json; some of them, or
``--quick``, only print.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import engines, feel, growth, lateness, memory, over_http, past, submit
from benchmarks.report import Report, Section, machine, table
from tests.databases import PostgreSQL, get_server

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where the benchmarks work: a folder of their own and a PostgreSQL that keeps its word."""

    folder: Path
    postgresql: PostgreSQL
    quick: bool

    def two_databases(self, name: str) -> tuple[str, str]:
        """Return two new databases for Redress."""
        return self.postgresql.create(name), self.postgresql.create(f"{name}_too")

    def databases(self, name: str) -> tuple[str, str]:
        """Return two new databases: for Redress, and for bare commits (as libpq takes it)."""
        return (
            self.postgresql.create(name),
            over_http.libpq(self.postgresql.create(f"{name}_bare")),
        )


SECTIONS: dict[str, Callable[[Bench], list[Section]]] = {
    "http": lambda bench: over_http.measure(
        bench.folder,
        postgresql=bench.databases("http"),
        together=bench.databases("together"),
        quick=bench.quick,
    ),
    "submit": lambda bench: submit.measure(
        bench.folder, bench.databases("submit"), quick=bench.quick
    ),
    "engines": lambda bench: engines.measure(bench.folder, quick=bench.quick),
    "growth": lambda bench: growth.measure(bench.folder, quick=bench.quick),
    "past": lambda bench: past.measure(
        bench.folder, bench.two_databases("past"), quick=bench.quick
    ),
    "memory": lambda bench: memory.measure(bench.folder, quick=bench.quick),
    "timers": lambda bench: lateness.measure(
        bench.folder, bench.postgresql.create("timers"), quick=bench.quick
    ),
    "feel": lambda bench: feel.measure(quick=bench.quick),
}


@contextmanager
def bench(*, quick: bool) -> Iterator[Bench]:
    """Get everything ready; PostgreSQL flushes each commit to the disk, as it does in use."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = PostgreSQL(get_server(folder / "postgresql", cleanup_mode="delete"), quick=())
        try:
            yield Bench(folder=folder, postgresql=server, quick=quick)
        finally:
            server.close()


def main() -> None:
    """Measure, print, and write the page if everything was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="a few minutes, for trying it out")
    parser.add_argument("section", nargs="*", choices=[[], *SECTIONS])
    asked = parser.parse_args()
    with bench(quick=asked.quick) as ready:
        report = Report(machine=machine(postgresql="18"))
        for name in asked.section or SECTIONS:
            for section in SECTIONS[name](ready):
                report.sections.append(section)
                print(f"\n{section.title}\n{table(section.head, section.rows)}", flush=True)
    for verdict in (v for section in report.sections for v in section.verdicts):
        met = "met   " if verdict.is_met else "MISSED"
        print(f"{met} {verdict.what}: {verdict.measured} (target {verdict.target})")
    if not asked.quick and not asked.section:
        report.write(RESULTS)


if __name__ == "__main__":
    main()

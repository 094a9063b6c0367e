"""How late timers are that fall due one after the other: on one node, and on two that share."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.report import Section, Verdict
from engine.bootstrap import build
from engine.settings import Settings
from tests.nodes.conftest import Nodes
from tests.nodes.provider import Provider
from tests.prove import timers

PER_SECOND = 10_000 / 60
"""The rate at which timers must be in time: 10 000 in a minute."""


def measure(folder: Path, postgresql: str, *, quick: bool) -> list[Section]:
    """Spread timers over some seconds; the nodes of PostgreSQL are processes of their own."""
    seconds = 3 if quick else 12
    count = round(PER_SECOND * seconds)
    late = {
        "SQLite, one node": _on_sqlite(folder, count, seconds),
        "PostgreSQL, two nodes": _on_postgresql(folder, postgresql, count, seconds),
    }
    return [
        Section(
            title="Timers in time",
            text=f"{count:,} timers that fall due within {seconds} seconds, half of them cycles, "
            "each fired exactly once: seconds from when each was due until it was fired.",
            head=("", "99th percentile"),
            rows=list(late.items()),
            verdicts=[
                Verdict(
                    what=f"lateness of timers, p99, {name}",
                    target="≤ 1 s",
                    measured=f"{p99:.2f} s",
                    is_met=p99 <= timers.LATEST_SECONDS,
                )
                for name, p99 in late.items()
            ],
        )
    ]


def _on_sqlite(folder: Path, count: int, seconds: float) -> float:
    settings = Settings(
        database_url=f"sqlite:///{folder}/lateness.db", document_folder=folder / "documents"
    )
    app = build(settings)
    try:
        _, lateness = timers.fire(app, count, seconds, app.background.start)
    finally:
        app.stop()
    return _p99(lateness, count)


def _on_postgresql(folder: Path, url: str, count: int, seconds: float) -> float:
    with ExitStack() as stack:
        provider = Provider()
        stack.callback(provider.close)
        app = build(Settings(database_url=url, document_folder=folder / "documents"))
        stack.callback(app.stop)
        nodes = Nodes(folder, url, provider)
        stack.callback(nodes.close)
        _, lateness = timers.fire(app, count, seconds, lambda: nodes.working(2))
    return _p99(lateness, count)


def _p99(lateness: Mapping[int, Sequence[float]], count: int) -> float:
    """Return how late they were; raises AssertionError unless each was fired exactly once."""
    if len(lateness) != count or any(len(late) != 1 for late in lateness.values()):
        raise AssertionError("a timer was not fired exactly once")
    return timers.latest(lateness)

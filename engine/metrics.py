"""What one process measures of itself, for Prometheus (docs/reference/metrics.md).

Counted here, shown by ``api/metrics.py``. Nothing in here is a fact: those are in the history.
"""

from prometheus_client import Counter, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # nobody asks for these gauges

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)

COMMAND_SECONDS = Histogram(
    "redress_command_seconds",
    "Time of one command from its first attempt to its commit or refusal.",
    ["command"],
    buckets=_SECONDS,
)

RACES = Counter(
    "redress_races",
    "Attempts that lost against somebody else, by what came of it.",
    ["outcome"],  # retried, refused
)

HTTP_SECONDS = Histogram(
    "redress_http_request_seconds",
    "Time of one HTTP request.",
    ["operation", "status"],
    buckets=_SECONDS,
)


def command_name(work: object) -> str:
    """Name a command by the service method that it is written in, such as ``JobService.fail``."""
    name: str = getattr(work, "__qualname__", type(work).__qualname__)
    return name.partition(".<locals>")[0]

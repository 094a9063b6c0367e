"""How long does one evaluation of a compiled expression take?

    python -m benchmarks.feel

Prints microseconds of wall time, the best of several rounds, for expressions that diagrams and
forms use. The first line is the one that the design bounds: at most 5 microseconds.
"""

import timeit
from collections.abc import Callable
from datetime import UTC, datetime

from engine.feel import compile_expression

_CONTEXT: dict[str, object] = {
    "amount": 501,
    "status": "done",
    "customer": {"segment": "core", "orders": [{"total": total} for total in range(50)]},
}
_EXPRESSIONS = (
    'amount > 500 and status = "done"',
    'customer.segment = "core"',
    'if amount > 500 then "major" else "general"',
    'list contains(["a", "b", "done"], status)',
    'now() + duration("PT24H")',
    "count(customer.orders[total > 25])",
    'matches(status, "^[a-z]+$")',
)
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    print(f"{'evaluate':>10} {'look up':>10}   microseconds; look up: compile_expression() as well")
    for source in _EXPRESSIONS:
        expression = compile_expression(source)
        alone = _microseconds(lambda each=expression: each.evaluate(_CONTEXT, now=_NOW))
        cached = _microseconds(
            lambda text=source: compile_expression(text).evaluate(_CONTEXT, now=_NOW)
        )
        print(f"{alone:10.2f} {cached:10.2f}   {source}")


def _microseconds(run: Callable[[], object]) -> float:
    timer = timeit.Timer(run)
    rounds, _ = timer.autorange()
    return min(timer.repeat(repeat=5, number=rounds)) / rounds * 1e6


if __name__ == "__main__":
    main()

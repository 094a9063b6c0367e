"""How long does one evaluation of a compiled expression take?

For expressions that diagrams and forms use; the first is the typical one that is bounded.
"""

import timeit
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks.report import Section, Verdict
from engine.feel import compile_expression

BOUND_MICROSECONDS = 5

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


def measure(*, quick: bool) -> list[Section]:
    """Measure every expression."""
    rows = []
    for source in _EXPRESSIONS:
        expression = compile_expression(source)
        alone = _microseconds(lambda each=expression: each.evaluate(_CONTEXT, now=_NOW), quick)
        cached = _microseconds(
            lambda text=source: compile_expression(text).evaluate(_CONTEXT, now=_NOW), quick
        )
        rows.append((f"`{source}`", alone, cached))
    typical = rows[0][2]
    return [
        Section(
            title="FEEL",
            text="Microseconds of one evaluation, the best of several rounds: of a compiled "
            "expression, and with looking it up by its text.",
            head=("expression", "evaluate", "with the look-up"),
            rows=rows,
            verdicts=[
                Verdict(
                    what="a typical condition in FEEL, cached",
                    target="≤ 5 µs",
                    measured=f"{typical:.2f} µs",
                    is_met=typical <= BOUND_MICROSECONDS,
                )
            ],
        )
    ]


def _microseconds(run: Callable[[], object], quick: bool) -> float:
    timer = timeit.Timer(run)
    rounds = 100 if quick else timer.autorange()[0]
    return min(timer.repeat(repeat=5, number=rounds)) / rounds * 1e6

"""Random FEEL in which every operand has the type that its operator asks for.

Where types do not fit, FEEL leaves room (null, false or an error), and the two implementations
differ on purpose; what remains here has one right answer. Left out is what feelin 8.2.0 gets wrong
or does not have: ``between`` with its ends the wrong way round (it turns them), the median (it
sorts 12 before 2), equality of lists of unlike length (null), the maximum of dates (null) and
``is defined``.
"""

import random
from collections.abc import Callable, Mapping, Sequence

VARIABLES: Mapping[str, object] = {
    "x": 7,
    "y": 2.5,
    "name": "Anna",
    "empty": "",
    "paid": True,
    "nothing": None,
    "numbers": [3, 1, 2, 3],
    "order": {"sum": 12, "items": [{"price": 4, "kind": "a"}, {"price": 8, "kind": "b"}]},
}

_Make = Callable[["Maker", int], str]


class Maker:
    """Writes expressions of a type; the same seed always writes the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._loops = 0

    def expression(self) -> str:
        """Return an expression of any type."""
        kind = self._random.choice(["number", "text", "truth", "maybe", "numbers", "date"])
        return self.make(kind, 4)

    def cell(self) -> tuple[str, object]:
        """Return the tests of a cell and a value for them."""
        if self._random.random() < 0.3:
            texts = [self.pick(['"a"', '"b"', '"c"']) for _ in range(self.integer(1, 2))]
            return self._negated(", ".join(texts)), self.pick(["a", "b", "c", "d"])
        tests = ", ".join(self._number_test() for _ in range(self.integer(1, 3)))
        return self._negated(tests), self.integer(0, 12)

    def _negated(self, tests: str) -> str:
        return f"not({tests})" if self._random.random() < 0.3 else tests

    def _number_test(self) -> str:
        low = self.integer(0, 8)
        forms = [
            f"{low}",
            f"{self.pick(['<', '<=', '>', '>='])} {low}",
            f"{self.pick('[(')}{low}..{low + self.integer(1, 4)}{self.pick('])')}",
        ]
        return self.pick(forms)

    def pick(self, options: Sequence[str]) -> str:
        """Return one of *options*."""
        return self._random.choice(options)

    def integer(self, low: int, high: int) -> int:
        """Return a number from *low* to *high*."""
        return self._random.randint(low, high)

    def fresh(self) -> str:
        """Return a new name for the variable of a loop."""
        self._loops += 1
        return f"i{self._loops}"

    def make(self, kind: str, depth: int) -> str:
        """Return an expression of a type, at most *depth* operations deep."""
        simple, composed = _FORMS[kind]
        forms = simple if depth <= 0 or self._random.random() < 0.15 else composed
        return self._random.choice(forms)(self, depth - 1)


def _form(template: str) -> _Make:
    """Make a form of a template: ``{number}`` stands for an expression of that type."""
    parts = template.replace("}", "{").split("{")

    def make(maker: Maker, depth: int) -> str:
        return "".join(
            maker.make(part, depth) if place % 2 else part for place, part in enumerate(parts)
        )

    return make


def _forms(*forms: str | _Make) -> list[_Make]:
    return [_form(each) if isinstance(each, str) else each for each in forms]


def _literal(maker: Maker, depth: int) -> str:
    return f"{maker.integer(0, 20)}{maker.pick(['', '', '.5', '.25'])}"


def _day(maker: Maker, depth: int) -> str:
    return f'date("20{maker.integer(10, 29)}-{maker.integer(1, 12):02}-{maker.integer(1, 28):02}")'


def _days(maker: Maker, depth: int) -> str:
    return f'duration("P{maker.integer(0, 400)}D")'


def _months(maker: Maker, depth: int) -> str:
    return f'duration("P{maker.integer(0, 30)}M")'


def _context(maker: Maker, depth: int) -> str:
    return f"{{a: {maker.make('number', depth)}, b: a + 1}}.b"


def _loop(template: str) -> _Make:
    """Make a form with a loop variable: ``@`` in the template, and in numbers of its body."""

    def make(maker: Maker, depth: int) -> str:
        name = maker.fresh()
        body = _form(template)(maker, depth)
        return body.replace("@", name)

    return make


_FORMS: dict[str, tuple[list[_Make], list[_Make]]] = {
    "number": (
        _forms(_literal, "x", "y", "order.sum", "order.items[1].price"),
        _forms(
            "({number} + {number})",
            "({number} - {number})",
            "({number} * {small})",
            "({number} / {divisor})",
            "-({number})",
            "(if {maybe} then {number} else {number})",
            "sum({numbers})",
            "count({numbers})",
            "count({anything})",
            "min({numbers})",
            "max({numbers})",
            "mean({numbers})",
            "abs({number})",
            "floor({number})",
            "ceiling({number})",
            "modulo({whole}, {divisor})",
            "string length({text})",
            "{numbers}[1]",
            "{numbers}[-1]",
            "{date}.day",
            "{date}.year",
            "({date} - {date}).days",
            "number(string({whole}))",
            "decimal({number}, 1)",
            "round half up({number}, 0)",
            "round down({number}, 1)",
            "sqrt(abs({number}))",
            "product([{small}, {divisor}, 2])",
            'duration("P" + string(abs({whole})) + "D").days',
            _context,
        ),
    ),
    "low": (_forms("-5", "0", "1"), _forms("1.5", "2")),
    "high": (_forms("2", "9", "x"), _forms("12.25", "100")),
    "small": (_forms("0", "1", "2", "3", "x"), _forms("-2", "0.5", "count({anything})")),
    "divisor": (_forms("2", "4", "5"), _forms("-2", "8")),
    "whole": (_forms("0", "5", "-7", "12", "x"), _forms("floor({number})", "count({numbers})")),
    "text": (
        _forms('"a"', '"Ab c"', '"bcb"', "name", "empty", '"é"'),
        _forms(
            "({text} + {text})",
            "upper case({text})",
            "lower case({text})",
            'substring({text} + "x", 1, 2)',
            'substring({text} + "xy", -2)',
            "substring before({text}, {text})",
            'substring after({text}, "b")',
            "string({whole})",
            "string({truth})",
            "(if {truth} then {text} else {text})",
            'string join(["a", {text}], "-")',
            'replace({text}, "b", "z")',
            'split({text} + "b", "b")[1]',
        ),
    ),
    "truth": (
        _forms("true", "false", "paid", "nothing = null"),
        _forms(
            "({number} < {number})",
            "({number} >= {number})",
            "({number} = {number})",
            "({text} = {text})",
            "({text} != {text})",
            "({text} < {text})",
            "({truth} and {truth})",
            "({truth} or {truth})",
            "not({truth})",
            "({number} between {low} and {high})",
            "({whole} in [2..9])",
            "({whole} in (< 3, > 8))",
            "({date} < {date})",
            "contains({text}, {text})",
            'starts with({text}, "A")',
            'ends with({text}, "b")',
            "list contains({numbers}, {whole})",
            "odd({whole})",
            "even({whole})",
            'matches({text}, "[a-c]+")',
            "all([{truth}, {truth}])",
            "any([{truth}, {truth}])",
            "overlaps([1..{high}], [{low}..3])",
            "includes([1..{high}], {number})",
            "before({number}, {number})",
            "(({number}) instance of number)",
            "(({text}) instance of number)",
            _loop("(some @ in {numbers} satisfies @ > {number})"),
            _loop("(every @ in {numbers} satisfies @ <= {number})"),
        ),
    ),
    "maybe": (
        _forms("true", "false", "nothing", "null"),
        _forms("({maybe} and {maybe})", "({maybe} or {maybe})", "{truth}", "not({truth})"),
    ),
    "numbers": (
        _forms("numbers", "[1, 2, 3]", "[{number}]", "order.items.price"),
        _forms(
            "[{number}, {number}]",
            "append({numbers}, {number})",
            "concatenate({numbers}, {numbers})",
            "reverse({numbers})",
            "distinct values({numbers})",
            "union({numbers}, {numbers})",
            "insert before({numbers}, 1, {number})",
            "sublist({numbers}, 1, 1)",
            "flatten([{numbers}, [{numbers}]])",
            "sort({numbers}, function(a, b) a < b)",
            "(if {truth} then {numbers} else {numbers})",
            _loop("(for @ in {numbers} return @ + {number})"),
        ),
    ),
    "anything": (
        _forms("numbers", "[]", "order.items"),
        _forms(
            "numbers[item > {number}]",
            'order.items[kind = "a"]',
            "order.items[price > {number}]",
            "index of({numbers}, {whole})",
            "remove({numbers}, 1)",
            "for i in 1..3 return i * {number}",
        ),
    ),
    "date": (
        [_day],
        [
            lambda maker, depth: f"({maker.make('date', depth)} + {_days(maker, depth)})",
            lambda maker, depth: f"({maker.make('date', depth)} - {_days(maker, depth)})",
            lambda maker, depth: f"({maker.make('date', depth)} + {_months(maker, depth)})",
            *_forms("(if {truth} then {date} else {date})"),
        ],
    ),
}

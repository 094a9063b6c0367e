"""Literals, variables, paths, arithmetic, comparison and logic."""

from collections.abc import Callable, Iterable

from engine.feel import arithmetic, nodes
from engine.feel.comparison import equal, in_range, less, less_or_equal, member
from engine.feel.compile.base import Build, Evaluator
from engine.feel.limits import TRANSCENDENTAL_COST, Budget
from engine.feel.properties import read_property
from engine.feel.runtime import INPUT, Scope
from engine.feel.values import SCALARS, Range


def build_literal(node: nodes.Literal, build: Build) -> Evaluator:
    """Compile a value written out."""
    value = node.value
    return lambda scope: value


def build_name(node: nodes.Name, build: Build) -> Evaluator:
    """Compile a variable; one that does not exist is null."""
    name = node.name

    def read(scope: Scope) -> object:
        variables = scope.variables
        if name in variables:
            value = variables[name]
            return value if type(value) in SCALARS else scope.run.importer.convert(value)
        return scope.read(name)

    return _or_path(read, name) if "." in name else read


def _or_path(read: Evaluator, name: str) -> Evaluator:
    """Take a name with dots in it for a path where no variable is called so."""
    first, *rest = name.split(".")

    def read_either(scope: Scope) -> object:
        value = read(scope)
        if value is None:
            value = scope.read(first)
            for part in rest:
                value = member_of(value, part)
        return value

    return read_either


def build_path(node: nodes.Path, build: Build) -> Evaluator:
    """Compile ``base.name``: an entry, a property, or that of every item of a list."""
    name = node.name
    base = _build_raw(node.base, build)

    def read(scope: Scope) -> object:
        value = base(scope)
        if type(value) is dict:
            entry = value.get(name)
            return entry if type(entry) in SCALARS else scope.run.importer.convert(entry)
        return member_of(scope.run.importer.convert(value), name)

    return read


def _build_raw(node: nodes.Node, build: Build) -> Evaluator:
    """Compile the base of a path so that a large variable is not converted for one entry of it."""
    if isinstance(node, nodes.Name):
        variable = node.name
        return lambda scope: scope.raw(variable)
    if not isinstance(node, nodes.Path):
        return build(node)
    name = node.name
    base = _build_raw(node.base, build)

    def read(scope: Scope) -> object:
        value = base(scope)
        if type(value) is dict:
            return value.get(name)
        return member_of(scope.run.importer.convert(value), name)

    return read


def member_of(value: object, name: str) -> object:
    """Return the entry or property *name* of a FEEL value; null when there is none."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        return [member_of(item, name) for item in value]
    return read_property(value, name)


_ARITHMETIC: dict[str, Callable[[object, object], object]] = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
}


def build_arithmetic(node: nodes.Arithmetic, build: Build) -> Evaluator:
    """Compile a binary operator of arithmetic."""
    left, right = build(node.left), build(node.right)
    if node.operator == "**":
        return lambda scope: _power(left(scope), right(scope), scope)
    operate = _ARITHMETIC[node.operator]

    def calculate(scope: Scope) -> object:
        result = operate(left(scope), right(scope))
        if type(result) is str:
            scope.run.budget.spend_on(result)
        return result

    return calculate


def _power(base: object, exponent: object, scope: Scope) -> object:
    scope.run.budget.spend(TRANSCENDENTAL_COST)
    return arithmetic.power(base, exponent)


def build_negation(node: nodes.Negation, build: Build) -> Evaluator:
    """Compile a leading minus."""
    operand = build(node.operand)
    return lambda scope: arithmetic.negate(operand(scope))


def _unequal(left: object, right: object, budget: Budget) -> bool | None:
    same = equal(left, right, budget)
    return None if same is None else not same


_COMPARISONS: dict[str, Callable[[object, object, Budget], bool | None]] = {
    "=": equal,
    "!=": _unequal,
    "<": less,
    "<=": less_or_equal,
    ">": lambda left, right, budget: less(right, left, budget),
    ">=": lambda left, right, budget: less_or_equal(right, left, budget),
}


def build_comparison(node: nodes.Comparison, build: Build) -> Evaluator:
    """Compile a comparison."""
    left, right, compare = build(node.left), build(node.right), _COMPARISONS[node.operator]
    return lambda scope: compare(left(scope), right(scope), scope.run.budget)


def build_between(node: nodes.Between, build: Build) -> Evaluator:
    """Compile ``value between low and high``."""
    value, low, high = build(node.value), build(node.low), build(node.high)

    def decide(scope: Scope) -> object:
        tested, start, end = value(scope), low(scope), high(scope)
        if start is None or end is None:
            return None
        bounds = Range(start=start, end=end, start_included=True, end_included=True)
        return in_range(tested, bounds, scope.run.budget)

    return decide


def build_conjunction(node: nodes.Conjunction, build: Build) -> Evaluator:
    """Compile ``and``: false wins, then null (or no boolean), then true."""
    return _build_junction(node.operands, build, decisive=False)


def build_disjunction(node: nodes.Disjunction, build: Build) -> Evaluator:
    """Compile ``or``: true wins, then null (or no boolean), then false."""
    return _build_junction(node.operands, build, decisive=True)


def _build_junction(operands: tuple[nodes.Node, ...], build: Build, *, decisive: bool) -> Evaluator:
    parts = tuple(build(operand) for operand in operands)
    other = not decisive

    def decide(scope: Scope) -> object:
        result: bool | None = other
        for part in parts:
            value = part(scope)
            if value is decisive:
                return decisive
            if value is not other:
                result = None
        return result

    return decide


def build_interval(node: nodes.Interval, build: Build) -> Evaluator:
    """Compile ``[start..end]``; null when an end is null or the ends have no order."""
    start, end = build(node.start), build(node.end)
    start_included, end_included = node.start_included, node.end_included

    def make(scope: Scope) -> object:
        low, high = start(scope), end(scope)
        if less_or_equal(low, high, scope.run.budget) is None:
            return None
        return Range(start=low, end=high, start_included=start_included, end_included=end_included)

    return make


def build_unary_comparison(node: nodes.UnaryComparison, build: Build) -> Evaluator:
    """Compile ``< operand`` into the range of the values that satisfy it."""
    operand, operator = build(node.operand), node.operator

    def make(scope: Scope) -> object:
        bound = operand(scope)
        if bound is None:
            return None
        if operator == "=":
            return Range(start=bound, end=bound, start_included=True, end_included=True)
        if operator in ("<", "<="):
            included = operator == "<="
            return Range(start=None, end=bound, start_included=False, end_included=included)
        included = operator == ">="
        return Range(start=bound, end=None, start_included=included, end_included=False)

    return make


def build_membership(node: nodes.Membership, build: Build) -> Evaluator:
    """Compile ``value in (tests)``; inside the tests ``?`` is the value."""
    value = build(node.value)
    tests = tuple(build_test(test, build) for test in node.tests)

    def decide(scope: Scope) -> object:
        inner = scope.inner({INPUT: value(scope)})
        return any_true(test(inner) for test in tests)

    return decide


def any_true(results: Iterable[object]) -> bool | None:
    """Join answers by ``or``."""
    answer: bool | None = False
    for result in results:
        if result is True:
            return True
        if result is None:
            answer = None
    return answer


_CONDITIONS = (
    nodes.Comparison,
    nodes.Conjunction,
    nodes.Disjunction,
    nodes.Between,
    nodes.Membership,
    nodes.InstanceOf,
    nodes.Quantified,
)


def build_test(node: nodes.Node, build: Build) -> Evaluator:
    """Compile one test of a cell; it answers True, False or null for the value of ``?``.

    A comparison without a left side compares ``?``. A condition, or any expression that mentions
    ``?``, is its own answer (DMN 1.3, 7.3.2). Everything else is a value that ``?`` must equal or
    lie in; a call that answers true counts as passed, as in Camunda.
    """
    if isinstance(node, nodes.UnaryComparison):
        return _build_input_comparison(node, build)
    evaluate = build(node)
    if isinstance(node, _CONDITIONS) or _mentions_input(node):
        return lambda scope: result if isinstance(result := evaluate(scope), bool) else None
    is_call, is_interval = isinstance(node, nodes.Call), isinstance(node, nodes.Interval)

    def passes(scope: Scope) -> object:
        expected = evaluate(scope)
        if is_interval and expected is None:
            return None
        if is_call and expected is True:
            return True
        tested = scope.read(INPUT)
        return member(tested, expected, scope.run.budget)

    return passes


def _build_input_comparison(node: nodes.UnaryComparison, build: Build) -> Evaluator:
    operand, compare = build(node.operand), _COMPARISONS[node.operator]
    return lambda scope: compare(scope.read(INPUT), operand(scope), scope.run.budget)


def _mentions_input(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Name):
        return node.name == INPUT
    return any(map(_mentions_input, nodes.children(node)))


def build_conditional(node: nodes.Conditional, build: Build) -> Evaluator:
    """Compile ``if``; anything but true takes the else branch."""
    condition = build(node.condition)
    consequence, alternative = build(node.consequence), build(node.alternative)
    return lambda scope: consequence(scope) if condition(scope) is True else alternative(scope)

"""Sums, extremes and averages of lists."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from engine.feel import arithmetic
from engine.feel.builtins.registry import builtin
from engine.feel.comparison import less
from engine.feel.runtime import Run
from engine.feel.values import NUMBERS

_Numbers = list[Decimal]


def _numbers(items: list[object]) -> _Numbers | None:
    """Return the items when there are some and all are numbers."""
    numbers = [item for item in items if isinstance(item, Decimal)]
    return numbers if numbers and len(numbers) == len(items) else None


@builtin("count(list: list)")
def count(items: list[object]) -> Decimal:
    """Return how many items there are."""
    return Decimal(len(items))


@builtin("min(list: list...)", needs_run=True)
def minimum(run: Run, items: list[object]) -> object:
    """Return the smallest item; null for none, or when two have no order."""
    return _extreme(items, lambda item, best: less(item, best, run.budget))


@builtin("max(list: list...)", needs_run=True)
def maximum(run: Run, items: list[object]) -> object:
    """Return the largest item; null for none, or when two have no order."""
    return _extreme(items, lambda item, best: less(best, item, run.budget))


def _extreme(items: list[object], better: Callable[[object, object], bool | None]) -> object:
    if not items:
        return None
    best = items[0]
    if better(best, best) is None:
        return None
    for item in items[1:]:
        answer = better(item, best)
        if answer is None:
            return None
        if answer:
            best = item
    return best


@builtin("sum(list: list...)")
def total(items: list[object]) -> object:
    """Add up numbers or durations of one kind; null for none, or when an item does not fit."""
    return _fold(items, arithmetic.add)


@builtin("product(list: list...)")
def product(items: list[object]) -> object:
    """Multiply numbers; null for none, or when an item is no number."""
    numbers = _numbers(items)
    return None if numbers is None else _fold(list(numbers), arithmetic.multiply)


def _fold(items: list[object], operation: Callable[[object, object], object]) -> object:
    if not items or isinstance(items[0], str):
        return None
    result = items[0] if operation(items[0], items[0]) is not None else None
    for item in items[1:]:
        if type(item) is not type(items[0]):
            return None
        result = operation(result, item)
    return result


@builtin("mean(list: list...)")
def mean(items: list[object]) -> object:
    """Return the average of numbers or durations."""
    return arithmetic.divide(total(items), Decimal(len(items)))


@builtin("median(list: list...)")
def median(items: list[object]) -> Decimal | None:
    """Return the middle number, or the average of the middle two."""
    numbers = _numbers(items)
    if numbers is None:
        return None
    numbers.sort()
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return NUMBERS.divide(NUMBERS.add(numbers[middle - 1], numbers[middle]), 2)


@builtin("stddev(list: list...)")
def standard_deviation(items: list[object]) -> Decimal | None:
    """Return the sample standard deviation; null for fewer than two numbers."""
    numbers = _numbers(items)
    average = mean(items)
    if numbers is None or len(numbers) < 2 or not isinstance(average, Decimal):
        return None
    squares = Decimal(0)
    for number in numbers:
        distance = NUMBERS.subtract(number, average)
        squares = NUMBERS.add(squares, NUMBERS.multiply(distance, distance))
    return NUMBERS.sqrt(NUMBERS.divide(squares, len(numbers) - 1))


@builtin("mode(list: list...)")
def mode(items: list[object]) -> list[Decimal] | None:
    """Return the most frequent numbers, ascending; an empty list for none."""
    if not items:
        return []
    numbers = _numbers(items)
    if numbers is None:
        return None
    counts = Counter(numbers)
    most = max(counts.values())
    return sorted(number for number, times in counts.items() if times == most)

"""Functions of lists. Places count from 1, and from the end when negative."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cmp_to_key

from engine.errors import LimitExceeded
from engine.feel.builtins.registry import builtin
from engine.feel.comparison import equal, less
from engine.feel.invoke import call_function
from engine.feel.limits import MAX_VALUE_DEPTH, check_list_length, check_string_length
from engine.feel.runtime import Run
from engine.feel.values import Function

_List = list[object]


def _same(run: Run, left: object, right: object) -> bool:
    return equal(left, right, run.budget) is True


def _index(items: _List, position: Decimal) -> int | None:
    """Turn a place, without its fraction, into an index; None outside the list."""
    if not 1 <= abs(position) < len(items) + 1:
        return None
    return int(position) - 1 if position > 0 else len(items) + int(position)


@builtin("list contains(list: list, element: any)", needs_run=True)
def list_contains(run: Run, items: _List, element: object) -> bool:
    """Say whether an item equals *element*."""
    return any(_same(run, item, element) for item in items)


@builtin("sublist(list: list, start position: number, [length: number])")
@builtin("sublist(list: list, start: number, [length: number])")
def sublist(items: _List, start: Decimal, length: Decimal | None = None) -> _List | None:
    """Return *length* items from a place on, or all that follow."""
    index = _index(items, start)
    if index is None:
        return None
    if length is None:
        return items[index:]
    if length < 1 or length != length.to_integral_value() or index + length > len(items):
        return None
    return items[index : index + int(length)]


@builtin("append(list: list, items: any...)")
def append(items: _List, more: _List) -> _List:
    """Return the list with items added at its end."""
    return [*items, *more]


@builtin("concatenate(lists: list...)", needs_run=True)
def concatenate(run: Run, lists: _List) -> _List | None:
    """Join lists into one."""
    joined: _List = []
    for part in lists:
        if part is None:
            return None
        _extend(run, joined, part)
    return joined


def _extend(run: Run, target: _List, part: object) -> None:
    added = part if isinstance(part, list) else [part]
    run.budget.spend(len(added))
    check_list_length(len(target) + len(added))
    target.extend(added)


@builtin("union(list: list...)", needs_run=True)
@builtin("union(lists: list...)", needs_run=True)
def union(run: Run, lists: _List) -> _List | None:
    """Join lists into one without duplicates."""
    joined = concatenate(run, lists)
    return None if joined is None else distinct_values(run, joined)


@builtin("insert before(list: list, position: number, newItem: any)")
def insert_before(items: _List, position: Decimal, item: object) -> _List | None:
    """Return the list with *item* put in at a place."""
    index = _index(items, position)
    return None if index is None else [*items[:index], item, *items[index:]]


@builtin("remove(list: list, position: number)")
def remove(items: _List, position: Decimal) -> _List | None:
    """Return the list without the item at a place."""
    index = _index(items, position)
    return None if index is None else [*items[:index], *items[index + 1 :]]


@builtin("list replace(list: list, position: number, newItem: any)")
def replace_at(items: _List, position: Decimal, item: object) -> _List | None:
    """Return the list with the item at a place exchanged."""
    index = _index(items, position)
    return None if index is None else [*items[:index], item, *items[index + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any)", needs_run=True)
def replace_matching(run: Run, items: _List, match: Function, new: object) -> _List | None:
    """Return the list with every item exchanged for which *match(item, newItem)* is true."""
    replaced: _List = []
    for item in items:
        answer = call_function(match, (item, new), run.budget)
        if not isinstance(answer, bool):
            return None
        replaced.append(new if answer else item)
    return replaced


@builtin("reverse(list: list)")
def reverse(items: _List) -> _List:
    """Return the list back to front."""
    return items[::-1]


@builtin("index of(list: list, match: any)", needs_run=True)
def index_of(run: Run, items: _List, match: object) -> _List:
    """Return the places of all items that equal *match*."""
    return [Decimal(place) for place, item in enumerate(items, 1) if _same(run, item, match)]


@builtin("distinct values(list: list)", needs_run=True)
def distinct_values(run: Run, items: _List) -> _List:
    """Return the list without duplicates, each item where it came first."""
    kept: _List = []
    for item in items:
        run.budget.spend(len(kept))
        if not any(_same(run, item, other) for other in kept):
            kept.append(item)
    return kept


@builtin("duplicate values(list: list)", needs_run=True)
def duplicate_values(run: Run, items: _List) -> _List:
    """Return each item once that comes more than once."""
    duplicates: _List = []
    for item in distinct_values(run, items):
        run.budget.spend(len(items))
        if sum(_same(run, item, other) for other in items) > 1:
            duplicates.append(item)
    return duplicates


@builtin("flatten(list: list)", needs_run=True)
def flatten(run: Run, items: _List) -> _List:
    """Return the items of all lists inside one another as one list."""
    flat: _List = []
    for item in _leaves(items, 0):
        run.budget.spend(1)
        flat.append(item)
    return flat


def _leaves(items: _List, depth: int) -> Iterator[object]:
    if depth > MAX_VALUE_DEPTH:
        raise LimitExceeded(f"A list is nested deeper than {MAX_VALUE_DEPTH} levels.")
    for item in items:
        if isinstance(item, list):
            yield from _leaves(item, depth + 1)
        else:
            yield item


@builtin("sort(list: list, precedes: function)", needs_run=True)
def sort(run: Run, items: _List, precedes: Function) -> _List:
    """Sort by a function that says whether its first argument comes before its second."""

    def compare(left: object, right: object) -> int:
        return -1 if call_function(precedes, (left, right), run.budget) is True else 0

    return sorted(items, key=cmp_to_key(compare))


@builtin("sort(list: list)", needs_run=True)
def sort_naturally(run: Run, items: _List) -> _List | None:
    """Sort ascending; null when two items have no order."""
    budget = run.budget
    if any(less(items[0], item, budget) is None for item in items):
        return None
    return sorted(items, key=cmp_to_key(lambda left, right: -1 if less(left, right, budget) else 0))


@builtin("partition(list: list, size: number)")
def partition(items: _List, size: Decimal) -> _List | None:
    """Cut the list into lists of *size* items, the last one perhaps shorter."""
    if size < 1:
        return None
    step = int(min(size, Decimal(len(items) + 1)))
    return [items[start : start + step] for start in range(0, len(items), step)]


@builtin("is empty(list: any)")
def is_empty(value: object) -> bool | None:
    """Say whether a list or context has no entries; null for anything else."""
    return not value if isinstance(value, list | dict) else None


@builtin("string join(list: list, [delimiter: string or null])")
@builtin("string join(list: list, delimiter: string or null, prefix: string, suffix: string)")
def string_join(
    items: _List, delimiter: str | None = None, prefix: str = "", suffix: str = ""
) -> str | None:
    """Join strings, skipping nulls; null when an item is no string."""
    texts = [item for item in items if isinstance(item, str)]
    if any(item is not None and not isinstance(item, str) for item in items):
        return None
    delimiter = delimiter or ""
    check_string_length(sum(map(len, texts)) + len(delimiter) * len(texts))
    return prefix + delimiter.join(texts) + suffix

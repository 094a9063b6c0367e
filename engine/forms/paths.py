"""Where a value lies in nested JSON data: reading, writing and naming such places."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

Path = tuple[str | int, ...]
"""Keys of objects and, as integers, positions in lists."""

MISSING = object()
"""Stands for "no value here", which null does not."""


def get(data: object, path: Path) -> object:
    """Return the value at *path*, or :data:`MISSING`."""
    for step in path:
        is_key = isinstance(step, str) and isinstance(data, Mapping) and step in data
        is_place = isinstance(step, int) and isinstance(data, list) and step < len(data)
        if not (is_key or is_place):
            return MISSING
        data = data[step]  # type: ignore[index]
    return data


def put(data: dict[str, object], path: Path, value: object) -> None:
    """Write *value* at *path*, making objects and lists on the way; whatever else is there goes."""
    place: object = data
    for step, following in pairwise(path):
        kind: type = list if isinstance(following, int) else dict
        inner = get(place, (step,))
        if not isinstance(inner, kind):
            inner = kind()
            _set(place, step, inner)
        place = inner
    _set(place, path[-1], value)


def _set(place: object, step: str | int, value: object) -> None:
    if isinstance(place, dict):
        place[step] = value
    elif isinstance(place, list) and isinstance(step, int):
        place.extend({} for _ in range(step + 1 - len(place)))
        place[step] = value


def remove(data: dict[str, object], path: Path) -> None:
    """Remove the value at *path*, and every object or list that becomes empty by it.

    A list keeps its length: the place becomes null, and only a list of nothing but nulls is empty.
    """
    while path:
        place = get(data, path[:-1])
        step = path[-1]
        if isinstance(place, dict):
            place.pop(step, None)
            is_empty = not place
        elif isinstance(place, list) and isinstance(step, int) and step < len(place):
            place[step] = None
            is_empty = all(item is None for item in place)
        else:
            return
        if not is_empty:
            return
        path = path[:-1]


def pointer(path: Sequence[str | int]) -> str:
    """Write *path* as a JSON pointer (RFC 6901).

    >>> pointer(("items", 0, "a/b"))
    '/items/0/a~1b'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def same_json(one: object, other: object) -> bool:
    """Compare two JSON values as JavaScript does: 1 is 1.0, and neither is true."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_json(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_json, one, other))
    return one == other

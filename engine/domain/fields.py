"""The fields of a frozen dataclass by name, quickly and without copying their values."""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

_Reader = Callable[[Any], dict[str, Any]]

_READERS: dict[type[Any], _Reader] = {}


def values_of(item: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by name; unlike ``asdict`` it copies none of the values."""
    kind = type(item)
    reader = _READERS.get(kind)
    if reader is None:
        reader = _READERS[kind] = _reader(tuple(field.name for field in fields(kind)))
    return reader(item)


def _reader(names: tuple[str, ...]) -> _Reader:
    if len(names) < 2:
        return lambda item: {name: getattr(item, name) for name in names}
    read = attrgetter(*names)  # of two names or more it returns a tuple
    return lambda item: dict(zip(names, read(item), strict=True))

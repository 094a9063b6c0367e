"""Which keys a form's data may have: so that two fields never share one, and none is unknown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import FieldProblem
from engine.forms.paths import Path, pointer

MAX_ROWS = 1_000
"""Of one dynamic list."""


@dataclass(slots=True)
class ObjectShape:
    """An object: what lies under each key, None for a field's value."""

    members: "dict[str, ObjectShape | ListShape | None]" = field(default_factory=dict)

    def claim(self, path: tuple[str, ...], shape: "ObjectShape | ListShape | None") -> bool:
        """Put *shape* at *path*; False when something else is there already.

        Objects may be claimed again, as two groups may fill one object.
        """
        place = self
        for step in path[:-1]:
            following = place.members.setdefault(step, ObjectShape())
            if not isinstance(following, ObjectShape):
                return False
            place = following
        if path[-1] in place.members:
            return isinstance(shape, ObjectShape) and isinstance(
                place.members[path[-1]], ObjectShape
            )
        place.members[path[-1]] = shape
        return True

    def inner(self, path: tuple[str, ...]) -> "ObjectShape":
        """Return the object that was claimed at *path*."""
        place = self
        for step in path:
            following = place.members[step]
            assert isinstance(following, ObjectShape)  # noqa: S101 - it was claimed as one
            place = following
        return place


@dataclass(slots=True)
class ListShape:
    """A list of objects."""

    row: ObjectShape = field(default_factory=ObjectShape)


def problems_of(
    shape: ObjectShape | ListShape | None, value: object, path: Path = ()
) -> list[FieldProblem]:
    """Return what is wrong with the nesting of *value*: unknown keys, objects that are none."""
    if isinstance(shape, ListShape):
        return _problems_of_list(shape, value, path)
    if isinstance(shape, ObjectShape):
        return _problems_of_object(shape, value, path)
    return []


def _problems_of_object(shape: ObjectShape, value: object, path: Path) -> list[FieldProblem]:
    if not isinstance(value, Mapping):
        return [_problem(path, "type", "This must be an object.", expected="an object")]
    problems: list[FieldProblem] = []
    for key, inner in value.items():
        if key in shape.members:
            problems += problems_of(shape.members[key], inner, (*path, key))
        else:
            problems.append(
                _problem((*path, key), "unknown-field", f"The form has no field {key!r}.")
            )
    return problems


def _problems_of_list(shape: ListShape, value: object, path: Path) -> list[FieldProblem]:
    if value is None:
        return []
    if not isinstance(value, list):
        return [_problem(path, "type", "This must be a list.", expected="a list")]
    if len(value) > MAX_ROWS:
        message = f"The list must have at most {MAX_ROWS} rows."
        return [_problem(path, "too-many-rows", message, max=MAX_ROWS)]
    return [
        problem
        for index, row in enumerate(value)
        for problem in problems_of(shape.row, row, (*path, index))
    ]


def _problem(path: Path, code: str, message: str, **params: object) -> FieldProblem:
    return FieldProblem(pointer=pointer(path), code=code, message=message, params=params)

"""Pages by cursor: the place next to one item of one order, as opaque text.

A cursor holds the values that the item has in the sort columns, so that the next page starts
there however many items came or went before it (keyset paging, no counting off).
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, or_

from engine.errors import FieldProblem, InvalidInput
from engine.persistence.columns import UtcDateTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """One level of an order: a column of the view. Rows without a value come last.

    ``nullable`` False lets the database use an index for it.
    """

    field: str
    column: ColumnElement[Any]
    descending: bool = False
    nullable: bool = True

    def clause(self, *, reverse: bool) -> ColumnElement[Any]:
        """Return the ORDER BY element; *reverse* for reading a page from its end."""
        direction = self.column.desc() if self.descending != reverse else self.column.asc()
        if not self.nullable:
            return direction
        return direction.nulls_first() if reverse else direction.nulls_last()

    def beyond(self, value: object, *, reverse: bool) -> ColumnElement[bool] | None:
        """Say that a row comes after *value* (before it, for *reverse*); None: no row does."""
        if value is None:
            return self.column.is_not(None) if reverse else None
        further = self.column < value if self.descending != reverse else self.column > value
        return or_(further, self.column.is_(None)) if self.nullable and not reverse else further

    def same(self, value: object) -> ColumnElement[bool]:
        """Say that a row has *value* here."""
        return self.column.is_(None) if value is None else self.column == value


def encode(order: Sequence[Ordering], row: Mapping[str, object]) -> str:
    """Return the cursor at *row*, for this order only."""
    text = orjson.dumps([_signature(order), *(row[level.field] for level in order)])
    return base64.b64encode(text).decode()


def beyond(order: Sequence[Ordering], cursor: str, *, reverse: bool) -> ColumnElement[bool]:
    """Say that a row comes after the cursor; before it, for *reverse*.

    Raises:
        InvalidInput: no cursor, or one of another order.
    """
    values = _decode(order, cursor, "/page/before" if reverse else "/page/after")
    ways = []
    for depth, (level, value) in enumerate(zip(order, values, strict=True)):
        step = level.beyond(value, reverse=reverse)
        if step is not None:
            equal = [o.same(v) for o, v in zip(order[:depth], values[:depth], strict=True)]
            ways.append(and_(*equal, step))
    return or_(*ways)


def _decode(order: Sequence[Ordering], cursor: str, pointer: str) -> list[object]:
    try:
        signature, *values = orjson.loads(base64.b64decode(cursor, validate=True))
        if signature == _signature(order):
            return [_value(level, value) for level, value in zip(order, values, strict=True)]
    except (binascii.Error, ValueError, TypeError):
        pass  # whatever is wrong inside, it is no cursor that we gave out
    problem = FieldProblem(
        pointer=pointer,
        code="cursor",
        message="this is no cursor of a page with the same sort; start with the first page",
    )
    raise InvalidInput(f"{pointer}: {problem.message}.", [problem])


def _value(level: Ordering, value: object) -> object:
    if value is None:
        return None
    if isinstance(level.column.type, UtcDateTime):
        return datetime.fromisoformat(str(value)).astimezone(UTC)
    if type(value) is not level.column.type.python_type:
        raise ValueError(f"{level.field} cannot be {value!r}")
    return value


def _signature(order: Sequence[Ordering]) -> str:
    return ",".join(f"-{o.field}" if o.descending else o.field for o in order)

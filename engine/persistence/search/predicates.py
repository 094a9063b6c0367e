"""Conditions as SQL, the same on SQLite and PostgreSQL."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Text, not_, or_, true, type_coerce

from engine.domain.search import Condition, Operator
from engine.errors import InvalidInput

LIKE_ESCAPE = "\\"

_COMPARE: Mapping[Operator, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    Operator.EQ: lambda column, value: column == value,
    Operator.NEQ: lambda column, value: column.is_distinct_from(value),
    Operator.EXISTS: lambda column, value: column.is_not(None) if value else column.is_(None),
    Operator.IN: lambda column, value: column.in_(list(value)),
    Operator.NOT_IN: lambda column, value: or_(column.is_(None), column.not_in(list(value))),
    Operator.GT: lambda column, value: column > value,
    Operator.GTE: lambda column, value: column >= value,
    Operator.LT: lambda column, value: column < value,
    Operator.LTE: lambda column, value: column <= value,
    Operator.LIKE: lambda column, value: column.ilike(like_pattern(value), escape=LIKE_ESCAPE),
}


def compare(column: ColumnElement[Any], condition: Condition) -> ColumnElement[bool]:
    """Say in SQL that *column* fulfils *condition*."""
    return _COMPARE[condition.operator](column, condition.value)


def holds_all(
    rows_where: Callable[[ColumnElement[bool]], ColumnElement[bool]],
    column: ColumnElement[Any],
    condition: Condition,
) -> ColumnElement[bool]:
    """Say that a thing has, or has not, a row of another table that fulfils *condition*.

    *rows_where* makes the EXISTS for the thing at hand. A negative operator means that no row
    has such a value, not that some row has another one.

    Raises:
        InvalidInput: an operator that means nothing for a set of values.
    """
    negative = {Operator.NEQ: Operator.EQ, Operator.NOT_IN: Operator.IN}
    if condition.operator in negative:
        positive = Condition(
            field=condition.field, operator=negative[condition.operator], value=condition.value
        )
        return not_(rows_where(compare(column, positive)))
    if condition.operator is Operator.EXISTS:
        some = rows_where(column.is_not(None))
        return some if condition.value else not_(some)
    return rows_where(compare(column, condition))


def like_pattern(text: str) -> str:
    """Translate the contract's wildcards (``*``, ``?``, escaped by ``\\``) to those of SQL.

    >>> like_pattern("50%_*?")
    '50\\\\%\\\\_%_'
    """
    return re.sub(r"\\([*?\\])|([*?])|([%_\\])", _like_part, text)


def _like_part(match: re.Match[str]) -> str:
    literal, wildcard, special = match.groups()
    if wildcard:
        return "%" if wildcard == "*" else "_"
    plain = literal or special
    return LIKE_ESCAPE + plain if plain in ("%", "_", LIKE_ESCAPE) else plain


def contains_all(column: ColumnElement[Any], words: Collection[str]) -> ColumnElement[bool]:
    """Say that a JSON list of plain words (tags) in a text *column* holds all of *words*.

    Raises:
        InvalidInput: a word with a quotation mark or backslash, which no tag has.
    """
    text = type_coerce(column, Text())
    found: ColumnElement[bool] = true()
    for word in words:
        if '"' in word or LIKE_ESCAPE in word:
            raise InvalidInput(f"{word!r} is no tag")
        found &= text.contains(f'"{word}"', autoescape=True, escape="!")
    return found

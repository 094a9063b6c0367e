"""Reads the name of a type after ``instance of`` or in a declaration (DMN 1.3, grammar rule 52)."""

from engine.feel.cursor import Cursor
from engine.feel.names import NameTable
from engine.feel.nodes import TypeName
from engine.feel.tokens import TokenKind

_TYPES_OF_SEVERAL_WORDS = NameTable(
    [
        "date and time",
        "date time",
        "days and time duration",
        "years and months duration",
        "day-time-duration",
        "year-month-duration",
        "day time duration",
        "year month duration",
    ]
)


def parse_type(cursor: Cursor, names: NameTable) -> TypeName:
    """Read one type; *names* are the types of several words that the model defines."""
    position = cursor.current.position
    with cursor.nested():
        name = _type_name(cursor, names)
        if name in ("list", "range") and cursor.take_symbol("<"):
            part = parse_type(cursor, names)
            cursor.expect_symbol(">")
            return TypeName(position=position, name=name, parts=(part,))
        if name == "context" and cursor.take_symbol("<"):
            return _context_type(cursor, names, position)
        if name == "function" and cursor.take_symbol("<"):
            return _function_type(cursor, names, position)
        return TypeName(position=position, name=name)


def _type_name(cursor: Cursor, names: NameTable) -> str:
    for table in (_TYPES_OF_SEVERAL_WORDS, names):
        found = table.longest(cursor.tokens, cursor.index)
        if found is not None:
            cursor.index += found[1]
            return found[0]
    if cursor.current.kind not in (TokenKind.WORD, TokenKind.QUOTED_NAME):
        raise cursor.unexpected("the name of a type")
    name = cursor.advance().text
    while cursor.at_symbol(".") and cursor.following.kind is TokenKind.WORD:
        cursor.advance()
        name += f".{cursor.advance().text}"
    return name


def _context_type(cursor: Cursor, names: NameTable, position: int) -> TypeName:
    keys = []
    parts = []
    while not cursor.at_symbol(">"):
        keys.append(cursor.declared_name())
        cursor.expect_symbol(":")
        parts.append(parse_type(cursor, names))
        if not cursor.take_symbol(","):
            break
    cursor.expect_symbol(">")
    return TypeName(position=position, name="context", names=tuple(keys), parts=tuple(parts))


def _function_type(cursor: Cursor, names: NameTable, position: int) -> TypeName:
    parts = []
    while not cursor.at_symbol(">"):
        parts.append(parse_type(cursor, names))
        if not cursor.take_symbol(","):
            break
    cursor.expect_symbol(">")
    cursor.expect_symbol("->")
    parts.append(parse_type(cursor, names))
    return TypeName(position=position, name="function", parts=tuple(parts))

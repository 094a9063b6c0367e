"""Splits a FEEL text into tokens."""

import re
from dataclasses import dataclass
from enum import StrEnum

from engine.errors import ExpressionError, LimitExceeded
from engine.feel.limits import MAX_SOURCE_LENGTH


class TokenKind(StrEnum):
    """What a token is; a keyword is a WORD until the parser meets it where one is due."""

    WORD = "word"
    QUOTED_NAME = "quoted name"
    NUMBER = "number"
    STRING = "string"
    TEMPORAL = "temporal"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a FEEL text.

    ``text`` is what the parser compares: the word, the symbol, or the content of a string or of
    backticks with its escapes resolved. ``position`` and ``end`` are offsets into the source.
    """

    kind: TokenKind
    text: str
    position: int
    end: int


_NAME_START = (
    r"A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME_PART = _NAME_START + r"0-9\u00B7\u0300-\u036F\u203F-\u2040"

_BLANKS = r"\s\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"

_TOKEN = re.compile(
    rf"""
      (?P<blank> [{_BLANKS}]+ | //[^\n]* | /\*.*?\*/ )
    | (?P<number> (?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)? )
    | (?P<word> [?{_NAME_START}][{_NAME_PART}]* )
    | (?P<string> "(?:[^"\\]|\\.)*" )
    | (?P<temporal> @\s*"(?:[^"\\]|\\.)*" )
    | (?P<quoted> `[^`]+` )
    | (?P<symbol> \*\* | \.\. | -> | <= | >= | != | [-+*/=<>()\[\]{{}},:.'’] )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_ESCAPED = {
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "b": "\b",
    "f": "\f",
    '"': '"',
    "'": "'",
    "\\": "\\",
}

_KINDS = {
    "number": TokenKind.NUMBER,
    "word": TokenKind.WORD,
    "string": TokenKind.STRING,
    "temporal": TokenKind.TEMPORAL,
    "quoted": TokenKind.QUOTED_NAME,
    "symbol": TokenKind.SYMBOL,
}


def tokenize(source: str) -> list[Token]:
    """Split *source*; the last token is always END.

    Raises:
        ExpressionError: A character cannot begin a token, or a string or comment has no end.
        LimitExceeded: *source* is too long.
    """
    if len(source) > MAX_SOURCE_LENGTH:
        raise LimitExceeded(f"An expression is longer than {MAX_SOURCE_LENGTH} characters.")
    tokens = []
    position = 0
    while position < len(source):
        found = _TOKEN.match(source, position)
        if found is None or (source.startswith("/*", position) and found.lastgroup != "blank"):
            raise _unreadable(source, position)
        if found.lastgroup != "blank":
            kind = _KINDS[str(found.lastgroup)]
            tokens.append(Token(kind, _content(kind, found.group()), position, found.end()))
        position = found.end()
    tokens.append(Token(TokenKind.END, "", len(source), len(source)))
    return tokens


def _content(kind: TokenKind, text: str) -> str:
    if kind is TokenKind.STRING:
        return _unescape(text[1:-1])
    if kind is TokenKind.TEMPORAL:
        return _unescape(text[text.index('"') + 1 : -1])
    return text[1:-1] if kind is TokenKind.QUOTED_NAME else text


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    # High and low surrogates written as two escapes make one character, as in JSON.
    joined = _ESCAPE.sub(_replace_escape, text)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _replace_escape(found: re.Match[str]) -> str:
    escape = found[1]
    if escape in _ESCAPED:
        return _ESCAPED[escape]
    if len(escape) > 1 and (code := int(escape[1:], 16)) <= 0x10FFFF:
        return chr(code)
    # Any other backslash stands for itself, so that a pattern may be written "\d".
    return found[0]


def _unreadable(source: str, position: int) -> ExpressionError:
    if source[position] in '"`@':
        message = "A string or name is opened here and never closed."
    else:
        message = f"FEEL has no use for {source[position]!r} here."
    return ExpressionError(message, source=source, position=position)

"""Names of several words: FEEL lets ``Full Name`` and ``pre-bureau risk`` be variables.

Where such a name ends cannot be seen from the text alone, so the parser asks this table for the
longest name known to it (DMN 1.3, 10.3.1.4).
"""

from collections.abc import Iterable, Sequence

from engine.errors import ExpressionError
from engine.feel.tokens import Token, TokenKind, tokenize

STOP_WORDS = frozenset(
    {
        *("and", "or", "in", "between", "instance"),
        *("if", "then", "else", "for", "return", "some", "every", "satisfies", "function"),
        *("null", "true", "false"),
    }
)
"""Words that end a name of several words, and that no variable can be called."""


class NameTable:
    """The names of more than one token that are known at this point of a text."""

    __slots__ = ("_by_first",)

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know *name* from now on; names of one word need no help and are left out."""
        try:
            words = tuple(token.text for token in tokenize(name)[:-1])
        except ExpressionError:
            # Such a name can only be written in backticks, which need no table.
            return
        if len(words) > 1:
            self._by_first.setdefault(words[0], {})[words] = name

    def longest(self, tokens: Sequence[Token], start: int) -> tuple[str, int] | None:
        """Find the longest known name that begins at *start*: the name and its tokens' count."""
        best: tuple[str, int] | None = None
        for words, name in self._by_first.get(tokens[start].text, {}).items():
            length = len(words)
            if (best is None or length > best[1]) and _stands_at(words, tokens, start):
                best = (name, length)
        return best


def _stands_at(words: tuple[str, ...], tokens: Sequence[Token], start: int) -> bool:
    found = tokens[start : start + len(words)]
    return tuple(token.text for token in found) == words and all(
        token.kind in (TokenKind.WORD, TokenKind.NUMBER, TokenKind.SYMBOL) for token in found
    )

"""A place in a row of tokens, and what every part of the grammar does there."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import ExpressionError, LimitExceeded
from engine.feel.limits import MAX_NESTING
from engine.feel.tokens import Token, TokenKind, tokenize

_NAME_SYMBOLS = frozenset("./-'’+*")


class Cursor:
    """Reads tokens one after the other and complains by position."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.index = 0
        self.nesting = 0

    @property
    def current(self) -> Token:
        """The token that is next."""
        return self.tokens[self.index]

    @property
    def following(self) -> Token:
        """The token after the next one; END stays END."""
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def advance(self) -> Token:
        """Take the next token."""
        token = self.current
        if token.kind is not TokenKind.END:
            self.index += 1
        return token

    def at_symbol(self, *symbols: str) -> bool:
        """Say whether one of *symbols* is next."""
        return self.current.kind is TokenKind.SYMBOL and self.current.text in symbols

    def at_word(self, *words: str) -> bool:
        """Say whether one of *words* is next."""
        return self.current.kind is TokenKind.WORD and self.current.text in words

    def take_symbol(self, symbol: str) -> bool:
        """Take *symbol* if it is next, and say whether it was."""
        if self.at_symbol(symbol):
            self.index += 1
            return True
        return False

    def take_word(self, word: str) -> bool:
        """Take *word* if it is next, and say whether it was."""
        if self.at_word(word):
            self.index += 1
            return True
        return False

    def expect_symbol(self, *symbols: str) -> Token:
        """Take one of *symbols*, or raise ExpressionError."""
        if not self.at_symbol(*symbols):
            raise self.unexpected(" or ".join(symbols))
        return self.advance()

    def expect_word(self, word: str) -> Token:
        """Take *word*, or raise ExpressionError."""
        if not self.at_word(word):
            raise self.unexpected(f"'{word}'")
        return self.advance()

    def error(self, message: str, position: int | None = None) -> ExpressionError:
        """Make the error that *message* is wrong here, or at *position*."""
        where = self.current.position if position is None else position
        return ExpressionError(message, source=self.source, position=where)

    def unexpected(self, wanted: str) -> ExpressionError:
        """Make the error that *wanted* is missing here."""
        if self.current.kind is TokenKind.END:
            return self.error(f"The expression ends where {wanted} is expected.")
        found = self.source[self.current.position : self.current.end]
        return self.error(f"Here stands {found} where {wanted} is expected.")

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Count one level of nesting; LimitExceeded beyond the bound."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise LimitExceeded(f"An expression is nested deeper than {MAX_NESTING} levels.")
        yield
        self.nesting -= 1

    def declared_name(self) -> str:
        """Take a name where one is declared: all that stands before its ``:``, ``,``, ``)`` or in.

        Several words and the signs that FEEL allows inside names are taken together; blanks
        between them count as one.
        """
        if self.current.kind is TokenKind.QUOTED_NAME:
            return self.advance().text
        if self.current.kind is not TokenKind.WORD:
            raise self.unexpected("a name")
        first = self.advance()
        text, end = first.text, first.end
        while self._continues_name():
            token = self.advance()
            text += (" " if token.position > end else "") + token.text
            end = token.end
        return text

    def _continues_name(self) -> bool:
        token = self.current
        if token.kind is TokenKind.SYMBOL:
            return token.text in _NAME_SYMBOLS
        return token.kind is TokenKind.NUMBER or (
            token.kind is TokenKind.WORD and token.text != "in"
        )

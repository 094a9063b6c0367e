"""Text of one line or of several."""

import re
from dataclasses import dataclass

from engine.forms.kinds.base import Kind, Wrong, wrong_type
from engine.forms.numbers import javascript_text
from engine.forms.properties import Properties
from engine.forms.scopes import Request, Scope

_LINE_BREAKS = re.compile(r"[\r\n\t]")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKind(Kind):
    """``textfield`` (``lines`` False: line breaks and tabs become spaces) and ``textarea``."""

    rules = frozenset(
        {
            "required",
            "minLength",
            "maxLength",
            "pattern",
            "patternErrorMessage",
            "validationType",
        }
    )

    lines: bool

    @property
    def empty(self) -> object:
        """Nothing typed is an empty text."""
        return ""

    @classmethod
    def read(cls, properties: Properties) -> "TextKind":
        """Tell one line from several."""
        return cls(lines=properties.text("type") == "textarea")

    def initial(self, value: object, request: Request) -> object:
        """Show numbers and booleans as text, and nothing for lists and objects."""
        if value is None or isinstance(value, list | dict):
            return ""
        return self._clean(javascript_text(value))

    def check(self, value: object, scope: Scope) -> object:
        """Accept text; null means none."""
        if value is None:
            return ""
        if not isinstance(value, str):
            raise wrong_type("text")
        if _UNSTORABLE.search(value):
            raise Wrong("character", "The text contains a character that cannot be stored.")
        return self._clean(value)

    def _clean(self, text: str) -> str:
        return text if self.lines else _LINE_BREAKS.sub(" ", text)

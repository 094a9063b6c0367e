"""A box that is ticked or not."""

from engine.forms.kinds.base import Kind, wrong_type
from engine.forms.properties import Properties
from engine.forms.scopes import Request, Scope


class CheckboxKind(Kind):
    """``checkbox``; required means that it must be ticked."""

    @property
    def empty(self) -> object:
        """A box that nobody touched is not ticked."""
        return False

    @classmethod
    def read(cls, properties: Properties) -> "CheckboxKind":
        """Nothing is particular to a checkbox."""
        del properties
        return cls()

    def initial(self, value: object, request: Request) -> object:
        """Only true ticks the box."""
        return value is True

    def check(self, value: object, scope: Scope) -> object:
        """Accept true and false; null means not ticked."""
        if value is None:
            return False
        if not isinstance(value, bool):
            raise wrong_type("true or false")
        return value

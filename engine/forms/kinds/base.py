"""What every kind of field can do."""

from abc import ABC, abstractmethod
from typing import ClassVar

from engine.forms.properties import Properties
from engine.forms.scopes import Request, Scope


class Wrong(Exception):
    """A value breaks a rule of its field; caught by the validation, never seen outside."""

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.params = params


def wrong_type(expected: str) -> Wrong:
    """Make the complaint about a value of another JSON type."""
    return Wrong("type", f"This must be {expected}.", expected=expected)


class Kind(ABC):
    """The behaviour of one type of component; an instance is that of one component."""

    rules: ClassVar[frozenset[str]] = frozenset({"required"})
    """Keys of ``validate`` that mean something here."""

    @property
    def empty(self) -> object:
        """The value of a field that nobody has filled in."""
        return None

    @classmethod
    @abstractmethod
    def read(cls, properties: Properties) -> "Kind":
        """Read what is particular to this kind; mistakes become findings."""

    @abstractmethod
    def initial(self, value: object, request: Request) -> object:
        """Return what the field shows for a process variable's *value*, whatever that is."""

    def settled(self, value: object, scope: Scope) -> object:
        """Return what becomes of an initial *value* once everything around it is known."""
        del scope
        return value

    @abstractmethod
    def check(self, value: object, scope: Scope) -> object:
        """Return the clean form of a *value* that a client sent.

        Raises:
            Wrong: it is none for this field.
        """

"""What others see of an account or a group, and the rules for their names."""

import re
from dataclasses import dataclass
from datetime import datetime

from engine.errors import FieldProblem, InvalidInput
from engine.persistence.search.people import AccountView
from engine.persistence.stores.people import AccountRow

PASSWORD_MIN_LENGTH = 8
PASSWORD_MAX_LENGTH = 256
_ID = re.compile(r"[A-Za-z0-9_~@.+-]{1,120}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person or program that can sign in; ``groups`` are ids."""

    username: str
    name: str
    email: str | None
    enabled: bool
    demo: bool
    groups: frozenset[str]

    @classmethod
    def of(cls, row: AccountRow, groups: frozenset[str]) -> "Account":
        """Show a stored account, without its password hash."""
        return cls(
            username=row.username,
            name=row.name,
            email=row.email,
            enabled=row.enabled,
            demo=row.demo,
            groups=groups,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEntry:
    """An account as its administrator sees it.

    ``last_seen_at`` is the latest moment of its sessions that are still kept; None without any.
    """

    view: AccountView
    groups: frozenset[str]
    last_seen_at: datetime | None


def check_id(field: str, value: str) -> None:
    """Refuse a user name, group id or client id that could be mistaken for something else."""
    if not _ID.fullmatch(value):
        _refuse(field, "pattern", "use 1 to 120 letters, digits or _ ~ @ . + -")


def check_name(value: str) -> None:
    """Refuse an empty or overlong name."""
    if not 1 <= len(value.strip()) <= 255:
        _refuse("name", "length", "a name has 1 to 255 characters")


def check_email(value: str | None) -> None:
    """Refuse what cannot be an e-mail address; None is no address."""
    if value is not None and not (_EMAIL.fullmatch(value) and len(value) <= 255):
        _refuse("email", "pattern", "this is no e-mail address")


def check_password(value: str, *, demo: bool) -> None:
    """Refuse a password that is too short to be safe; a demo account may have any."""
    shortest = 1 if demo else PASSWORD_MIN_LENGTH
    if not shortest <= len(value) <= PASSWORD_MAX_LENGTH:
        _refuse(
            "password",
            "length",
            f"a password has {PASSWORD_MIN_LENGTH} to {PASSWORD_MAX_LENGTH} characters",
        )


def _refuse(field: str, code: str, message: str) -> None:
    problem = FieldProblem(pointer=f"/{field}", code=code, message=message)
    raise InvalidInput(f"{field}: {message}", [problem])

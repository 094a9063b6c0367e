"""Who acts: people, clients and the engine itself, and what their groups allow."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a group of the same id may do; `engine.services.permissions` says what that is."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    WAREHOUSE = "warehouse"
    FINANCE = "finance"
    ACCOUNT_MANAGER = "account_manager"
    PROCESS_OWNER = "process_owner"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The one on whose behalf a command runs. ``groups`` are ids, roles among them."""

    username: str
    groups: frozenset[str] = frozenset()

    def is_one_of(self, *roles: Role) -> bool:
        """Tell whether the actor has any of the roles; an administrator has them all."""
        return bool(self.groups & {*roles, Role.ADMINISTRATOR})


ENGINE = Actor(username="redress:engine", groups=frozenset({Role.ADMINISTRATOR}))
"""Acts when a timer fires, a job runs or a message is correlated: nobody asked just then."""

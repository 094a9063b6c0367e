"""Accounts and groups."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, literal, select, union_all

from engine.persistence.schema import account, membership, user_group
from engine.persistence.search.catalogue import Catalogue
from engine.persistence.search.visibility import Visible
from engine.persistence.stores.people import ROLE_GROUPS


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """An account as others see it."""

    username: str
    name: str
    email: str | None
    enabled: bool
    demo: bool
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A group; one whose id is a role grants it."""

    group_id: str
    name: str


ACCOUNTS = Catalogue(
    view=AccountView,
    source=account,
    key="username",
    columns={
        "username": account.c.username,
        "name": account.c.name,
        "email": account.c.email,
        "enabled": account.c.enabled,
        "demo": account.c.demo,
        "created_at": account.c.created_at,
    },
)

_all_groups = union_all(
    select(user_group.c.id, user_group.c.name),
    *(select(literal(group.id), literal(group.name)) for group in ROLE_GROUPS.values()),
).subquery("every_group")

GROUPS = Catalogue(
    view=GroupView,
    source=_all_groups,
    key="group_id",
    columns={"group_id": _all_groups.c.id, "name": _all_groups.c.name},
)


def members_of(group_id: str) -> Visible:
    """Say of an account that it belongs to the group."""
    return exists().where(
        membership.c.username == account.c.username, membership.c.group_id == group_id
    )

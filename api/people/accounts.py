"""``/api/people``: accounts with all that their administrator sees."""

from typing import Annotated

from pydantic import Field, StringConstraints

from api.context import Context
from api.models import Model, Moment
from api.operation import operation
from api.pages import PageOf, PageQuery, Word, info_of, matching, search_of, where
from engine.domain.search import Operator
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.services.identity.accounts import Account, AccountEntry

TAG = "User"

_Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=256)]


class PeopleQuery(PageQuery):
    """Which accounts; all that is given must fit."""

    q: Word = Field(default="", description="Part of a name or user name.")
    enabled: bool | None = None
    group: Word = Field(default="", description="Only members of the group with this id.")


class Person(Model):
    """An account."""

    username: str
    name: str
    email: str | None
    enabled: bool = Field(description="False: cannot sign in.")
    groups: list[str]


class PersonItem(Person):
    """An account in the list of people."""

    last_seen_at: Moment | None = Field(description="Null: no session is kept.")


class PeoplePage(PageOf[PersonItem]):
    """A page of accounts, by name."""


class PersonChange(Model):
    """All that is stored of an account from now on."""

    name: _Text
    email: _Text | None
    enabled: bool
    password: _Text | None = Field(default=None, description="Null: unchanged.")


@operation("GET", "/api/people", tag=TAG, summary="List people", errors=(Forbidden, InvalidInput))
def list_people(context: Context, query: PeopleQuery) -> PeoplePage:
    """Return accounts with their groups, for administrators."""
    enabled = where("enabled", Operator.EQ, query.enabled)
    alternatives = matching(query.q, "name", "username")
    asked = search_of(query, conditions=[enabled], sort="name", alternatives=alternatives)
    found = context.application.identity.people.directory(
        context.actor, asked, group_id=query.group or None
    )
    return PeoplePage(items=[_item(one) for one in found.items], page=info_of(found))


@operation(
    "PUT",
    "/api/people/<username>",
    tag=TAG,
    summary="Change a person",
    errors=(NotFound, Forbidden, Conflict, InvalidInput),
)
def change_person(context: Context, username: str, body: PersonChange) -> Person:
    """Change name, address, password, or let somebody sign in no more; for administrators.

    A disabled account and a new password end the account's sessions and tokens.
    """
    changed = context.application.identity.people.change_account(
        context.actor,
        username,
        name=body.name,
        email=body.email or None,
        enabled=body.enabled,
        password=body.password or None,
    )
    return _person(changed)


def _item(one: AccountEntry) -> PersonItem:
    view = one.view
    return PersonItem(
        username=view.username,
        name=view.name,
        email=view.email,
        enabled=view.enabled,
        groups=sorted(one.groups),
        last_seen_at=one.last_seen_at,
    )


def _person(account: Account) -> Person:
    return Person(
        username=account.username,
        name=account.name,
        email=account.email,
        enabled=account.enabled,
        groups=sorted(account.groups),
    )

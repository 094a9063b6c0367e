"""What can be changed about people, by whom, and what stays true?"""

from collections.abc import Callable

import orjson
import pytest

from engine.domain.identity import ENGINE, Actor, Role
from engine.domain.search import Condition, Operator, Search, SearchResult
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.persistence.database import Database
from engine.persistence.search.people import AccountView
from engine.persistence.stores import history
from engine.services.identity import Account, IdentityService, People
from engine.services.recorder import SYSTEM_STREAM

ANN = Actor(username="ann", groups=frozenset({Role.AGENT}))
ROOT = Actor(username="root", groups=frozenset({Role.ADMINISTRATOR}))
STRANGER = Actor(username="eve")


def usernames(found: SearchResult[AccountView]) -> list[str]:
    return [account.username for account in found.items]


@pytest.fixture
def people(identity: IdentityService) -> People:
    """The administration of people."""
    return identity.people


def test_an_account_is_shown_with_its_groups_and_without_its_password(people: People) -> None:
    account = people.account(ROOT, "ann")

    assert account == Account(
        username="ann",
        name="Ann",
        email=None,
        enabled=True,
        demo=False,
        groups=frozenset({"agent"}),
    )


def test_everybody_may_see_his_own_account(people: People) -> None:
    people.create_account(ROOT, username="eve", name="Eve", password="eve's password")

    assert people.account(STRANGER, "eve").name == "Eve"


def test_staff_see_all_people(people: People) -> None:
    assert usernames(people.search_accounts(ANN, Search())) == ["ann", "root"]


def test_everybody_is_listed_with_his_groups(people: People) -> None:
    found = {a.username: a.groups for a in people.accounts(ANN)}

    assert found == {"ann": {"agent"}, "root": {"administrator"}}


def test_people_are_found_by_what_others_see_of_them(people: People) -> None:
    by_name = Condition(field="name", operator=Operator.LIKE, value="an*")

    assert usernames(people.search_accounts(ANN, Search(conditions=[by_name]))) == ["ann"]


def test_nobody_can_search_for_passwords(people: People) -> None:
    by_hash = Condition(field="password_hash", operator=Operator.LIKE, value="*")

    with pytest.raises(InvalidInput, match="password_hash"):
        people.search_accounts(ANN, Search(conditions=[by_hash]))


CHANGES: dict[str, Callable[[People, Actor], object]] = {
    "create-an-account": lambda p, a: p.create_account(
        a, username="bob", name="Bob", password="bob's password"
    ),
    "change-an-account": lambda p, a: p.change_account(a, "ann", name="Anne", email=None),
    "set-another's-password": lambda p, a: p.change_account(
        a, "root", name="Root", email=None, password="a new password"
    ),
    "create-a-group": lambda p, a: p.create_group(a, group_id="store", name="Store"),
    "rename-a-group": lambda p, a: p.rename_group(a, "store", "Shop"),
    "delete-a-group": lambda p, a: p.delete_group(a, "store"),
    "add-a-member": lambda p, a: p.add_member(a, "finance", "ann"),
    "remove-a-member": lambda p, a: p.remove_member(a, "agent", "ann"),
    "create-a-client": lambda p, a: p.create_client(a, client_id="till", username="ann"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_only_an_administrator_may(
    people: People, change: Callable[[People, Actor], object]
) -> None:
    before = usernames(people.search_accounts(ROOT, Search()))

    with pytest.raises(Forbidden):
        change(people, ANN)

    assert usernames(people.search_accounts(ROOT, Search())) == before


def test_a_refused_change_is_a_fact_of_the_history(people: People, database: Database) -> None:
    with pytest.raises(Forbidden):
        people.create_group(ANN, group_id="mine", name="Mine")

    with database.read() as connection:
        last = history.of_roots(connection, [SYSTEM_STREAM])[-1]
    assert (last.actor, last.kind) == ("ann", "access_denied")
    assert orjson.loads(last.payload)["details"] == {"refused": "you may not create groups"}


READS: dict[str, Callable[[People, Actor], object]] = {
    "accounts": lambda p, a: p.search_accounts(a, Search()),
    "everybody": lambda p, a: p.accounts(a),
    "another's-account": lambda p, a: p.account(a, "ann"),
    "groups": lambda p, a: p.search_groups(a, Search()),
    "a-group": lambda p, a: p.group(a, "agent"),
    "members": lambda p, a: p.search_members(a, "agent", Search()),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_who_has_no_role_sees_nobody_else(
    people: People, read: Callable[[People, Actor], object]
) -> None:
    with pytest.raises(Forbidden):
        read(people, STRANGER)


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        pytest.param({"username": "two words"}, "/username", id="a-name-with-a-space"),
        pytest.param({"username": "redress:engine"}, "/username", id="the-name-of-the-engine"),
        pytest.param({"username": ""}, "/username", id="no-name"),
        pytest.param({"name": " "}, "/name", id="nothing-to-call-him"),
        pytest.param({"email": "bob"}, "/email", id="what-is-no-address"),
        pytest.param({"password": "1234567"}, "/password", id="a-short-password"),
        pytest.param({"password": "x" * 257}, "/password", id="an-endless-password"),
    ],
)
def test_wrong_values_are_refused_by_field(
    people: People, values: dict[str, str], pointer: str
) -> None:
    right = {"username": "bob", "name": "Bob", "password": "bob's password"}

    with pytest.raises(InvalidInput) as refused:
        people.create_account(ROOT, **{**right, **values})

    assert [p.pointer for p in refused.value.problems] == [pointer]


def test_a_taken_user_name_is_a_conflict(people: People) -> None:
    with pytest.raises(Conflict, match="'ann'"):
        people.create_account(ROOT, username="ann", name="Other", password="other password")

    assert people.account(ROOT, "ann").name == "Ann"


def test_an_unknown_group_refuses_the_whole_account(people: People) -> None:
    with pytest.raises(NotFound, match="'nowhere'"):
        people.create_account(
            ROOT, username="bob", name="Bob", password="bob's password", groups=["nowhere"]
        )

    with pytest.raises(NotFound):
        people.account(ROOT, "bob")


def test_an_account_without_a_password_cannot_sign_in(identity: IdentityService) -> None:
    identity.people.create_account(ROOT, username="robot", name="Robot", password=None)
    secret = identity.people.create_client(ROOT, client_id="robot", username="robot")

    token = identity.issue_token("robot", secret).token

    assert identity.authenticate_token(token).username == "robot"


def test_ones_own_password_needs_the_current_one(people: People) -> None:
    with pytest.raises(Forbidden, match="current password"):
        people.set_own_password(ANN, current="guess", password="another password")


def test_the_groups_of_the_roles_always_exist(people: People) -> None:
    people.create_group(ROOT, group_id="store-7", name="Store 7")

    found = people.search_groups(ROOT, Search()).items

    assert [g.group_id for g in found] == sorted([*Role, "store-7"])
    assert people.group(ROOT, "account_manager").name == "Account manager"


def test_the_group_of_a_role_can_be_neither_created_renamed_nor_deleted(people: People) -> None:
    with pytest.raises(Conflict):
        people.rename_group(ROOT, "agent", "Mine")
    with pytest.raises(Conflict):
        people.create_group(ROOT, group_id="agent", name="Mine")
    with pytest.raises(Conflict):
        people.delete_group(ROOT, "agent")


def test_a_group_has_members_until_it_is_deleted(people: People) -> None:
    people.create_group(ROOT, group_id="store-7", name="Store 7")
    people.add_member(ROOT, "store-7", "ann")
    assert usernames(people.search_members(ROOT, "store-7", Search())) == ["ann"]

    people.delete_group(ROOT, "store-7")

    assert people.account(ROOT, "ann").groups == {"agent"}
    with pytest.raises(NotFound):
        people.search_members(ROOT, "store-7", Search())


def test_a_group_can_be_renamed(people: People) -> None:
    people.create_group(ROOT, group_id="store-7", name="Store 7")

    people.rename_group(ROOT, "store-7", "Shop 7")

    assert people.group(ROOT, "store-7").name == "Shop 7"


def test_a_member_is_added_and_removed_once(people: People) -> None:
    with pytest.raises(Conflict):
        people.add_member(ROOT, "agent", "ann")

    people.remove_member(ROOT, "agent", "ann")

    with pytest.raises(NotFound):
        people.remove_member(ROOT, "agent", "ann")


LAST_ADMINISTRATOR: dict[str, Callable[[People], object]] = {
    "disabled": lambda p: p.change_account(ROOT, "root", name="R", email=None, enabled=False),
    "removed": lambda p: p.remove_member(ROOT, "administrator", "root"),
}


@pytest.mark.parametrize("change", LAST_ADMINISTRATOR.values(), ids=LAST_ADMINISTRATOR.keys())
def test_the_last_administrator_cannot_be(
    people: People, change: Callable[[People], object]
) -> None:
    with pytest.raises(Conflict, match="administrator"):
        change(people)

    assert people.account(ROOT, "root").enabled
    assert "administrator" in people.account(ROOT, "root").groups


def test_a_client_is_created_once_and_for_an_account(people: People) -> None:
    people.create_client(ROOT, client_id="till", username="ann")

    with pytest.raises(Conflict):
        people.create_client(ROOT, client_id="till", username="ann")
    with pytest.raises(NotFound):
        people.create_client(ROOT, client_id="other", username="nobody")


def test_every_change_is_a_fact_of_the_history(people: People, database: Database) -> None:
    people.create_group(ROOT, group_id="store", name="Store")
    people.add_member(ROOT, "store", "ann")
    people.change_account(ROOT, "ann", name="Ann", email=None, password="a new password")

    with database.read() as connection:
        rows = history.of_roots(connection, [SYSTEM_STREAM])
    by_root = [r for r in rows if r.actor == "root"]
    assert [r.kind for r in by_root] == ["group_created", "member_added", "account_changed"]
    assert orjson.loads(by_root[1].payload)["details"] == {
        "group_id": "store",
        "username": "ann",
    }


def test_no_fact_of_the_history_holds_a_password(people: People, database: Database) -> None:
    people.create_account(ENGINE, username="bob", name="Bob", password="bob's password")

    with database.read() as connection:
        rows = history.of_roots(connection, [SYSTEM_STREAM])
    assert not any("bob's password" in row.payload for row in rows)

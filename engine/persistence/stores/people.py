"""People: accounts, groups, memberships, and the clients and tokens that act for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, delete, func, select, update

from engine.domain.identity import Role
from engine.persistence.query import Query
from engine.persistence.rows import columns_of, fetch_all, fetch_one, insert_all, upsert
from engine.persistence.schema import access_token, account, client, membership, user_group


class AccountRow(NamedTuple):
    """One account. ``password_hash`` is a PHC string, None where no password signs in."""

    username: str
    name: str
    email: str | None
    password_hash: str | None
    enabled: bool
    demo: bool
    created_at: datetime
    language: str | None = None


class GroupRow(NamedTuple):
    """One group of people; a group whose id is a role grants it."""

    id: str
    name: str


ROLE_GROUPS = {
    role.value: GroupRow(id=role.value, name=role.value.replace("_", " ").capitalize())
    for role in Role
}
"""The groups that grant roles; they always exist, in no table, and stay as they are."""


class ClientRow(NamedTuple):
    """One OAuth 2 client; it acts as the account ``username``."""

    id: str
    secret_hash: str
    username: str
    created_at: datetime


class TokenRow(NamedTuple):
    """One bearer token, known by its digest only."""

    sha256: str
    username: str
    issued_at: datetime
    expires_at: datetime


# -- accounts ------------------------------------------------------------------------------------

ACCOUNT_WITH_GROUPS = select(*columns_of(account, AccountRow), membership.c.group_id).select_from(
    account.outerjoin(membership, membership.c.username == account.c.username)
)
_BY_USERNAME = Query(ACCOUNT_WITH_GROUPS.where(account.c.username == bindparam("username")))
_BY_TOKEN = Query(
    ACCOUNT_WITH_GROUPS.join(access_token, access_token.c.username == account.c.username)
    .add_columns(access_token.c.expires_at)
    .where(access_token.c.sha256 == bindparam("sha256"))
)
"""Built once: every request asks one of the two."""


def find_account(connection: Connection, username: str) -> AccountRow | None:
    """Return the account with that user name."""
    return fetch_one(connection, account, AccountRow, account.c.username == username)


def account_with_groups(
    connection: Connection, username: str
) -> tuple[AccountRow, frozenset[str]] | None:
    """Return an account and the ids of its groups, with one statement."""
    rows = _BY_USERNAME.all(connection, username=username)
    return account_of(rows) if rows else None


def account_of_token(
    connection: Connection, sha256: str
) -> tuple[datetime, AccountRow, frozenset[str]] | None:
    """Return when a token expires, its account and the ids of its groups, with one statement."""
    rows = _BY_TOKEN.all(connection, sha256=sha256)
    if not rows:
        return None
    return rows[0][-1], *account_of(rows)


def all_accounts(connection: Connection) -> list[AccountRow]:
    """Return every account, by user name."""
    return fetch_all(connection, account, AccountRow)


def insert_account(connection: Connection, row: AccountRow) -> bool:
    """Store a new account; False if the user name is taken."""
    return _insert_new(connection, account, row._asdict())


def save_account(connection: Connection, row: AccountRow) -> None:
    """Store an account's new values."""
    connection.execute(
        update(account).where(account.c.username == row.username).values(row._asdict())
    )


def save_language(connection: Connection, username: str, language: str) -> None:
    """Store the language in which an account sees pages."""
    connection.execute(
        update(account).where(account.c.username == username).values(language=language)
    )


def demo_accounts(connection: Connection) -> list[AccountRow]:
    """Return the enabled demo accounts, by user name."""
    return fetch_all(connection, account, AccountRow, account.c.demo, account.c.enabled)


def has_demo_accounts(connection: Connection) -> bool:
    """Tell whether an enabled demo account exists."""
    statement = select(account.c.username).where(account.c.demo, account.c.enabled).limit(1)
    return connection.execute(statement).first() is not None


# -- groups --------------------------------------------------------------------------------------


def find_group(connection: Connection, group_id: str) -> GroupRow | None:
    """Return the group with that id, stored or of a role."""
    stored = fetch_one(connection, user_group, GroupRow, user_group.c.id == group_id)
    return stored or ROLE_GROUPS.get(group_id)


def insert_group(connection: Connection, row: GroupRow) -> bool:
    """Store a new group; False if the id is taken."""
    return _insert_new(connection, user_group, row._asdict())


def save_group(connection: Connection, row: GroupRow) -> None:
    """Store a group's new name."""
    connection.execute(update(user_group).where(user_group.c.id == row.id).values(row._asdict()))


def delete_group(connection: Connection, group_id: str) -> None:
    """Remove a group and its memberships."""
    connection.execute(delete(membership).where(membership.c.group_id == group_id))
    connection.execute(delete(user_group).where(user_group.c.id == group_id))


def memberships(
    connection: Connection, *, of: Sequence[str] | None = None
) -> dict[str, frozenset[str]]:
    """Return the ids of people's groups, by user name: of everybody unless *of* names them."""
    statement = select(membership.c.username, membership.c.group_id)
    if of is not None:
        statement = statement.where(membership.c.username.in_(of))
    found: dict[str, set[str]] = {}
    for username, group_id in connection.execute(statement):
        found.setdefault(username, set()).add(group_id)
    return {username: frozenset(group_ids) for username, group_ids in found.items()}


def count_members(connection: Connection, group_id: str) -> int:
    """Return how many enabled accounts belong to a group."""
    joined = membership.join(account, account.c.username == membership.c.username)
    statement = (
        select(func.count())
        .select_from(joined)
        .where(membership.c.group_id == group_id, account.c.enabled)
    )
    return int(connection.execute(statement).scalar_one())


def insert_membership(connection: Connection, username: str, group_id: str) -> bool:
    """Put an account into a group; False if it belongs to it already."""
    return _insert_new(connection, membership, {"group_id": group_id, "username": username})


def delete_membership(connection: Connection, username: str, group_id: str) -> bool:
    """Take an account out of a group; False if it does not belong to it."""
    done = connection.execute(
        delete(membership).where(
            membership.c.username == username, membership.c.group_id == group_id
        )
    )
    return done.rowcount == 1


# -- clients and tokens --------------------------------------------------------------------------


def find_client(connection: Connection, client_id: str) -> ClientRow | None:
    """Return the client with that id."""
    return fetch_one(connection, client, ClientRow, client.c.id == client_id)


def insert_client(connection: Connection, row: ClientRow) -> bool:
    """Store a new client; False if the id is taken."""
    return _insert_new(connection, client, row._asdict())


def insert_token(connection: Connection, row: TokenRow) -> None:
    """Store a new token."""
    insert_all(connection, access_token, [row._asdict()])


def delete_expired_tokens(connection: Connection, now: datetime) -> None:
    """Forget tokens that nobody can use any more."""
    connection.execute(delete(access_token).where(access_token.c.expires_at <= now))


def delete_tokens_of(connection: Connection, username: str) -> None:
    """Revoke every token of an account."""
    connection.execute(delete(access_token).where(access_token.c.username == username))


def _insert_new(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    done = connection.execute(
        upsert(connection, table).values(values).on_conflict_do_nothing(),
        execution_options={"preserve_rowcount": True},
    )
    return done.rowcount == 1


def account_of(rows: Sequence[Sequence[Any]]) -> tuple[AccountRow, frozenset[str]]:
    """Read the one account, and its groups, of rows that begin like `ACCOUNT_WITH_GROUPS`."""
    place = len(AccountRow._fields)
    groups = frozenset(row[place] for row in rows if row[place] is not None)
    return AccountRow._make(rows[0][:place]), groups

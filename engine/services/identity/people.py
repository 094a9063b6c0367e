"""Administration of accounts, groups and clients; each change is a fact of the system's history."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

from engine.clock import Clock
from engine.domain.identity import Actor, Role
from engine.domain.search import Search, SearchResult
from engine.errors import Conflict, Forbidden, NotFound
from engine.persistence.database import Connection, Database
from engine.persistence.locks import hold
from engine.persistence.races import begins_anew
from engine.persistence.search.people import ACCOUNTS, GROUPS, AccountView, GroupView, members_of
from engine.persistence.search.visibility import EVERYTHING
from engine.persistence.stores import people, sessions
from engine.persistence.stores.people import ROLE_GROUPS, AccountRow, ClientRow, GroupRow
from engine.points import Point, reached
from engine.services import permissions, recorder
from engine.services.identity import secret_texts
from engine.services.identity.accounts import (
    Account,
    AccountEntry,
    check_email,
    check_id,
    check_name,
    check_password,
)
from engine.services.identity.group_work import GroupEntry, GroupWork, OfferedStep
from engine.services.identity.passwords import PasswordHasher
from engine.services.identity.sessions import SessionMemory
from engine.services.identity.throttle import Throttle


class People:
    """Accounts, groups and clients: read by all staff, changed by administrators."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        hasher: PasswordHasher,
        throttle: Throttle,
        memory: SessionMemory,
        work: GroupWork,
    ) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher
        self._throttle = throttle
        self._memory = memory
        self._work = work

    # -- accounts --------------------------------------------------------------------------------

    def account(self, actor: Actor, username: str) -> Account:
        """Return one account: one's own, or any for staff."""
        if username != actor.username:
            self._require(actor, permissions.is_staff, "see other people")
        with self._read() as connection:
            found = people.account_with_groups(connection, username)
        if found is None:
            raise NotFound(f"there is no account {username!r}")
        return Account.of(*found)

    def accounts(self, actor: Actor) -> list[Account]:
        """Return every account with its groups, by user name."""
        self._require(actor, permissions.is_staff, "see other people")
        with self._read() as connection:
            groups = people.memberships(connection)
            rows = people.all_accounts(connection)
        return [Account.of(row, groups.get(row.username, frozenset())) for row in rows]

    def search_accounts(self, actor: Actor, asked: Search) -> SearchResult[AccountView]:
        """Return a page of accounts."""
        self._require(actor, permissions.is_staff, "see other people")
        with self._read() as connection:
            return ACCOUNTS.search(connection, asked, visible=EVERYTHING)

    def directory(
        self, actor: Actor, asked: Search, *, group_id: str | None = None
    ) -> SearchResult[AccountEntry]:
        """Return a page of accounts, of a group's members if one is given, for administrators."""
        self._require(actor, permissions.may_administer, "administer accounts")
        visible = members_of(group_id) if group_id else EVERYTHING
        with self._read() as connection:
            found = ACCOUNTS.search(connection, asked, visible=visible)
            usernames = [view.username for view in found.items]
            groups = people.memberships(connection, of=usernames)
            seen = sessions.last_seen(connection, usernames)
        return found.map(
            lambda view: AccountEntry(
                view=view,
                groups=groups.get(view.username, frozenset()),
                last_seen_at=seen.get(view.username),
            )
        )

    @begins_anew
    def create_account(
        self,
        actor: Actor,
        *,
        username: str,
        name: str,
        password: str | None,
        email: str | None = None,
        groups: Collection[str] = (),
        demo: bool = False,
    ) -> Account:
        """Create an account; without a password only its clients' tokens sign in.

        Raises Conflict if the user name is taken, NotFound for an unknown group.
        """
        self._require(actor, permissions.may_administer, "create accounts")
        check_id("username", username)
        check_name(name)
        check_email(email)
        if password is not None:
            check_password(password, demo=demo)
        row = AccountRow(
            username=username,
            name=name,
            email=email,
            password_hash=None if password is None else self._hasher.hash(password),
            enabled=True,
            demo=demo,
            created_at=self._clock.now(),
        )
        with self._write() as connection:
            if not people.insert_account(connection, row):
                raise Conflict(f"there already is an account {username!r}")
            for group_id in groups:
                _existing_group(connection, group_id)
                people.insert_membership(connection, username, group_id)
            details = {"username": username, "groups": sorted(groups), "demo": demo}
            self._record(connection, actor, "account_created", details)
        return Account.of(row, frozenset(groups))

    @begins_anew
    def change_account(
        self,
        actor: Actor,
        username: str,
        *,
        name: str,
        email: str | None,
        enabled: bool = True,
        password: str | None = None,
    ) -> Account:
        """Store a new name, address, state and (unless None) password.

        A disabled account cannot sign in any more; it and a new password revoke the account's
        tokens and sessions. Raises Conflict for the last administrator.
        """
        self._require(actor, permissions.may_administer, "change accounts")
        check_name(name)
        check_email(email)
        with self._read() as connection:
            row, _ = _existing_account(connection, username)
        password_hash = None if password is None else self._checked_hash(row, password)
        with self._write() as connection:
            row, groups = _existing_account(connection, username)
            changed = row._replace(
                name=name,
                email=email,
                enabled=enabled,
                password_hash=password_hash or row.password_hash,
            )
            people.save_account(connection, changed)
            if not enabled or password_hash:
                people.delete_tokens_of(connection, username)
                sessions.end_all_of(connection, username)
            if Role.ADMINISTRATOR in groups:
                _keep_an_administrator(connection)
            details = {
                "username": username,
                "enabled": enabled,
                "password_changed": password_hash is not None,
            }
            self._record(connection, actor, "account_changed", details)
        return Account.of(changed, groups)

    @begins_anew
    def set_own_password(
        self, actor: Actor, *, current: str, password: str, keep_session: str | None = None
    ) -> None:
        """Set one's own password; revoke one's tokens, and sessions but *keep_session* (an id).

        It needs the current one, so that a stolen token does not become an account: Forbidden if
        that is wrong, TooManyAttempts if it is so repeatedly.
        """
        self._throttle.check(actor.username)
        with self._read() as connection:
            row, _ = _existing_account(connection, actor.username)
        if not self._hasher.matches(current, row.password_hash):
            self._throttle.failed(actor.username)
            raise Forbidden("the current password is wrong")
        self._throttle.succeeded(actor.username)
        password_hash = self._checked_hash(row, password)
        with self._write() as connection:
            row, _ = _existing_account(connection, actor.username)
            people.save_account(connection, row._replace(password_hash=password_hash))
            people.delete_tokens_of(connection, actor.username)
            sessions.end_all_of(connection, actor.username, but=keep_session)
            self._record(connection, actor, "password_changed", {"username": actor.username})

    # -- groups ----------------------------------------------------------------------------------

    def search_groups(self, actor: Actor, asked: Search) -> SearchResult[GroupView]:
        """Return a page of groups, those of the roles among them."""
        self._require(actor, permissions.is_staff, "see groups")
        with self._read() as connection:
            return GROUPS.search(connection, asked, visible=EVERYTHING)

    def groups_at_work(
        self, actor: Actor, asked: Search
    ) -> tuple[SearchResult[GroupEntry], Mapping[str, Sequence[OfferedStep]]]:
        """Return a page of groups with their work, and the steps offered to groups not there."""
        self._require(actor, permissions.may_administer, "administer groups")
        with self._read() as connection:
            found = GROUPS.search(connection, asked, visible=EVERYTHING)
            entries = self._work.entries(connection, found.items)
            nowhere = {
                group_id: steps
                for group_id, steps in self._work.steps(connection).items()
                if people.find_group(connection, group_id) is None
            }
        return found.map(lambda view: entries[view.group_id]), nowhere

    def group(self, actor: Actor, group_id: str) -> GroupView:
        """Return one group."""
        self._require(actor, permissions.is_staff, "see groups")
        with self._read() as connection:
            return _group(_existing_group(connection, group_id))

    def search_members(
        self, actor: Actor, group_id: str, asked: Search
    ) -> SearchResult[AccountView]:
        """Return a page of a group's members."""
        self._require(actor, permissions.is_staff, "see groups")
        with self._read() as connection:
            _existing_group(connection, group_id)
            return ACCOUNTS.search(connection, asked, visible=members_of(group_id))

    @begins_anew
    def create_group(self, actor: Actor, *, group_id: str, name: str) -> GroupView:
        """Create a group. Raises Conflict if the id is taken."""
        self._require(actor, permissions.may_administer, "create groups")
        check_id("groupId", group_id)
        check_name(name)
        row = GroupRow(id=group_id, name=name)
        with self._write() as connection:
            if group_id in ROLE_GROUPS or not people.insert_group(connection, row):
                raise Conflict(f"there already is a group {group_id!r}")
            self._record(connection, actor, "group_created", {"group_id": group_id})
        return _group(row)

    @begins_anew
    def rename_group(self, actor: Actor, group_id: str, name: str) -> GroupView:
        """Give a group another name. Raises Conflict for the group of a role."""
        self._require(actor, permissions.may_administer, "change groups")
        check_name(name)
        _refuse_role(group_id)
        row = GroupRow(id=group_id, name=name)
        with self._write() as connection:
            _existing_group(connection, group_id)
            people.save_group(connection, row)
            self._record(connection, actor, "group_renamed", {"group_id": group_id})
        return _group(row)

    @begins_anew
    def delete_group(self, actor: Actor, group_id: str) -> None:
        """Delete a group and its memberships.

        Raises Conflict for the group of a role, and while work would be left to nobody.
        """
        self._require(actor, permissions.may_administer, "delete groups")
        _refuse_role(group_id)
        with self._write() as connection:
            _existing_group(connection, group_id)
            self._work.refuse_if_needed(connection, group_id)
            people.delete_group(connection, group_id)
            self._record(connection, actor, "group_deleted", {"group_id": group_id})

    @begins_anew
    def add_member(self, actor: Actor, group_id: str, username: str) -> None:
        """Put an account into a group. Raises Conflict if it belongs to it already."""
        self._require(actor, permissions.may_administer, "change groups")
        with self._write() as connection:
            _existing_group(connection, group_id)
            _existing_account(connection, username)
            if not people.insert_membership(connection, username, group_id):
                raise Conflict(f"{username!r} already belongs to {group_id!r}")
            details = {"group_id": group_id, "username": username}
            self._record(connection, actor, "member_added", details)

    @begins_anew
    def remove_member(self, actor: Actor, group_id: str, username: str) -> None:
        """Take an account out of a group. Raises Conflict for the last administrator."""
        self._require(actor, permissions.may_administer, "change groups")
        with self._write() as connection:
            if not people.delete_membership(connection, username, group_id):
                raise NotFound(f"{username!r} does not belong to {group_id!r}")
            if group_id == Role.ADMINISTRATOR:
                _keep_an_administrator(connection)
            details = {"group_id": group_id, "username": username}
            self._record(connection, actor, "member_removed", details)

    # -- clients ---------------------------------------------------------------------------------

    @begins_anew
    def create_client(
        self, actor: Actor, *, client_id: str, username: str, secret: str | None = None
    ) -> str:
        """Create an OAuth 2 client that acts as an account; return its secret, shown only now.

        A given *secret* is for the demo, whose secrets are in the README.
        """
        self._require(actor, permissions.may_administer, "create clients")
        check_id("clientId", client_id)
        shown = secret or secret_texts.new()
        with self._write() as connection:
            _existing_account(connection, username)
            row = ClientRow(
                id=client_id,
                secret_hash=secret_texts.digest(shown),
                username=username,
                created_at=self._clock.now(),
            )
            if not people.insert_client(connection, row):
                raise Conflict(f"there already is a client {client_id!r}")
            details = {"client_id": client_id, "username": username}
            self._record(connection, actor, "client_created", details)
        return shown

    # -- inside ----------------------------------------------------------------------------------

    def _checked_hash(self, row: AccountRow, password: str) -> str:
        check_password(password, demo=row.demo)
        return self._hasher.hash(password)

    def _read(self) -> AbstractContextManager[Connection]:
        return self._database.read()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """Open a transaction that changes people: one at a time, so that no change is lost.

        Sessions of this node are looked up again after it.
        """
        with self._database.write() as connection:
            hold(connection, "people")
            yield connection
            reached(Point.PERSON_STORED)
        self._database.after_commit(self._memory.clear)

    def _require(self, actor: Actor, may: Callable[[Actor], bool], what: str) -> None:
        if may(actor):
            return
        refused = f"you may not {what}"
        self._database.afterwards(lambda: self._record_denial(actor, refused))
        raise Forbidden(refused)

    @begins_anew
    def _record_denial(self, actor: Actor, refused: str) -> None:
        with self._database.write() as connection:
            self._record(connection, actor, "access_denied", {"refused": refused})

    def _record(
        self, connection: Connection, actor: Actor, kind: str, details: Mapping[str, object]
    ) -> None:
        now = self._clock.now()
        recorder.record_system(connection, now, actor.username, kind, details)


def _existing_account(connection: Connection, username: str) -> tuple[AccountRow, frozenset[str]]:
    found = people.account_with_groups(connection, username)
    if found is None:
        raise NotFound(f"there is no account {username!r}")
    return found


def _existing_group(connection: Connection, group_id: str) -> GroupRow:
    row = people.find_group(connection, group_id)
    if row is None:
        raise NotFound(f"there is no group {group_id!r}")
    return row


def _refuse_role(group_id: str) -> None:
    if group_id in ROLE_GROUPS:
        raise Conflict(f"the group {group_id!r} is a role and stays as it is")


def _keep_an_administrator(connection: Connection) -> None:
    if people.count_members(connection, Role.ADMINISTRATOR) == 0:
        raise Conflict("somebody has to stay administrator")


def _group(row: GroupRow) -> GroupView:
    return GroupView(group_id=row.id, name=row.name)

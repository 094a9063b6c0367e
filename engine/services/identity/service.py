"""Sign-in: passwords, bearer tokens and client credentials become an `Actor`."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from engine.clock import Clock, SystemClock
from engine.domain.identity import Actor
from engine.errors import Unauthenticated
from engine.persistence.database import Database
from engine.persistence.races import begins_anew
from engine.persistence.stores import people
from engine.persistence.stores.people import AccountRow, TokenRow
from engine.services import recorder
from engine.services.identity import secret_texts
from engine.services.identity.accounts import Account
from engine.services.identity.group_work import GroupWork
from engine.services.identity.passwords import Cost, PasswordHasher, VerifiedPasswords
from engine.services.identity.people import People
from engine.services.identity.sessions import SessionLimits, SessionMemory, Sessions
from engine.services.identity.throttle import Throttle
from engine.services.models import Models

TOKEN_LIFETIME = timedelta(hours=1)
UNKNOWN = "redress:nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A new bearer token, shown once, and how long it is good for."""

    token: str
    expires_in: timedelta


class IdentityService:
    """Finds out who somebody is; ``people`` administers them, ``sessions`` are of browsers.

    With a password or a token, groups and the state of the account are read on every request, so
    a change of rights counts at once; only the costly verification of a password is remembered.
    Tokens and sessions expire by the wall clock, not by the demo's virtual one.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        cost: Cost | None = None,
        wall_clock: Clock | None = None,
        limits: SessionLimits | None = None,
        models: Models | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._wall_clock = wall_clock or SystemClock()
        self._hasher = PasswordHasher(cost or Cost())
        self._verified = VerifiedPasswords()
        self._throttle = Throttle()
        memory = SessionMemory()
        work = GroupWork(models or Models())
        self.people = People(database, clock, self._hasher, self._throttle, memory, work)
        self.sessions = Sessions(
            database, clock, self._wall_clock, limits=limits or SessionLimits(), memory=memory
        )

    def authenticate_password(self, username: str, password: str) -> Actor:
        """Return the actor; Unauthenticated or TooManyAttempts if that cannot be."""
        with self._database.ask() as connection:
            found = people.account_with_groups(connection, username)
        account, groups = found or (None, frozenset[str]())
        stored = account.password_hash if account and account.enabled else None
        if not (stored and self._verified.knows(username, password, stored)):
            self._verify(username, password, stored, account)
        return Actor(username=username, groups=groups)

    def sign_in(self, username: str, password: str, *, agent: str) -> str:
        """Start a session of a browser (*agent* is its own description); return its token.

        Raises Unauthenticated or TooManyAttempts, as `authenticate_password` does.
        """
        actor = self.authenticate_password(username, password)
        return self.sessions.start(actor.username, agent=agent)

    def authenticate_token(self, token: str) -> Actor:
        """Return the actor for whom the token was issued; Unauthenticated if it is no good."""
        with self._database.ask() as connection:
            found = people.account_of_token(connection, secret_texts.digest(token))
        if found is None or not found[1].enabled:
            raise Unauthenticated("the token is not known, or was revoked")
        expires_at, account, groups = found
        if expires_at <= self._wall_clock.now():
            raise Unauthenticated("the token has expired; ask for a new one")
        return Actor(username=account.username, groups=groups)

    def issue_token(self, client_id: str, client_secret: str) -> IssuedToken:
        """Issue a token to a client (OAuth 2 client credentials, RFC 6749 section 4.4).

        Raises Unauthenticated for a wrong id or secret, TooManyAttempts after several.
        """
        name = f"client:{client_id}"
        self._throttle.check(name)
        with self._database.read() as connection:
            found = people.find_client(connection, client_id)
            acts_as = people.find_account(connection, found.username) if found else None
        secret_hash = found.secret_hash if found else secret_texts.digest(secret_texts.new())
        matches = hmac.compare_digest(secret_hash, secret_texts.digest(client_secret))
        if not (matches and acts_as and acts_as.enabled):
            self._deny(name, acts_as, method="client_credentials")
            raise Unauthenticated("wrong client id or secret")
        self._throttle.succeeded(name)
        return self._issue(acts_as.username)

    def demo_accounts(self) -> list[Account]:
        """Return the accounts that the sign-in page of a demo offers, with their groups."""
        with self._database.read() as connection:
            groups = people.memberships(connection)
            rows = people.demo_accounts(connection)
        return [Account.of(row, groups.get(row.username, frozenset())) for row in rows]

    def demo_accounts_exist(self) -> bool:
        """Tell whether somebody could sign in with a password that the README names."""
        with self._database.read() as connection:
            return people.has_demo_accounts(connection)

    def _verify(
        self, username: str, password: str, stored: str | None, account: AccountRow | None
    ) -> None:
        self._throttle.check(username)
        if not (self._hasher.matches(password, stored) and stored):
            self._deny(username, account, method="password")
            raise Unauthenticated("wrong user name or password")
        self._throttle.succeeded(username)
        self._verified.remember(username, password, stored)

    def _deny(self, name: str, account: AccountRow | None, *, method: str) -> None:
        """Count and record the attempt.

        The typed name is kept only if it is an account: people type passwords there too.
        """
        self._throttle.failed(name)
        username = account.username if account else None
        self._record_denial(username or UNKNOWN, {"username": username, "method": method})

    @begins_anew
    def _record_denial(self, actor: str, details: Mapping[str, object]) -> None:
        with self._database.write() as connection:
            now = self._clock.now()
            recorder.record_system(connection, now, actor, "sign_in_denied", details)

    @begins_anew
    def _issue(self, username: str) -> IssuedToken:
        token = secret_texts.new()
        now = self._wall_clock.now()
        row = TokenRow(
            sha256=secret_texts.digest(token),
            username=username,
            issued_at=now,
            expires_at=now + TOKEN_LIFETIME,
        )
        with self._database.write() as connection:
            people.delete_expired_tokens(connection, now)
            people.insert_token(connection, row)
        return IssuedToken(token=token, expires_in=TOKEN_LIFETIME)

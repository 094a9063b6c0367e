"""Sessions of browsers: a random token in a cookie, stored as its digest, ended at will.

What a session stands for (account, groups) is remembered by each node for `REMEMBERED_SECONDS`,
so that the requests of one page cost one look-up; an ended session, a disabled account or a lost
group counts at once on the node that changed it and after that time on every other.
"""

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.clock import Clock, monotonic_seconds
from engine.domain.identity import Actor
from engine.errors import Forbidden, NotFound, Unauthenticated
from engine.persistence.database import Connection, Database
from engine.persistence.races import begins_anew
from engine.persistence.stores import people as accounts
from engine.persistence.stores import sessions
from engine.persistence.stores.sessions import SessionRow
from engine.points import Point, reached
from engine.services import permissions, recorder
from engine.services.identity import secret_texts

REMEMBERED_SECONDS = 3.0
REMEMBERED_AT_MOST = 10_000
SEEN_AGAIN_AFTER = timedelta(minutes=1)
SESSIONS_AT_MOST = 20
AGENT_LENGTH = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """A session ends *idle* after its last request, and *lifetime* after the sign-in."""

    idle: timedelta = timedelta(minutes=60)
    lifetime: timedelta = timedelta(minutes=720)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody signed in with a browser. ``language`` is None where the browser's counts."""

    id: str
    username: str
    name: str
    email: str | None
    groups: frozenset[str]
    language: str | None
    csrf_token: str
    expires_at: datetime

    @property
    def actor(self) -> Actor:
        """Return on whose behalf its requests run."""
        return Actor(username=self.username, groups=self.groups)


class SessionMemory:
    """What this node remembers of sessions, by the digest of the token."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[Session, float]] = OrderedDict()
        self._cleared = 0

    @property
    def cleared(self) -> int:
        """How often all was forgotten; to be asked before what is put here is read."""
        with self._lock:
            return self._cleared

    def get(self, sha256: str) -> Session | None:
        """Return what is remembered, unless it is too old."""
        with self._lock:
            session, until = self._known.get(sha256, (None, 0.0))
        return session if monotonic_seconds() < until else None

    def put(self, sha256: str, session: Session, *, cleared: int) -> None:
        """Remember a session that was just read, forgetting the oldest of too many.

        Not if all was forgotten since it was read: it may have ended meanwhile.
        """
        with self._lock:
            if cleared != self._cleared:
                return
            self._known[sha256] = (session, monotonic_seconds() + REMEMBERED_SECONDS)
            self._known.move_to_end(sha256)
            if len(self._known) > REMEMBERED_AT_MOST:
                self._known.popitem(last=False)

    def clear(self) -> None:
        """Forget all: somebody's rights or sessions have changed."""
        with self._lock:
            self._known.clear()
            self._cleared += 1


class Sessions:
    """Starts, finds and ends sessions. They expire by the wall clock, as tokens do."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        wall_clock: Clock,
        *,
        limits: SessionLimits,
        memory: SessionMemory,
    ) -> None:
        self._database = database
        self._clock = clock
        self._wall_clock = wall_clock
        self._limits = limits
        self._memory = memory

    @property
    def lifetime(self) -> timedelta:
        """Return how long a session lasts at most."""
        return self._limits.lifetime

    @begins_anew
    def start(self, username: str, *, agent: str) -> str:
        """Start a session for somebody whose password was verified; return its token.

        Of more than `SESSIONS_AT_MOST` the oldest ends.
        """
        token = secret_texts.new()
        now = self._wall_clock.now()
        row = SessionRow(
            id=secrets.token_hex(8),
            sha256=secret_texts.digest(token),
            username=username,
            created_at=now,
            last_seen_at=now,
            expires_at=now + self._limits.lifetime,
            agent=agent[:AGENT_LENGTH],
        )
        with self._database.write() as connection:
            sessions.delete_expired(connection, now)
            for old in sessions.of_account(connection, username)[SESSIONS_AT_MOST - 1 :]:
                sessions.end(connection, old.id)
            sessions.insert(connection, row)
            self._record(connection, username, "session_started", row)
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token; None if it ended, or its account was disabled."""
        sha256 = secret_texts.digest(token)
        remembered = self._memory.get(sha256)
        if remembered:
            return remembered
        cleared = self._memory.cleared
        with self._database.ask() as connection:
            found = sessions.find(connection, sha256)
        now = self._wall_clock.now()
        if found is None or not found[1].enabled or self._is_over(found[0], now):
            return None
        row, account, groups = found
        if now - row.last_seen_at >= SEEN_AGAIN_AFTER:
            self._touch(row, now)
        session = Session(
            id=row.id,
            username=account.username,
            name=account.name,
            email=account.email,
            groups=groups,
            language=account.language,
            csrf_token=csrf_token(token),
            expires_at=row.expires_at,
        )
        self._memory.put(sha256, session, cleared=cleared)
        return session

    def authenticate(self, token: str) -> Session:
        """Return the session of a token; raises Unauthenticated."""
        session = self.find(token)
        if session is None:
            raise Unauthenticated("your session has ended; sign in again")
        return session

    def of(self, actor: Actor, username: str) -> list[SessionRow]:
        """Return somebody's sessions, the newest first; others' only to administrators."""
        self._require(actor, username)
        now = self._wall_clock.now()
        with self._database.read() as connection:
            rows = sessions.of_account(connection, username)
        return [row for row in rows if not self._is_over(row, now)]

    @begins_anew
    def end(self, actor: Actor, session_id: str) -> None:
        """End a session; others' only administrators may. Raises NotFound."""
        with self._database.read() as connection:
            row = sessions.by_id(connection, session_id)
        if row is None:
            raise NotFound(f"there is no session {session_id!r}")
        self._require(actor, row.username)
        with self._database.write() as connection:
            if sessions.end(connection, session_id):
                self._record(connection, actor.username, "session_ended", row)
        self._database.after_commit(self._memory.clear)

    @begins_anew
    def choose_language(self, actor: Actor, language: str) -> None:
        """Remember the language in which somebody wants to see pages."""
        with self._database.write() as connection:
            accounts.save_language(connection, actor.username, language)
        self._database.after_commit(self._memory.clear)

    @begins_anew
    def _touch(self, row: SessionRow, now: datetime) -> None:
        with self._database.write() as connection:
            sessions.touch(connection, row.id, now)

    def _is_over(self, row: SessionRow, now: datetime) -> bool:
        return now >= row.expires_at or now - row.last_seen_at >= self._limits.idle

    def _require(self, actor: Actor, username: str) -> None:
        if username == actor.username or permissions.may_administer(actor):
            return
        refused = "you may not see or end the sessions of others"
        self._database.afterwards(lambda: self._record_denial(actor, refused))
        raise Forbidden(refused)

    @begins_anew
    def _record_denial(self, actor: Actor, refused: str) -> None:
        with self._database.write() as connection:
            self._write(connection, actor.username, "access_denied", {"refused": refused})

    def _record(self, connection: Connection, actor: str, kind: str, row: SessionRow) -> None:
        self._write(connection, actor, kind, {"username": row.username, "session": row.id})
        reached(Point.PERSON_STORED)

    def _write(
        self, connection: Connection, actor: str, kind: str, details: Mapping[str, object]
    ) -> None:
        recorder.record_system(connection, self._clock.now(), actor, kind, details)


def csrf_token(token: str) -> str:
    """Return what unsafe requests of this session must repeat in a header.

    It follows from the token, so no node has to keep it, and the token does not follow from it.
    """
    return hmac.digest(token.encode(), b"redress csrf", hashlib.sha256).hex()

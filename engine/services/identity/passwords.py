"""Passwords: argon2id hashes, computed one at a time, and a short memory of those verified."""

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from engine.clock import monotonic_seconds
from engine.errors import Unavailable

REMEMBERED_SECONDS = 300.0
REMEMBERED_AT_MOST = 10_000
WAITING_AT_MOST = 4
"""Sign-ins that wait for a hash at the same time: the last one for less than a second."""
_SALT_BYTES = 16
_HASH_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one hash costs; the default takes about 0.15 s and 64 MiB (RFC 9106, second choice)."""

    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 64 * 1024


class PasswordHasher:
    """Makes and verifies PHC strings. One hash at a time: a burst of sign-ins takes no memory.

    Only a few may wait for their turn, or the burst would take every thread of the server from
    those who have signed in already; the others get Unavailable.
    """

    def __init__(self, cost: Cost) -> None:
        self._cost = cost
        self._one_at_a_time = threading.Lock()
        self._places = threading.BoundedSemaphore(1 + WAITING_AT_MOST)

    @cached_property
    def _decoy(self) -> str:
        return self.hash(secrets.token_hex(16))

    def hash(self, password: str) -> str:
        """Return the PHC string to store for a password."""
        derivation = Argon2id(
            salt=secrets.token_bytes(_SALT_BYTES),
            length=_HASH_BYTES,
            iterations=self._cost.iterations,
            lanes=self._cost.lanes,
            memory_cost=self._cost.memory_kib,
        )
        with self._turn():
            return derivation.derive_phc_encoded(password.encode())

    def matches(self, password: str, stored: str | None) -> bool:
        """Verify a password; None costs the same time and never matches.

        So nobody learns from the time it takes which names exist.
        """
        to_verify = stored or self._decoy
        with self._turn():
            try:
                Argon2id.verify_phc_encoded(password.encode(), to_verify)
            except InvalidKey:
                return False
        return True

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Unavailable("too many people sign in at once; try again in a few seconds")
        try:
            with self._one_at_a_time:
                yield
        finally:
            self._places.release()


class VerifiedPasswords:
    """Remembers for a short while which password was verified against which stored hash.

    Keyed by an HMAC under a key that only this process has, so memory holds no password. A
    changed password has another stored hash, which drops what was remembered, on every node.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._verified: OrderedDict[bytes, tuple[str, float]] = OrderedDict()

    def knows(self, username: str, password: str, stored: str) -> bool:
        """Tell whether this password was verified against this hash within the last minutes."""
        digest = self._digest(username, password)
        with self._lock:
            verified, until = self._verified.get(digest, ("", 0.0))
        return verified == stored and monotonic_seconds() < until

    def remember(self, username: str, password: str, stored: str) -> None:
        """Remember a verified password, forgetting the oldest of too many."""
        digest = self._digest(username, password)
        with self._lock:
            self._verified[digest] = (stored, monotonic_seconds() + REMEMBERED_SECONDS)
            self._verified.move_to_end(digest)
            if len(self._verified) > REMEMBERED_AT_MOST:
                self._verified.popitem(last=False)

    def _digest(self, username: str, password: str) -> bytes:
        text = f"{len(username)}:{username}:{password}".encode()
        return hmac.digest(self._key, text, hashlib.sha256)

"""Repeated requests: the same key gets the same answer, and the effect happens once."""

import threading
from dataclasses import dataclass
from datetime import timedelta

from engine.clock import Clock
from engine.domain.identity import Actor
from engine.errors import Conflict, FieldProblem, InvalidInput
from engine.persistence.database import Database
from engine.persistence.stores import answers
from engine.persistence.stores.answers import AnswerRow

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered: status, media type and body."""

    status: int
    content_type: str
    body: bytes


class Answers:
    """Keeps successful answers for a day, by user name and key.

    A refused request changed nothing, so it is not kept and may be sent again as it is.
    """

    def __init__(self, database: Database, wall_clock: Clock) -> None:
        self._database = database
        self._wall_clock = wall_clock
        self._lock = threading.Lock()
        self._under_way: set[tuple[str, str]] = set()

    def begin(self, actor: Actor, key: str, request_sha256: str) -> Answer | None:
        """Return the kept answer, or None: then carry it out, and call `end` in any case.

        Raises Conflict while the same request is under way, InvalidInput if the key was used for
        another one.
        """
        with self._lock:
            if (actor.username, key) in self._under_way:
                raise Conflict("the request with this Idempotency-Key is still under way")
            self._under_way.add((actor.username, key))
        try:
            kept = self._find(actor, key, request_sha256)
        except BaseException:
            self.end(actor, key)
            raise
        if kept:
            self.end(actor, key)
        return kept

    def keep(self, actor: Actor, key: str, request_sha256: str, answer: Answer) -> None:
        """Keep the answer of a request that was carried out."""
        now = self._wall_clock.now()
        with self._database.write() as connection:
            answers.delete_before(connection, now - KEPT_FOR)
            answers.insert(
                connection,
                AnswerRow(
                    username=actor.username,
                    idempotency_key=key,
                    request_sha256=request_sha256,
                    status=answer.status,
                    content_type=answer.content_type,
                    body=answer.body,
                    created_at=now,
                ),
            )

    def end(self, actor: Actor, key: str) -> None:
        """Say that the request is not under way any more."""
        with self._lock:
            self._under_way.discard((actor.username, key))

    def _find(self, actor: Actor, key: str, request_sha256: str) -> Answer | None:
        with self._database.read() as connection:
            row = answers.find(connection, actor.username, key)
        if row is None:
            return None
        if row.request_sha256 != request_sha256:
            message = "this Idempotency-Key was used for another request"
            problem = FieldProblem(pointer="", code="idempotency-key-reused", message=message)
            raise InvalidInput(message, [problem])
        return Answer(status=row.status, content_type=row.content_type, body=row.body)

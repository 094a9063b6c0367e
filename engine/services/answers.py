"""Repeated requests: the same key gets the same answer, and the effect happens once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from engine.clock import Clock
from engine.domain.identity import Actor
from engine.errors import FieldProblem, InvalidInput
from engine.persistence.database import Connection, Database
from engine.persistence.locks import hold
from engine.persistence.stores import answers
from engine.persistence.stores.answers import AnswerRow
from engine.points import Point, reached

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered: status, media type and body."""

    status: int
    content_type: str
    body: bytes


class AnsweredBefore(Exception):
    """The same request was carried out before; ``answer`` is what it got."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("this request was answered before")
        self.answer = answer


class Answers:
    """Keeps answers for a day, by user name and key, in the transaction of what they answer for.

    A refused request changed nothing, nor did one that only reads: neither is kept, and both may
    be sent again as they are.
    """

    def __init__(self, database: Database, wall_clock: Clock) -> None:
        self._database = database
        self._wall_clock = wall_clock

    @contextmanager
    def once(
        self, actor: Actor, key: str, request_sha256: str
    ) -> Iterator[Callable[[Answer], None]]:
        """Carry a request out in the block, at most once; give its answer to what this yields.

        All that the block writes is committed at its end, together with the answer (decision
        0003). Of two at the same time, on whichever node, the second one's first write waits for
        the end of the first.

        Raises AnsweredBefore, before the block or instead of its first write; InvalidInput if the
        key was used for another request.
        """

        def look(connection: Connection) -> None:
            kept = self._kept(connection, actor, key, request_sha256)
            if kept is not None:
                raise AnsweredBefore(kept)

        def begin(connection: Connection) -> None:
            hold(connection, f"answer {actor.username} {key}")
            look(connection)

        with self._database.ask() as connection:
            look(connection)
        with self._database.joined(begin) as joined:

            def keep(answer: Answer) -> None:
                if joined.connection is not None:
                    self._keep(joined.connection, actor, key, request_sha256, answer)

            yield keep

    def _keep(
        self, connection: Connection, actor: Actor, key: str, request_sha256: str, answer: Answer
    ) -> None:
        now = self._wall_clock.now()
        answers.delete_before(connection, now - KEPT_FOR)
        row = AnswerRow(
            username=actor.username,
            idempotency_key=key,
            request_sha256=request_sha256,
            status=answer.status,
            content_type=answer.content_type,
            body=answer.body,
            created_at=now,
        )
        answers.insert(connection, row)
        reached(Point.ANSWER_KEPT)

    def _kept(
        self, connection: Connection, actor: Actor, key: str, request_sha256: str
    ) -> Answer | None:
        row = answers.find(connection, actor.username, key)
        if row is None:
            return None
        if row.request_sha256 != request_sha256:
            message = "this Idempotency-Key was used for another request"
            problem = FieldProblem(pointer="", code="idempotency-key-reused", message=message)
            raise InvalidInput(message, [problem])
        return Answer(status=row.status, content_type=row.content_type, body=row.body)

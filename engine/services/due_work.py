"""What is due and was asked for by nobody just now, done in batches: timers and signals.

A batch shares the statements and the commit. It takes what nobody else holds (several threads and
nodes work at once), of different trees of instances, and ends early when it takes long. In it an
instance has less time than it may take otherwise. One that fails there is set aside, the rest is
done without it, and it is tried again alone, apart from the batches: it neither blocks nor delays
the others, however long it runs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

import structlog

from engine.clock import monotonic_seconds
from engine.domain.identity import ENGINE
from engine.errors import RevisionConflict, StorageFull, Unavailable
from engine.persistence.database import Connection
from engine.persistence.locks import wait_at_most
from engine.services.command import Command, run
from engine.services.context import Context

MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=1)
BATCH = 20
BATCH_SECONDS = 0.1
"""A batch that has taken so long ends with what it has."""
INSTANCE_SECONDS = 1.0
"""An instance that does not come to rest within so long is set aside and has its time alone."""
PATIENCE_MS = 200
"""How long one attempt waits for an instance that somebody else holds."""

_log = structlog.get_logger(__name__)


class DueRow(Protocol):
    """One piece of work; none has a process instance yet if it starts one."""

    @property
    def process_instance_key(self) -> int | None: ...

    @property
    def due_at(self) -> datetime: ...

    @property
    def attempts(self) -> int: ...


R = TypeVar("R", bound=DueRow)


class Kind(Protocol[R]):
    """What is to be done with one kind of rows. ``name`` is for the log."""

    name: str

    def told(self, row: R) -> Mapping[str, object]:
        """Return what the log says of a row."""
        ...

    def take(
        self, connection: Connection, now: datetime, limit: int, *, failed: bool
    ) -> Sequence[R]:
        """Take what is due and free, the oldest first: that never failed, or that did."""
        ...

    def claim(self, connection: Connection, row: R) -> R | None:
        """Return a row as it is now and keep it; None once it is done, gone or blocked."""
        ...

    def do(self, command: Command, row: R) -> None:
        """Do it; its instance is locked."""
        ...

    def remove(self, command: Command, rows: Sequence[R]) -> None:
        """Note that they are done."""
        ...

    def delay(
        self, command: Command, row: R, *, due_at: datetime, attempts: int, blocked: bool
    ) -> None:
        """Try it later, or (``blocked``) not before its incident is resolved."""
        ...

    def open_incident(self, command: Command, row: R, message: str) -> None:
        """Say that it cannot be done."""
        ...

    def committed(self) -> None:
        """Some of it is done and committed."""
        ...


class DueWork(Generic[R]):
    """Does what is due of one kind."""

    def __init__(self, context: Context, kind: Kind[R]) -> None:
        self._context = context
        self._kind = kind
        seconds = min(context.limits.seconds, INSTANCE_SECONDS)
        self._in_batches = replace(context, limits=replace(context.limits, seconds=seconds))

    def do_batches(self, may_go_on: Callable[[], bool] = lambda: True) -> int:
        """Do what never failed, the longest overdue first; return how many rows were seen.

        What another one holds is passed over, and waited for only when there is nothing else.
        Before each batch it is asked whether it *may go on*.
        """
        seen = 0
        while may_go_on() and (taken := self._do_some(BATCH, failed=False)):
            seen += taken
        return seen

    def do_failed(self, may_go_on: Callable[[], bool] = lambda: True) -> int:
        """Do what has failed before, each in its own transaction; return how many were seen."""
        seen = 0
        while may_go_on() and self._do_some(1, failed=True):
            seen += 1
        return seen

    def _do_some(self, limit: int, *, failed: bool) -> int:
        taken: list[R] = []
        in_hand: list[R] = []

        def work(command: Command) -> int:
            taken[:] = self._kind.take(command.connection, command.now, limit, failed=failed)
            return self._do_free(command, taken, in_hand)

        try:
            done = run(self._context if failed else self._in_batches, ENGINE, work)
        except (Unavailable, StorageFull):
            raise  # nobody's fault here: it stays due
        except Exception as error:
            if not in_hand or isinstance(error, RevisionConflict):
                self._do_each(taken)
            else:
                self._note_failure(in_hand[0], error, is_alone=failed)
        else:
            if done:
                self._kind.committed()
            else:
                self._do_each(taken[:1])
        return len(taken)

    def _do_free(self, command: Command, rows: Sequence[R], in_hand: list[R]) -> int:
        """Do the first in each tree of instances that nobody holds; return how many.

        What is *in hand* when it fails is to blame.
        """
        roots = command.lock_free(
            [key for row in rows if (key := row.process_instance_key) is not None]
        )
        until = monotonic_seconds() + BATCH_SECONDS
        busy: set[int] = set()
        done: list[R] = []
        for row in rows:
            if row.process_instance_key is not None:
                root = roots.get(row.process_instance_key)
                if root is None or root in busy:
                    continue
                busy.add(root)
            if done and monotonic_seconds() > until:
                break
            in_hand[:] = [row]
            self._kind.do(command, row)
            command.settle_events()
            done.append(row)
        in_hand.clear()
        self._kind.remove(command, done)
        return len(done)

    def _do_each(self, rows: Sequence[R]) -> None:
        """Do each in a transaction of its own, after whoever holds it or its instance."""
        for row in rows:
            try:
                self._do_alone(row)
            except (Unavailable, StorageFull):
                raise
            except Exception as error:
                self._note_failure(row, error, is_alone=True)
            else:
                self._kind.committed()

    def _do_alone(self, row: R) -> None:
        """Do it unless somebody else did, or moved it, or holds it for too long."""

        def work(command: Command) -> None:
            wait_at_most(command.connection, PATIENCE_MS)
            now = self._wait_for(command, row)
            if now is not None and now.due_at <= command.now:
                self._kind.do(command, now)
                self._kind.remove(command, [now])

        run(self._context, ENGINE, work)

    def _wait_for(self, command: Command, row: R) -> R | None:
        """Take the instance and then the row, as all others do, after whoever holds them."""
        if row.process_instance_key is not None:
            command.lock(row.process_instance_key)
        return self._kind.claim(command.connection, row)

    def _note_failure(self, row: R, error: Exception, *, is_alone: bool) -> None:
        """Count a failure; one that was not *alone* with it may have its own time at once."""
        name, told = self._kind.name, self._kind.told(row)
        if isinstance(error, RevisionConflict):
            _log.info(f"{name} lost a race and is tried again", **told)
            return
        if is_alone:
            _log.error(f"{name} failed", exc_info=error, **told)
        else:
            _log.info(f"{name} is tried again alone", why=str(error), **told)

        def work(command: Command) -> None:
            now = self._wait_for(command, row)
            if now is None:
                return
            attempts = now.attempts + 1
            blocked = attempts >= MAX_ATTEMPTS
            later = command.now + RETRY_AFTER * (attempts - 1)
            due_at = later if is_alone and not blocked else now.due_at
            self._kind.delay(command, now, due_at=due_at, attempts=attempts, blocked=blocked)
            command.projection.woke_something = True
            if blocked:
                self._kind.open_incident(command, now, str(error))

        run(self._context, ENGINE, work)

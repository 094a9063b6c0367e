"""The virtual clock of demos and tests: kept in the database, moved from due time to due time."""

from datetime import datetime

from engine.clock import Clock, ManualClock, SystemClock
from engine.domain.identity import Actor
from engine.errors import Conflict, InvalidInput
from engine.persistence.database import Database
from engine.persistence.stores import settings
from engine.services import permissions
from engine.services.background import Background
from engine.services.command import refuse, run
from engine.services.context import Context

PINNED_AT = "clock.pinned_at"


class SwitchableClock:
    """The machine's clock, until somebody pins it to a virtual time."""

    def __init__(self, pinned: ManualClock | None = None) -> None:
        self._system = SystemClock()
        self._pinned = pinned

    def now(self) -> datetime:
        """Return the pinned time, or the machine's."""
        current: Clock = self._pinned or self._system
        return current.now()

    def pin(self, at: datetime) -> None:
        """Stand still at *at*."""
        if self._pinned is None:
            self._pinned = ManualClock(at)
        else:
            self._pinned.set(at)

    def release(self) -> None:
        """Follow the machine again."""
        self._pinned = None

    @property
    def is_pinned(self) -> bool:
        """Tell whether the time is virtual."""
        return self._pinned is not None


def restore_clock(database: Database) -> SwitchableClock:
    """Return a clock that stands where it stood when the process ended."""
    with database.read() as connection:
        stored = settings.get(connection, PINNED_AT)
    clock = SwitchableClock()
    if isinstance(stored, str):
        clock.pin(datetime.fromisoformat(stored))
    return clock


class ClockService:
    """Moves the clock of an installation that allows it."""

    def __init__(
        self, context: Context, clock: SwitchableClock, background: Background, *, allowed: bool
    ) -> None:
        self._context = context
        self._clock = clock
        self._background = background
        self._allowed = allowed

    def pin(self, actor: Actor, at: datetime) -> None:
        """Move to *at*, living through everything that is due on the way, in order.

        A clock that follows the machine's may be moved back as well. Raises Conflict where the
        clock may not be moved, InvalidInput for a time in the past of the pinned clock.
        """
        self._check(actor)
        if not self._clock.is_pinned:
            self._stand(actor, min(at, self._clock.now()))
        elif at < self._clock.now():
            raise InvalidInput("the virtual clock moves only forward")
        while (due := self._background.settle()) is not None and due <= at:
            self._stand(actor, max(due, self._clock.now()))
        self._stand(actor, at)

    def reset(self, actor: Actor) -> None:
        """Follow the machine's clock again."""
        self._check(actor)
        self._clock.release()
        run(
            self._context,
            actor,
            lambda command: settings.put(command.connection, PINNED_AT, None),
        )
        self._background.wake()

    def _stand(self, actor: Actor, at: datetime) -> None:
        run(
            self._context,
            actor,
            lambda command: settings.put(command.connection, PINNED_AT, at.isoformat()),
        )
        self._clock.pin(at)

    def _check(self, actor: Actor) -> None:
        if not permissions.may_administer(actor):
            refuse(self._context, actor, "only administrators move the clock")
        if not self._allowed:
            raise Conflict("the clock can be moved in a demo only (REDRESS_DEMO=yes)")

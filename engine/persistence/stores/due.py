"""When there is something to do next: one statement, however much waits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, ScalarSelect, Select, bindparam, func, select, union_all

from engine.persistence.columns import UtcDateTime
from engine.persistence.schema import job, signal_delivery, timer


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The earliest times; None where nothing waits.

    ``timer`` is that of the timers that may fire, ``signal`` of the broadcasts on their way,
    ``job`` of the jobs that may be taken and ``job_to_come`` of those that may be taken later than
    the moment asked about.
    """

    timer: datetime | None
    signal: datetime | None
    job: datetime | None
    job_to_come: datetime | None

    @property
    def next_timer_or_signal(self) -> datetime | None:
        """When a timer may be fired or a broadcast be delivered next."""
        return _earliest(self.timer, self.signal)

    @property
    def first(self) -> datetime | None:
        """When something may be done next, past times included."""
        return _earliest(self.timer, self.signal, self.job)

    @property
    def next_beside_jobs_at_hand(self) -> datetime | None:
        """When something may be done next, if the jobs that may be taken now are in hand."""
        return _earliest(self.timer, self.signal, self.job_to_come)


def find(connection: Connection, types: Collection[str], now: datetime) -> Due:
    """Return when the next timer, broadcast and job of these types is due."""
    row = connection.execute(_statement(frozenset(types)), {"now": now}).one()
    return Due(timer=row.timer, signal=row.signal, job=row.job, job_to_come=row.job_to_come)


@lru_cache(maxsize=8)
def _statement(types: frozenset[str]) -> Select[tuple[datetime, datetime, datetime, datetime]]:
    next_timer = select(func.min(timer.c.due_at)).where(timer.c.blocked.is_(False))
    next_signal = select(func.min(signal_delivery.c.due_at)).where(
        signal_delivery.c.blocked.is_(False)
    )
    return select(
        next_timer.scalar_subquery().label("timer"),
        next_signal.scalar_subquery().label("signal"),
        _first_job(types, later=False).label("job"),
        _first_job(types, later=True).label("job_to_come"),
    )


def _first_job(types: frozenset[str], *, later: bool) -> ScalarSelect[datetime]:
    """Look into the index once for each type: a list of types would read all that waits."""
    now = bindparam("now", type_=UtcDateTime)
    firsts = [
        select(func.min(job.c.activatable_at).label("at")).where(
            job.c.type == kind,
            job.c.activatable_at > now if later else job.c.activatable_at.is_not(None),
        )
        for kind in sorted(types)
    ]
    return select(func.min(union_all(*firsts).subquery().c.at)).scalar_subquery()


def _earliest(*times: datetime | None) -> datetime | None:
    return min((time for time in times if time is not None), default=None)

"""Jobs: taken under a lease, then completed, failed or answered with a BPMN error.

A lease is a promise for a limited time. A worker that dies breaks it by doing nothing and the job
can be taken again; its idempotency key stays the same, so a careful receiver acts once. Our own
workers report with their ``lease_token``: one that was too slow cannot answer for its successor.
"""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.domain.events import IncidentRaised
from engine.domain.identity import Actor
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.persistence.races import begins_anew
from engine.persistence.stores import jobs
from engine.persistence.stores.jobs import JobRow
from engine.services import permissions
from engine.services.command import Command, refuse, run
from engine.services.context import Context

MAX_TIMEOUT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivatedJob:
    """A job under lease, with the variables that its element sees."""

    row: JobRow
    process_id: str
    process_version: int
    root_key: int
    business_id: str | None
    tags: tuple[str, ...]
    variables: Mapping[str, object]

    @property
    def key(self) -> int:
        """The job's key."""
        return self.row.key

    @property
    def idempotency_key(self) -> str:
        """The same for every attempt at this job, and for no other job."""
        return f"job-{self.row.key}"


class _NothingToTake(Exception):
    """Ends an activation without a job, so that nothing stays locked while its caller waits."""


class JobService:
    """Commands on jobs, for outside workers and for the connectors."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def activate(
        self,
        actor: Actor,
        *,
        types: Collection[str],
        worker: str,
        timeout: timedelta,
        max_jobs: int,
        fetch_variables: Collection[str] | None = None,
    ) -> list[ActivatedJob]:
        """Take up to *max_jobs* jobs of these types for *timeout*, the longest waiting first."""
        if not permissions.may_operate(actor):
            refuse(self._context, actor, "only operators and workers take jobs")
        if max_jobs < 1 or not timedelta(0) < timeout <= MAX_TIMEOUT:
            raise InvalidInput("take at least one job, for more than 0 and at most 24 hours")

        def work(command: Command) -> list[ActivatedJob]:
            taken = jobs.activatable(command.connection, types, command.now, max_jobs)
            if not taken:
                raise _NothingToTake
            return [_lease(command, row, worker, timeout, fetch_variables) for row in taken]

        try:
            return run(self._context, actor, work)
        except _NothingToTake:
            return []

    @begins_anew
    def release(self, taken: Collection[ActivatedJob]) -> None:
        """Give jobs back that reached nobody, as if they had not been taken."""
        with self._context.database.write() as connection:
            for job in taken:
                jobs.release(connection, job.row, at=self._context.clock.now())
        for wake in self._context.woken:
            self._context.database.after_commit(wake)

    @begins_anew
    def prolong(self, key: int, *, lease_token: str, timeout: timedelta) -> bool:
        """Let a lease last for *timeout* from now; False if somebody else has the job by now.

        A job that has ended has nobody and needs no lease. For the connectors, who say so while
        they wait for an answer; it is no fact of a history.
        """
        with self._context.database.write() as connection:
            until = self._context.clock.now() + timeout
            return jobs.prolong(connection, key, lease_token, until)

    def complete(
        self,
        actor: Actor,
        key: int,
        variables: Mapping[str, object],
        *,
        lease_token: str | None = None,
    ) -> None:
        """Report success.

        Raises Conflict if the job has ended (somebody else reported it), or is not held under
        *lease_token* any more.
        """

        def work(command: Command) -> None:
            complete_in(command, self._open(command, actor, key, lease_token), variables)

        run(self._context, actor, work)

    def fail(
        self,
        actor: Actor,
        key: int,
        *,
        retries: int,
        error_message: str,
        retry_backoff: timedelta = timedelta(0),
        variables: Mapping[str, object] | None = None,
        lease_token: str | None = None,
    ) -> None:
        """Report a failure; without *retries* left the job becomes an incident."""

        def work(command: Command) -> None:
            row = self._open(command, actor, key, lease_token)
            failed = row._replace(
                state="FAILED",
                retries=max(0, retries),
                error_message=error_message,
                lease_token=None,
                lease_until=None,
                activatable_at=command.now + retry_backoff if retries > 0 else None,
                updated_at=command.now,
            )
            jobs.save(command.connection, failed)
            command.projection.woke_something = True
            _record(command, row, "job_failed", {"retries": retries, "error": error_message})
            running = command.load(row.process_instance_key)
            if variables:
                running.execution.set_variables(row.element_instance_key, variables, local=True)
            if retries <= 0:
                command.open_incident(
                    running,
                    IncidentRaised(
                        element_instance_key=row.element_instance_key,
                        element_id=row.element_id,
                        error_type="JOB_NO_RETRIES",
                        message=error_message,
                    ),
                    job_key=row.key,
                )

        run(self._context, actor, work)

    def throw_error(
        self,
        actor: Actor,
        key: int,
        *,
        error_code: str,
        error_message: str = "",
        variables: Mapping[str, object] | None = None,
        lease_token: str | None = None,
    ) -> None:
        """Report a business outcome that the diagram handles with an error event."""

        def work(command: Command) -> None:
            row = self._open(command, actor, key, lease_token)
            jobs.save(
                command.connection,
                _ended(row, "ERROR_THROWN", command.now)._replace(
                    error_code=error_code,
                    error_message=error_message,
                ),
            )
            _record(command, row, "job_error_thrown", {"code": error_code, "text": error_message})
            running = command.load(row.process_instance_key)
            running.execution.throw_error(
                row.element_instance_key, error_code, error_message, variables or {}
            )

        run(self._context, actor, work)

    def update(
        self,
        actor: Actor,
        key: int,
        *,
        retries: int | None = None,
        timeout: timedelta | None = None,
    ) -> None:
        """Change the retries left of an open job, or how much longer its lease lasts."""

        def work(command: Command) -> None:
            row = self._open(command, actor, key)
            changes: dict[str, datetime | int | None] = {"updated_at": command.now}
            if retries is not None:
                if retries < 1:
                    raise InvalidInput("retries must be at least 1")
                changes["retries"] = retries
            if timeout is not None:
                if row.lease_until is None:
                    raise Conflict(f"job {key} is not taken, so its timeout cannot change")
                changes["lease_until"] = changes["activatable_at"] = command.now + timeout
            jobs.save(command.connection, row._replace(**changes))  # type: ignore[arg-type]
            _record(command, row, "job_updated", {"retries": retries})

        run(self._context, actor, work)

    def _open(
        self, command: Command, actor: Actor, key: int, lease_token: str | None = None
    ) -> JobRow:
        row = jobs.find(command.connection, key)
        if row is None:
            raise NotFound(f"there is no job {key}")
        if not permissions.may_operate(actor):
            raise Forbidden(
                f"you may not work on job {key}",
                instance_key=row.process_instance_key,
                element_id=row.element_id,
            )
        return open_job(command, row, lease_token)


def open_job(command: Command, row: JobRow, lease_token: str | None) -> JobRow:
    """Return a job as it is now, its instance locked.

    Raises Conflict if it has ended, or is not held under *lease_token* (None: whoever holds it).
    """
    command.lock(row.process_instance_key)
    now = jobs.lock(command.connection, row.key) or row
    if now.ended_at is not None:
        raise Conflict(f"job {row.key} is {now.state.lower().replace('_', ' ')}")
    if lease_token not in (None, now.lease_token):
        raise Conflict(f"job {row.key} was given to another worker when the lease had run out")
    return now


def complete_in(
    command: Command,
    row: JobRow,
    variables: Mapping[str, object],
    before_leaving: Callable[[], None] = lambda: None,
) -> None:
    """Complete an open job inside a running command."""
    jobs.save(command.connection, _ended(row, "COMPLETED", command.now))
    _record(command, row, "job_completed", {"variable_names": sorted(variables)})
    before_leaving()
    running = command.load(row.process_instance_key)
    running.execution.complete(row.element_instance_key, variables)


def _lease(
    command: Command,
    row: JobRow,
    worker: str,
    timeout: timedelta,
    fetch_variables: Collection[str] | None,
) -> ActivatedJob:
    until = command.now + timeout
    leased = row._replace(
        worker=worker,
        attempts=row.attempts + 1,
        lease_token=str(uuid.uuid4()),
        lease_until=until,
        activatable_at=until,
        updated_at=command.now,
    )
    jobs.save(command.connection, leased)
    running = command.view(row.process_instance_key)
    visible = running.execution.visible_variables(row.element_instance_key)
    return ActivatedJob(
        row=leased,
        process_id=running.definition.id,
        process_version=running.definition.version,
        root_key=running.row.root_key,
        business_id=running.row.business_id,
        tags=tuple(running.row.tags),
        variables={
            name: value
            for name, value in visible.items()
            if not fetch_variables or name in fetch_variables
        },
    )


def _ended(row: JobRow, state: str, at: datetime) -> JobRow:
    return row._replace(
        state=state,
        ended_at=at,
        updated_at=at,
        activatable_at=None,
        lease_token=None,
        lease_until=None,
    )


def _record(command: Command, row: JobRow, kind: str, payload: Mapping[str, object]) -> None:
    command.record(
        row.process_instance_key,
        kind,
        element_id=row.element_id,
        payload={"job_key": row.key, "type": row.type, **payload},
    )

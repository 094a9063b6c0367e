"""Incidents: resolved by trying again what failed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.clock import monotonic_seconds
from engine.domain.identity import Actor
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound, RedressError
from engine.persistence.stores import incidents, jobs, messages, signals, waits
from engine.persistence.stores.incidents import IncidentFilter, IncidentRow
from engine.services import permissions
from engine.services.command import Command, refuse, run
from engine.services.context import Context

BULK_SECONDS = 2.0
"""After so long a bulk retry says how far it has come; the caller goes on from there."""

_NOTHING_TO_RETRY = frozenset({"UNHANDLED_ERROR_EVENT", "UNKNOWN"})
"""Incidents that end by what people do next: nothing stands still at the element itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What an operator changes before a step is tried again, and why; history keeps it.

    ``variables`` go to the nearest scope that has them, seen from the step; ``retries`` is how
    often its job may be tried (None: once, or what it has left).
    """

    variables: Mapping[str, object] = field(default_factory=dict)
    retries: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRetry:
    """How far a bulk retry has come: what was done, and what is still to be asked for.

    ``refused`` says why an incident could not be tried again, by its key. ``remaining`` of the
    incidents that are meant have keys above ``last_key``.
    """

    retried: int
    refused: dict[int, str]
    remaining: int
    last_key: int


class IncidentService:
    """Commands on incidents."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def resolve(self, actor: Actor, key: int, mending: Mending | None = None) -> None:
        """Try again: the job is offered anew, the timer is due again, the message is delivered
        again, the element is evaluated. *mending* is done first, in the same transaction.

        What fails again opens a new incident. Raises Conflict for one that is resolved, and
        InvalidInput for retries where no job has failed.
        """
        mended = mending or Mending()

        def work(command: Command) -> None:
            incident = _open(command, actor, key)
            if mended.retries is not None and incident.job_key is None:
                raise InvalidInput("no job has failed here, so nothing has retries")
            command.record(
                incident.process_instance_key,
                "incident_retried",
                element_id=incident.element_id,
                payload={"incident_key": key} | _because(mended.reason),
            )
            if mended.variables:
                running = command.load(incident.process_instance_key)
                names = sorted(mended.variables)
                command.record(running.row.key, "variables_set", payload={"names": names})
                scope = incident.element_instance_key
                running.execution.set_variables(scope, mended.variables, local=False)
            command.projection.leave(incident.element_instance_key)
            _try_again(command, incident, retries=mended.retries)

        run(self._context, actor, work)

    def give_up(self, actor: Actor, key: int, *, reason: str) -> int:
        """Cancel the process that an incident has stopped, with its callers and all they started.

        Returns:
            The key of the instance that was cancelled: the outermost caller.

        Raises Conflict for an incident that is resolved.
        """

        def work(command: Command) -> int:
            incident = _open(command, actor, key)
            root_key = command.load(incident.process_instance_key).row.root_key
            command.record(root_key, "cancel_requested", payload=_because(reason))
            command.load(root_key).execution.cancel()
            return root_key

        return run(self._context, actor, work)

    def retry_all(self, actor: Actor, filter: IncidentFilter, *, limit: int) -> BulkRetry:
        """Try up to *limit* of the incidents that are meant again, each in its own transaction.

        It ends after `BULK_SECONDS`: a request with an idempotency key is one transaction, which
        others wait for. One that cannot be tried again stops no other. Go on with ``after`` set to
        ``last_key``, and the same ``created_until``: what fails anew is not tried twice.
        """
        if not permissions.may_operate(actor):
            refuse(self._context, actor, "only operators resolve incidents")
        with self._context.database.read() as connection:
            keys = incidents.open_keys(connection, filter, limit)
        refused: dict[int, str] = {}
        tried = 0
        until = monotonic_seconds() + BULK_SECONDS
        for key in keys:
            if tried and monotonic_seconds() > until:
                break
            try:
                self.resolve(actor, key)
            except RedressError as error:
                refused[key] = str(error)
            tried += 1
        last_key = keys[tried - 1] if tried else filter.after
        with self._context.database.read() as connection:
            remaining = incidents.count_open(connection, replace(filter, after=last_key))
        return BulkRetry(
            retried=tried - len(refused),
            refused=refused,
            remaining=remaining,
            last_key=last_key,
        )


def _open(command: Command, actor: Actor, key: int) -> IncidentRow:
    """Return an open incident for an operator, its instance locked."""
    incident = incidents.find(command.connection, key)
    if incident is None:
        raise NotFound(f"there is no incident {key}")
    if not permissions.may_operate(actor):
        raise Forbidden(
            "only operators resolve incidents",
            instance_key=incident.process_instance_key,
            element_id=incident.element_id,
        )
    command.lock(incident.process_instance_key)
    incident = incidents.find(command.connection, key) or incident
    if incident.state != "ACTIVE":
        raise Conflict(f"incident {key} is already resolved")
    return incident


def _because(reason: str) -> dict[str, object]:
    return {"reason": reason} if reason else {}


def _try_again(command: Command, incident: IncidentRow, *, retries: int | None) -> None:
    running = command.load(incident.process_instance_key)
    command.projection.woke_something = True
    if incident.job_key is not None:
        row = jobs.find(command.connection, incident.job_key)
        if row is not None and row.ended_at is None:
            again = row._replace(retries=retries or max(1, row.retries), activatable_at=command.now)
            jobs.save(command.connection, again)
    elif incident.timer_key is not None:
        waits.delay_timer(
            command.connection, incident.timer_key, due_at=command.now, attempts=0, blocked=False
        )
    elif incident.message_key is not None:
        message = messages.find(command.connection, incident.message_key)
        if message is not None:
            running.execution.complete(incident.element_instance_key, message.variables)
    elif (
        not signals.unblock(command.connection, incident.element_instance_key, command.now)
        and incident.error_type not in _NOTHING_TO_RETRY
    ):
        running.execution.retry(incident.element_instance_key)

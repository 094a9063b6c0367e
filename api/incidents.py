"""``/api/incidents``: technical stops mended and tried again, given up, or retried in numbers."""

from pydantic import Field

from api.context import Context
from api.models import Key, Model, Moment
from api.operation import operation
from api.v2.models.incidents import IncidentErrorType
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.persistence.stores.incidents import IncidentFilter
from engine.services.incidents import Mending

TAG = "Incident"
MOST_AT_ONCE = 500
MOST_REASON = 500  # characters


class IncidentRetryRequest(Model):
    """Which open incidents to try again; what is left out does not restrict."""

    process_definition_id: str | None = Field(default=None, max_length=255)
    process_definition_key: Key | None = None
    element_id: str | None = Field(default=None, max_length=255)
    error_type: IncidentErrorType | None = None
    error_message: str | None = Field(
        default=None, max_length=10_000, description="The whole message."
    )
    job_type: str | None = Field(
        default=None, max_length=255, description="Of work that was given up, such as an e-mail."
    )
    created_until: Moment | None = Field(
        default=None, description="Only incidents that are not newer; now if left out."
    )
    after: Key | None = Field(default=None, description="The `lastKey` of the answer before.")
    limit: int = Field(default=100, ge=1, le=MOST_AT_ONCE)


class RefusedRetry(Model):
    """An incident that could not be tried again, and why."""

    incident_key: Key
    reason: str


class IncidentRetryResult(Model):
    """How far it has come: ask again while something is ``remaining``."""

    retried: int
    refused: list[RefusedRetry]
    remaining: int
    last_key: Key
    created_until: Moment


class IncidentMending(Model):
    """What is changed before the step is tried again, and why."""

    variables: dict[str, object] = Field(
        default_factory=dict,
        description="Each goes to the nearest scope that has it, seen from the step.",
    )
    retries: int | None = Field(
        default=None, ge=1, le=100, description="How often the failed job may be tried."
    )
    reason: str = Field(default="", max_length=MOST_REASON, description="For the history.")


class GivingUp(Model):
    """Why a case is not carried on."""

    reason: str = Field(min_length=1, max_length=MOST_REASON, description="For the history.")


class GivenUp(Model):
    """What was cancelled: the outermost process, with all it started."""

    process_instance_key: Key


@operation(
    "POST",
    "/api/incidents/<key:key>/retry",
    tag=TAG,
    status=204,
    summary="Mend and retry an incident",
    errors=(NotFound, Forbidden, Conflict, InvalidInput),
)
def mend_incident(context: Context, key: int, body: IncidentMending) -> None:
    """Change variables and retries and try the step again, all or nothing; for operators.

    What fails again opens a new incident.
    """
    mending = Mending(variables=body.variables, retries=body.retries, reason=body.reason.strip())
    context.application.incidents.resolve(context.actor, key, mending)


@operation(
    "POST",
    "/api/incidents/<key:key>/cancellation",
    tag=TAG,
    summary="Cancel what an incident has stopped",
    errors=(NotFound, Forbidden, Conflict, InvalidInput),
)
def give_incident_up(context: Context, key: int, body: GivingUp) -> GivenUp:
    """Cancel the process with its callers and all they started; for operators."""
    reason = body.reason.strip()
    root_key = context.application.incidents.give_up(context.actor, key, reason=reason)
    return GivenUp(process_instance_key=root_key)


@operation(
    "POST",
    "/api/incidents/retry",
    tag=TAG,
    summary="Retry many incidents",
    errors=(Forbidden, InvalidInput),
)
def retry_incidents(context: Context, body: IncidentRetryRequest | None) -> IncidentRetryResult:
    """Try again what failed, the oldest first, each incident by itself; for operators.

    One request works on `limit` incidents and for two seconds at most. While `remaining` is not
    0, send it again with `after` set to `lastKey` and `createdUntil` as it was answered: what
    fails anew meanwhile is then not tried twice.
    """
    asked = body or IncidentRetryRequest()
    created_until = asked.created_until or context.application.clock.now()
    done = context.application.incidents.retry_all(
        context.actor,
        IncidentFilter(
            created_until=created_until,
            after=asked.after or 0,
            process_id=asked.process_definition_id,
            definition_key=asked.process_definition_key,
            element_id=asked.element_id,
            error_type=asked.error_type,
            message=asked.error_message,
            job_type=asked.job_type,
        ),
        limit=asked.limit,
    )
    return IncidentRetryResult(
        retried=done.retried,
        refused=[RefusedRetry(incident_key=k, reason=why) for k, why in done.refused.items()],
        remaining=done.remaining,
        last_key=done.last_key,
        created_until=created_until,
    )

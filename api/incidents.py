"""``/api/incidents``: many technical stops tried again at once."""

from pydantic import Field

from api.context import Context
from api.models import Key, Model, Moment
from api.operation import operation
from api.v2.models.incidents import IncidentErrorType
from engine.errors import Forbidden, InvalidInput
from engine.persistence.stores.incidents import IncidentFilter

TAG = "Incident"
MOST_AT_ONCE = 500


class IncidentRetryRequest(Model):
    """Which open incidents to try again; what is left out does not restrict."""

    process_definition_id: str | None = Field(default=None, max_length=255)
    process_definition_key: Key | None = None
    element_id: str | None = Field(default=None, max_length=255)
    error_type: IncidentErrorType | None = None
    error_message: str | None = Field(
        default=None, max_length=10_000, description="The whole message."
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


@operation(
    "POST",
    "/api/incidents/retry",
    tag=TAG,
    summary="Retry many incidents",
    errors=(Forbidden, InvalidInput),
)
def retry_incidents(context: Context, body: IncidentRetryRequest | None) -> IncidentRetryResult:
    """Try again what failed, the oldest first, each incident by itself; for operators.

    One request works on `limit` incidents at most. While `remaining` is not 0, send it again with
    `after` set to `lastKey` and `createdUntil` as it was answered: what fails anew meanwhile is
    then not tried twice.
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

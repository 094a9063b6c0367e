"""``/v2/incidents``: technical stops and trying again."""

from api.context import Context
from api.operation import operation
from api.v2.models.common import shown_as
from api.v2.models.incidents import (
    IncidentResolutionRequest,
    IncidentResult,
    IncidentSearchQuery,
    IncidentSearchQueryResult,
)
from api.v2.models.search import asked, found
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound

TAG = "Incident"


@operation(
    "POST", "/v2/incidents/search", tag=TAG, summary="Search incidents", errors=(InvalidInput,)
)
def search_incidents(
    context: Context, body: IncidentSearchQuery | None
) -> IncidentSearchQueryResult:
    """Find incidents in the process instances that you may see."""
    incidents = context.application.queries.instances.incidents
    return found(IncidentSearchQueryResult, incidents.search(context.actor, asked(body)))


@operation("GET", "/v2/incidents/<key:key>", tag=TAG, summary="Get an incident", errors=(NotFound,))
def get_incident(context: Context, key: int) -> IncidentResult:
    """Return one incident."""
    incidents = context.application.queries.instances.incidents
    return shown_as(IncidentResult, incidents.get(context.actor, key))


@operation(
    "POST",
    "/v2/incidents/<key:key>/resolution",
    tag=TAG,
    status=204,
    summary="Resolve an incident",
    errors=(NotFound, Forbidden, Conflict),
)
def resolve_incident(context: Context, key: int, body: IncidentResolutionRequest | None) -> None:
    """Try again what failed; what fails again opens a new incident."""
    del body
    context.application.incidents.resolve(context.actor, key)

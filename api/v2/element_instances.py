"""``/v2/element-instances`` and ``/v2/variables``: what happens inside process instances."""

from api.context import Context
from api.operation import operation
from api.v2.models.common import shown_as
from api.v2.models.element_instances import (
    ElementInstanceResult,
    ElementInstanceSearchQuery,
    ElementInstanceSearchQueryResult,
)
from api.v2.models.incidents import IncidentSearchQuery, IncidentSearchQueryResult
from api.v2.models.search import asked, equal, found
from api.v2.models.variables import (
    SetVariableRequest,
    VariableResult,
    VariableSearchOptions,
    VariableSearchQuery,
    VariableSearchQueryResult,
)
from api.v2.variable_pages import variables_found
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound

TAG = "Element instance"
VARIABLE_TAG = "Variable"


@operation(
    "POST",
    "/v2/element-instances/search",
    tag=TAG,
    summary="Search element instances",
    errors=(InvalidInput,),
)
def search_element_instances(
    context: Context, body: ElementInstanceSearchQuery | None
) -> ElementInstanceSearchQueryResult:
    """Find visits to elements in the process instances that you may see."""
    elements = context.application.queries.instances.elements
    return found(ElementInstanceSearchQueryResult, elements.search(context.actor, asked(body)))


@operation(
    "GET",
    "/v2/element-instances/<key:key>",
    tag=TAG,
    summary="Get an element instance",
    errors=(NotFound,),
)
def get_element_instance(context: Context, key: int) -> ElementInstanceResult:
    """Return one visit to one element."""
    elements = context.application.queries.instances.elements
    return shown_as(ElementInstanceResult, elements.get(context.actor, key))


@operation(
    "POST",
    "/v2/element-instances/<key:key>/incidents/search",
    tag=TAG,
    summary="Search the incidents of an element instance",
    errors=(NotFound, InvalidInput),
)
def search_element_instance_incidents(
    context: Context, key: int, body: IncidentSearchQuery | None
) -> IncidentSearchQueryResult:
    """Find the incidents that the visit to the element met."""
    instances = context.application.queries.instances
    instances.elements.get(context.actor, key)
    search = asked(body, also=[equal("element_instance_key", key)])
    return found(IncidentSearchQueryResult, instances.incidents.search(context.actor, search))


@operation(
    "PUT",
    "/v2/element-instances/<key:key>/variables",
    tag=TAG,
    status=204,
    summary="Set the variables of an element instance",
    errors=(NotFound, Forbidden, Conflict),
)
def create_element_instance_variables(context: Context, key: int, body: SetVariableRequest) -> None:
    """Set variables seen from an element instance or, with its key, from a process instance.

    With `local` they are set right there; else each goes to the nearest scope that has the name.
    """
    context.application.instances.set_variables(
        context.actor, key, body.variables, local=body.local
    )


@operation(
    "POST",
    "/v2/variables/search",
    tag=VARIABLE_TAG,
    summary="Search variables",
    errors=(InvalidInput,),
)
def search_variables(
    context: Context, query: VariableSearchOptions, body: VariableSearchQuery | None
) -> VariableSearchQueryResult:
    """Find variables of the process instances that you may see; values are JSON text."""
    variables = context.application.queries.instances.variables
    result = variables.search(context.actor, asked(body))
    return variables_found(result, truncate=query.truncate_values)


@operation(
    "GET",
    "/v2/variables/<key:key>",
    tag=VARIABLE_TAG,
    summary="Get a variable",
    errors=(NotFound,),
)
def get_variable(context: Context, key: int) -> VariableResult:
    """Return one variable with its whole value as JSON text."""
    variables = context.application.queries.instances.variables
    return shown_as(VariableResult, variables.get(context.actor, key))

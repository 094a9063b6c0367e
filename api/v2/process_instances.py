"""``/v2/process-instances``: starting, finding and cancelling."""

from typing import TypedDict

from api.context import Context
from api.operation import operation
from api.v2.models.common import shown_as
from api.v2.models.incidents import IncidentSearchQuery, IncidentSearchQueryResult
from api.v2.models.process_instances import (
    CancelProcessInstanceRequest,
    CreateProcessInstanceResult,
    ProcessInstanceCreationInstruction,
    ProcessInstanceResult,
    ProcessInstanceSearchQuery,
    ProcessInstanceSearchQueryResult,
)
from api.v2.models.search import asked, equal, found
from api.v2.pointers import inside
from api.v2.support import not_supported
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound, NotSupported

TAG = "Process instance"
NEWEST = -1


@operation(
    "POST",
    "/v2/process-instances",
    tag=TAG,
    summary="Start a process instance",
    errors=(NotFound, Forbidden, InvalidInput, NotSupported),
)
def create_process_instance(
    context: Context, body: ProcessInstanceCreationInstruction
) -> CreateProcessInstanceResult:
    """Start a process by its id (newest version, or the one named) or by its key."""
    not_supported(
        awaitCompletion=body.await_completion,
        startInstructions=body.start_instructions,
        runtimeInstructions=body.runtime_instructions,
    )
    chosen = _chosen(context, body)
    with inside("variables"):
        created = context.application.instances.create(
            context.actor,
            **chosen,
            variables=body.variables,
            business_id=body.business_id,
            tags=body.tags,
        )
    return CreateProcessInstanceResult(
        process_instance_key=created.key,
        process_definition_key=created.definition_key,
        process_definition_id=created.process_id,
        process_definition_version=created.version,
        variables=dict(created.variables),
        tags=created.tags,
        business_id=created.business_id,
    )


@operation(
    "POST",
    "/v2/process-instances/search",
    tag=TAG,
    summary="Search process instances",
    errors=(InvalidInput,),
)
def search_process_instances(
    context: Context, body: ProcessInstanceSearchQuery | None
) -> ProcessInstanceSearchQueryResult:
    """Find running and ended process instances among those that you may see."""
    processes = context.application.queries.instances.processes
    return found(ProcessInstanceSearchQueryResult, processes.search(context.actor, asked(body)))


@operation(
    "GET",
    "/v2/process-instances/<key:key>",
    tag=TAG,
    summary="Get a process instance",
    errors=(NotFound,),
)
def get_process_instance(context: Context, key: int) -> ProcessInstanceResult:
    """Return one process instance."""
    processes = context.application.queries.instances.processes
    return shown_as(ProcessInstanceResult, processes.get(context.actor, key))


@operation(
    "POST",
    "/v2/process-instances/<key:key>/cancellation",
    tag=TAG,
    status=204,
    summary="Cancel a process instance",
    errors=(NotFound, Forbidden, Conflict),
)
def cancel_process_instance(
    context: Context, key: int, body: CancelProcessInstanceRequest | None
) -> None:
    """End the instance with everything that it started or waits for."""
    del body
    context.application.instances.cancel(context.actor, key)


@operation(
    "POST",
    "/v2/process-instances/<key:key>/incidents/search",
    tag=TAG,
    summary="Search the incidents of a process instance",
    errors=(NotFound, InvalidInput),
)
def search_process_instance_incidents(
    context: Context, key: int, body: IncidentSearchQuery | None
) -> IncidentSearchQueryResult:
    """Find incidents of the instance and of the instances that it called."""
    instances = context.application.queries.instances
    instance = instances.processes.get(context.actor, key)
    below = equal("root_process_instance_key", instance.root_process_instance_key)
    own = equal("process_instance_key", key)
    is_root = instance.root_process_instance_key == key
    search = asked(body, also=[below if is_root else own])
    return found(IncidentSearchQueryResult, instances.incidents.search(context.actor, search))


class _Chosen(TypedDict, total=False):
    process_id: str | None
    definition_key: int | None
    version: int | None


def _chosen(context: Context, body: ProcessInstanceCreationInstruction) -> _Chosen:
    """Return what names the definition to start."""
    if body.process_definition_key is not None:
        return {"definition_key": body.process_definition_key}
    if body.process_definition_version_tag is not None:
        definitions = context.application.queries.definitions
        tagged = definitions.process_with_tag(
            context.actor, body.process_definition_id, body.process_definition_version_tag
        )
        return {"definition_key": tagged.process_definition_key}
    version = body.process_definition_version
    return {
        "process_id": body.process_definition_id,
        "version": None if version == NEWEST else version,
    }

"""``/v2/process-definitions``, ``/v2/forms`` and ``/v2/resources``: what is deployed."""

from api.content import Content
from api.context import Context
from api.operation import operation
from api.v2.models.common import shown_as
from api.v2.models.definitions import (
    FormResult,
    ProcessDefinitionResult,
    ProcessDefinitionSearchQuery,
    ProcessDefinitionSearchQueryResult,
    ResourceResult,
    ResourceSearchQuery,
    ResourceSearchQueryResult,
)
from api.v2.models.search import asked, found
from engine.domain.definitions import DefinitionKind
from engine.errors import InvalidInput, NotFound

TAG = "Process definition"
RESOURCE_TAG = "Resource"
XML = "text/xml"


@operation(
    "POST",
    "/v2/process-definitions/search",
    tag=TAG,
    summary="Search process definitions",
    errors=(InvalidInput,),
)
def search_process_definitions(
    context: Context, body: ProcessDefinitionSearchQuery | None
) -> ProcessDefinitionSearchQueryResult:
    """Find versions of processes. Only staff see any."""
    processes = context.application.queries.definitions.processes
    return found(ProcessDefinitionSearchQueryResult, processes.search(context.actor, asked(body)))


@operation(
    "GET",
    "/v2/process-definitions/<key:key>",
    tag=TAG,
    summary="Get a process definition",
    errors=(NotFound,),
)
def get_process_definition(context: Context, key: int) -> ProcessDefinitionResult:
    """Return one version of a process."""
    processes = context.application.queries.definitions.processes
    return shown_as(ProcessDefinitionResult, processes.get(context.actor, key))


@operation(
    "GET",
    "/v2/process-definitions/<key:key>/xml",
    tag=TAG,
    summary="Get the BPMN of a process definition",
    errors=(NotFound,),
    media_type=XML,
)
def get_process_definition_xml(context: Context, key: int) -> Content:
    """Return the file, byte for byte, as it was deployed."""
    definitions = context.application.queries.definitions
    source = definitions.source(context.actor, key, DefinitionKind.PROCESS)
    return Content(body=source, media_type=XML)


@operation(
    "GET",
    "/v2/process-definitions/<key:key>/form",
    tag=TAG,
    summary="Get the start form of a process definition",
    errors=(NotFound,),
)
def get_start_process_form(context: Context, key: int) -> FormResult | None:
    """Return the form that is filled in to start the process; 204 if it needs none."""
    form = context.application.queries.definitions.start_form(context.actor, key)
    return shown_as(FormResult, form) if form else None


@operation(
    "GET", "/v2/forms/<key:key>", tag="Form", summary="Get a form by its key", errors=(NotFound,)
)
def get_form_by_key(context: Context, key: int) -> FormResult:
    """Return one version of a form."""
    return shown_as(
        FormResult, context.application.queries.definitions.forms.get(context.actor, key)
    )


@operation(
    "POST",
    "/v2/resources/search",
    tag=RESOURCE_TAG,
    summary="Search deployed resources",
    errors=(InvalidInput,),
)
def search_resources(
    context: Context, body: ResourceSearchQuery | None
) -> ResourceSearchQueryResult:
    """Find deployed files by the process, decisions or form that they define."""
    resources = context.application.queries.definitions.resources
    return found(ResourceSearchQueryResult, resources.search(context.actor, asked(body)))


@operation(
    "GET",
    "/v2/resources/<key:key>",
    tag=RESOURCE_TAG,
    summary="Get a deployed resource",
    errors=(NotFound,),
)
def get_resource(context: Context, key: int) -> ResourceResult:
    """Return what is known of a deployed file; the key is that of what it defines."""
    resources = context.application.queries.definitions.resources
    return shown_as(ResourceResult, resources.get(context.actor, key))


@operation(
    "GET",
    "/v2/resources/<key:key>/content/binary",
    tag=RESOURCE_TAG,
    summary="Get the content of a deployed resource",
    errors=(NotFound,),
    media_type="application/octet-stream",
)
def get_resource_content_binary(context: Context, key: int) -> Content:
    """Return the file, byte for byte, as it was deployed."""
    definitions = context.application.queries.definitions
    source = definitions.source(
        context.actor, key, DefinitionKind.PROCESS, DefinitionKind.DRG, DefinitionKind.FORM
    )
    return Content(body=source, media_type="application/octet-stream")

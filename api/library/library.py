"""``/api/processes``, ``/api/decisions``, ``/api/forms``: what is live, and how it came to be."""

from pydantic import Field, JsonValue

from api.cases.cases import names
from api.cases.models import Names
from api.context import Context
from api.models import Key, Model, Moment
from api.operation import operation
from api.pages import PageOf, PageQuery, info_of
from engine.domain.definitions import DefinitionKind
from engine.domain.events import Binding
from engine.domain.search import PageRequest, SearchResult
from engine.errors import InvalidInput, NotFound
from engine.services.queries.library import LibraryEntry
from engine.services.queries.uses import Use

TAG = "Library"


class DraftNote(Model):
    """Somebody has a draft of the file that is not deployed."""

    saved_at: Moment
    saved_by: str


class LibraryItem(Model):
    """One version of a process, decision or form."""

    key: Key = Field(description="Of the definition; /v2 knows it by this.")
    id: str
    names: Names
    version: int
    version_tag: str | None
    resource_name: str
    deployment_key: Key
    deployed_at: Moment | None
    deployed_by: str | None
    comment: str | None = Field(description="Why it was deployed.")
    running_instances: int | None = Field(
        description="Active ones: of this version in a list of versions, else of all versions."
    )
    used_by: int = Field(description="Processes whose newest version uses it.")
    draft: DraftNote | None


class UseItem(Model):
    """A step of a process version that new or running cases follow."""

    process_key: Key
    process_id: str
    process_names: Names
    process_version: int
    is_newest: bool
    running_instances: int = Field(description="Active ones of this version of the process.")
    element_id: str
    element_names: Names
    binding: Binding
    version_tag: str | None
    version: int | None = Field(description="What the step gets today; null if there is none.")


class UseList(Model):
    """Who uses a model."""

    items: list[UseItem]


class LibraryPage(PageOf[LibraryItem]):
    """A page of the library."""


class StartableItem(Model):
    """A process that you may start; `/v2/process-definitions/{key}/form` is its form."""

    key: Key
    id: str
    names: Names
    version: int
    form_key: Key | None = Field(description="Null where nothing needs to be filled in.")


class StartableList(Model):
    """What you may start by hand."""

    items: list[StartableItem]


class StartFormResult(Model):
    """What is filled in to start a process."""

    form: dict[str, JsonValue] | None = Field(description="A form-js schema.")


@operation("GET", "/api/startable", tag=TAG, summary="See what you may start")
def list_startable(context: Context) -> StartableList:
    """Return the newest version of each process that a person starts, and you may."""
    found = context.application.queries.library.startable(context.actor)
    return StartableList(
        items=[
            StartableItem(
                key=one.row.key,
                id=one.row.id,
                names=names(one.names),
                version=one.row.version,
                form_key=one.form_key,
            )
            for one in found
        ]
    )


@operation(
    "GET",
    "/api/startable/<key:key>/form",
    tag=TAG,
    summary="Get the form that starts a process",
    errors=(NotFound,),
)
def get_start_form(context: Context, key: int) -> StartFormResult:
    """Return the form in the language of Accept-Language; null where nothing is filled in."""
    form = context.application.queries.library.start_form(
        context.actor, key, language=context.language
    )
    return StartFormResult.model_validate({"form": form})


@operation(
    "GET",
    "/api/<models:models>",
    tag=TAG,
    summary="List the processes, decisions or forms",
    errors=(NotFound, InvalidInput),
)
def list_models(context: Context, models: DefinitionKind, query: PageQuery) -> LibraryPage:
    """Return the newest version of each, by id; of a process also what runs."""
    library = context.application.queries.library
    return _page(library.latest(context.actor, models, _request(query)))


@operation(
    "GET",
    "/api/<models:models>/<id>/versions",
    tag=TAG,
    summary="List the versions of a process, decision or form",
    errors=(NotFound, InvalidInput),
)
def list_versions(
    context: Context, models: DefinitionKind, id: str, query: PageQuery
) -> LibraryPage:
    """Return every version, the newest first: who deployed it, when and why, what runs on it."""
    library = context.application.queries.library
    found = library.versions(context.actor, models, id, _request(query))
    if not found.total:
        raise NotFound(f"there is no {models} {id!r}")
    return _page(found)


@operation(
    "GET",
    "/api/<models:models>/<id>/uses",
    tag=TAG,
    summary="See who uses a process, decision or form",
    errors=(NotFound,),
)
def list_uses(context: Context, models: DefinitionKind, id: str) -> UseList:
    """Return the steps that call, ask or show it, in processes that are followed."""
    found = context.application.queries.uses.of(context.actor, models, id)
    return UseList(items=[_use(one) for one in found])


def _use(one: Use) -> UseItem:
    return UseItem(
        process_key=one.process.key,
        process_id=one.process.id,
        process_names=names(one.process_names),
        process_version=one.process.version,
        is_newest=one.is_newest,
        running_instances=one.running,
        element_id=one.element_id,
        element_names=names(one.element_names),
        binding=one.reference.binding,
        version_tag=one.reference.version_tag,
        version=one.version,
    )


def _request(query: PageQuery) -> PageRequest:
    return PageRequest(limit=query.limit, after=query.after, before=query.before)


def _page(found: SearchResult[LibraryEntry]) -> LibraryPage:
    return LibraryPage(items=[_item(one) for one in found.items], page=info_of(found))


def _item(one: LibraryEntry) -> LibraryItem:
    row = one.row
    draft = None
    if row.draft_saved_at is not None and row.draft_saved_by is not None:
        draft = DraftNote(saved_at=row.draft_saved_at, saved_by=row.draft_saved_by)
    return LibraryItem(
        key=row.key,
        id=row.id,
        names=names(one.names),
        version=row.version,
        version_tag=row.version_tag,
        resource_name=row.resource_name,
        deployment_key=row.deployment_key,
        deployed_at=row.deployed_at,
        deployed_by=row.deployed_by,
        comment=row.comment,
        running_instances=one.running,
        used_by=one.used_by,
        draft=draft,
    )

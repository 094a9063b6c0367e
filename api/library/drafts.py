"""``/api/drafts``: files that process owners have saved and nobody has deployed yet."""

import re

from pydantic import Field

from api.content import Content
from api.context import Context
from api.errors import BadRequest
from api.models import Key, Model, Moment
from api.operation import operation
from api.pages import PageOf, PageQuery, info_of, search_of
from api.v2.models.common import shown_as
from engine.documents import download_headers
from engine.errors import Forbidden, InvalidInput, NotFound, Outdated
from engine.persistence.stores.file_drafts import FileDraftRow

TAG = "Library"
BYTES = "application/octet-stream"
_ETAG = re.compile(r'"([0-9]{1,9})"')


class FileDraftRequest(Model):
    """What the editor holds now; it need not be right."""

    content: str = Field(description="The file as text; it is kept in UTF-8.")
    based_on_key: Key | None = Field(
        default=None, description="The definition that the draft was begun from."
    )


class FileDraftResult(Model):
    """A draft; `revision` is its ETag."""

    name: str
    revision: int
    based_on_key: Key | None
    saved_at: Moment
    saved_by: str


class FileDraft(FileDraftResult):
    """A draft with its content."""

    content: str


class FileDraftList(PageOf[FileDraftResult]):
    """A page of drafts."""


class Match(Model):
    """Which revision is meant."""

    if_match: str | None = Field(
        default=None,
        alias="If-Match",
        description="The ETag that was read; left out: there is no draft yet.",
    )


@operation("GET", "/api/drafts", tag=TAG, summary="List drafts", errors=(Forbidden, InvalidInput))
def list_file_drafts(context: Context, query: PageQuery) -> FileDraftList:
    """Return the drafts by name. Only process owners see them."""
    found = context.application.file_drafts.search(context.actor, search_of(query, sort="name"))
    items = [shown_as(FileDraftResult, one) for one in found.items]
    return FileDraftList(items=items, page=info_of(found))


@operation(
    "GET", "/api/drafts/<name>", tag=TAG, summary="Get a draft", errors=(NotFound, Forbidden)
)
def get_file_draft(context: Context, name: str) -> FileDraft:
    """Return the draft of a file, with its `ETag`."""
    row = context.application.file_drafts.get(context.actor, name)
    context.headers["ETag"] = _etag(row)
    return FileDraft(
        name=row.name,
        revision=row.revision,
        based_on_key=row.based_on_key,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        content=row.content.decode(),
    )


@operation(
    "GET",
    "/api/drafts/<name>/file",
    tag=TAG,
    summary="Download a draft",
    errors=(NotFound, Forbidden),
    media_type=BYTES,
)
def download_file_draft(context: Context, name: str) -> Content:
    """Return the draft as a file, for example for Camunda Modeler."""
    row = context.application.file_drafts.get(context.actor, name)
    return Content(body=row.content, media_type=BYTES, headers=download_headers(name, BYTES))


@operation(
    "PUT",
    "/api/drafts/<name>",
    tag=TAG,
    summary="Save a draft",
    errors=(Forbidden, Outdated, InvalidInput),
)
def put_file_draft(
    context: Context, name: str, headers: Match, body: FileDraftRequest
) -> FileDraftResult:
    """Save a draft of a .bpmn, .dmn or .form file; it is not checked.

    With `If-Match` over that revision, without it as the first draft of that name. 412 says who
    saved it meanwhile, and when.
    """
    row = context.application.file_drafts.save(
        context.actor,
        name,
        body.content.encode(),
        over=_revision(headers),
        based_on_key=body.based_on_key,
    )
    context.headers["ETag"] = _etag(row)
    return shown_as(FileDraftResult, row)


@operation(
    "DELETE",
    "/api/drafts/<name>",
    tag=TAG,
    status=204,
    summary="Throw a draft away",
    errors=(NotFound, Forbidden, Outdated),
)
def delete_file_draft(context: Context, name: str, headers: Match) -> None:
    """Throw the revision named by `If-Match` away; 412 if somebody saved it meanwhile."""
    context.application.file_drafts.delete(context.actor, name, revision=_revision(headers))


def _etag(row: FileDraftRow) -> str:
    return f'"{row.revision}"'


def _revision(headers: Match) -> int | None:
    if headers.if_match is None:
        return None
    sent = _ETAG.fullmatch(headers.if_match)
    if sent is None:
        raise BadRequest('If-Match must be one ETag as it was sent, such as "3"')
    return int(sent[1])

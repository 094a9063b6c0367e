"""``/api/views``: filters and order of a list, saved by a name."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.context import Context
from api.models import Model
from api.operation import operation
from api.pages import Word
from api.v2.models.common import Name
from engine.errors import Forbidden, InvalidInput, LimitExceeded, NotFound
from engine.persistence.stores.saved_views import SavedViewRow
from engine.services.saved_views import MAX_NAME, MAX_QUERY

TAG = "View"

Page = Literal["work"]
ViewName = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=1, max_length=80)]
Asked = Annotated[
    dict[Annotated[str, StringConstraints(max_length=40)], bool | Word],
    Field(max_length=MAX_QUERY, description="What stands in the address of the page."),
]


class View(Model):
    """A view that one may open."""

    page: Page
    name: str
    query: Asked
    owner: str
    shared_with: str | None = Field(description="The group whose members see it, too.")
    is_own: bool


class Views(Model):
    """One's own views, the default first, then those of one's groups."""

    items: list[View]


class ViewRequest(Model):
    """What to save."""

    page: Page
    name: ViewName = Field(description=f"At most {MAX_NAME} characters; one's own are replaced.")
    query: Asked
    shared_with: Name | None = None
    is_first: bool = Field(default=False, description="The page opens with it.")


class ViewsOf(Model):
    """Of which page."""

    page: Page


class ViewNamed(ViewsOf):
    """Which view."""

    name: ViewName
    owner: Word = Field(default="", description="Only for administrators.")


@operation("GET", "/api/views", tag=TAG, summary="List saved views")
def list_views(context: Context, query: ViewsOf) -> Views:
    """Return one's own views, and those that others share with one's groups."""
    rows = context.application.saved_views.offered(context.actor, query.page)
    return Views(items=[_shown(context, row) for row in rows])


@operation(
    "PUT",
    "/api/views",
    tag=TAG,
    summary="Save a view",
    errors=(InvalidInput, Forbidden, LimitExceeded),
)
def save_view(context: Context, body: ViewRequest) -> View:
    """Save a view under a name, in place of one's own of that name."""
    row = context.application.saved_views.save(
        context.actor,
        body.page,
        body.name,
        body.query,
        shared_with=body.shared_with,
        is_first=body.is_first,
    )
    return _shown(context, row)


@operation(
    "DELETE",
    "/api/views",
    tag=TAG,
    status=204,
    summary="Remove a view",
    errors=(NotFound, Forbidden),
)
def remove_view(context: Context, query: ViewNamed) -> None:
    """Remove one's own view. It disappears for those it was shared with, too."""
    context.application.saved_views.remove(
        context.actor, query.page, query.name, owner=query.owner or None
    )


def _shown(context: Context, row: SavedViewRow) -> View:
    return View.model_validate(
        {
            "page": row.page,
            "name": row.name,
            "query": dict(row.query),
            "owner": row.owner,
            "sharedWith": row.shared_with,
            "isOwn": row.owner == context.actor.username,
        }
    )

"""Routes of every form that the typed layer knows."""

from datetime import datetime

from pydantic import Field

from api.content import Content, Multipart, Part
from api.context import Context
from api.models import Key, Model, Moment
from api.operation import operation
from engine.errors import (
    Conflict,
    DeploymentRefused,
    FieldProblem,
    InvalidInput,
    NotFound,
)
from engine.persistence.stores import settings


class Line(Model):
    """One line of an order."""

    item_name: str = Field(min_length=1, description="What is ordered.")
    count: int = Field(ge=1, description="How many.", examples=[2])


class Order(Model):
    """An order of the sample shop."""

    order_key: Key
    ordered_at: Moment
    lines: list[Line]
    note: str | None = None


class OrderQuery(Model):
    """Which orders."""

    state: list[str] = Field(default=[], description="States wanted.")
    limit: int = Field(default=10, ge=1, le=100, description="How many at most.")


class Orders(Model):
    """Orders found."""

    states: list[str]
    limit: int
    username: str


class Grant(Model):
    """A form."""

    grant_type: str = Field(alias="grant_type")


@operation("POST", "/orders", status=201, summary="Order", tag="Orders", errors=(InvalidInput,))
def create_order(context: Context, body: Order) -> Order:
    """Store an order and send it back."""
    return body


@operation("GET", "/orders", summary="Find orders", tag="Orders")
def find_orders(context: Context, query: OrderQuery) -> Orders:
    """Say what was asked for."""
    return Orders(states=query.state, limit=query.limit, username=context.actor.username)


@operation("DELETE", "/orders/<key:key>", status=204, summary="Forget an order", tag="Orders")
def forget_order(context: Context, key: int) -> None:
    """Forget it."""


@operation("GET", "/orders/<key:key>", summary="One order", tag="Orders", errors=(NotFound,))
def get_order(context: Context, key: int) -> Order | None:
    """Return the order 1; the order 2 is empty, all others are unknown."""
    if key == 2:
        return None
    if key != 1:
        raise NotFound(f"no order {key}")
    return Order(order_key=key, ordered_at=datetime.fromisoformat("2026-01-01T00:00Z"), lines=[])


@operation("POST", "/orders/<key:key>/note", summary="Note", tag="Orders", errors=(Conflict,))
def note_order(context: Context, key: int, body: Line | None) -> None:
    """Take a body or none; always in conflict."""
    raise Conflict("already noted" if body else "nothing to note")


@operation(
    "POST",
    "/pictures",
    summary="Send pictures",
    tag="Files",
    media_type="text/plain",
    parts=(
        Part(name="picture", description="The picture.", many=True),
        Part(name="title", description="Its title.", is_file=False, required=False),
    ),
    errors=(DeploymentRefused,),
)
def send_pictures(context: Context, parts: Multipart) -> Content:
    """Answer with what the pictures hold."""
    body = b"".join(f.read() for f in parts.files)
    return Content(body=body, media_type="text/plain", headers={"X-Title": parts.fields["title"]})


@operation("POST", "/grant", summary="Grant", tag="Forms", public=True)
def grant(context: Context, form: Grant) -> Orders:
    """Take a form; needs no sign-in."""
    return Orders(states=[form.grant_type], limit=1, username=context.actor.username)


@operation("POST", "/refused", summary="Refuse", tag="Forms", errors=(InvalidInput,))
def refuse_values(context: Context) -> None:
    """Refuse a value by its rule."""
    problem = FieldProblem(
        pointer="/variables/amount", code="max", message="at most 5", params={"max": 5}
    )
    raise InvalidInput("the form is not complete", [problem])


CALLS: list[str] = []
"""The items counted by ``/count``, in order."""


@operation("POST", "/count", summary="Count", tag="Forms")
def count(context: Context, body: Line) -> Orders:
    """Count how often it was called, in the database too."""
    CALLS.append(body.item_name)
    with context.application.database.write() as connection:
        settings.put(connection, "counted", len(CALLS))
    return Orders(states=[], limit=len(CALLS), username=context.actor.username)


@operation("POST", "/lines/search", summary="Search lines", tag="Forms")
def search_lines(context: Context, body: Line) -> Orders:
    """Change nothing."""
    return Orders(states=[], limit=body.count, username=context.actor.username)


@operation("GET", "/crash", summary="Crash", tag="Forms")
def crash(context: Context) -> None:
    """Fail as no route should."""
    raise RuntimeError("secret internals")


@operation("POST", "/touch", status=202, summary="Touch", tag="Forms")
def touch(context: Context) -> None:
    """Answer 202 with nothing."""


@operation("GET", "/undeclared", summary="Undeclared", tag="Forms")
def answer_undeclared(context: Context) -> None:
    """Answer with something although nothing is declared."""
    return "something"


@operation("GET", "/forgotten", summary="Forgotten", tag="Forms")
def answer_nothing(context: Context) -> Orders:
    """Answer with nothing although something is declared."""
    return None

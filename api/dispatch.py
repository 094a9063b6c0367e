"""Turns operations into Flask views: sign in, read, call, write."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Protocol

from flask import Blueprint, Response, g, request

from api.arguments import arguments
from api.browser import Browser, refuse_other_sites
from api.connection import caller_left
from api.content import Content
from api.context import NOBODY, Context
from api.health import Readiness
from api.operation import Operation
from api.requests import preferred_language
from engine.bootstrap import Application
from engine.domain.identity import Actor

JSON_MAX_BYTES = 4 * 1024 * 1024
FORM_MAX_BYTES = 64 * 1024


class Authenticate(Protocol):
    """Finds out who sent the current request."""

    def __call__(self) -> Actor:
        """Return the actor, or raise Unauthenticated."""
        ...


class Once(Protocol):
    """Runs an unsafe request at most once per ``Idempotency-Key`` (api/idempotency.py)."""

    def __call__(self, actor: Actor, respond: Callable[[], Response]) -> Response:
        """Return the stored answer, or that of *respond*."""
        ...


def operations_blueprint(
    operations: tuple[Operation, ...],
    *,
    application: Application,
    authenticate: Authenticate,
    once: Once,
    readiness: Readiness,
) -> Blueprint:
    """Make a Flask blueprint with one view per operation."""
    made = Blueprint("operations", __name__)

    def context_for(one: Operation) -> Context:
        return Context(
            application=application,
            actor=NOBODY if one.public else authenticate(),
            request_id=g.request_id,
            language=preferred_language(),
            browser=Browser.of(request),
            readiness=readiness,
            caller_left=partial(caller_left, request.environ),
        )

    for one in operations:
        view = _view(one, context_for, once=once, limit=_limit(one, application))
        made.add_url_rule(one.path, endpoint=one.id, view_func=view, methods=[one.method])
    return made


def _view(
    operation: Operation, context_for: Callable[[Operation], Context], *, once: Once, limit: int
) -> Callable[..., Response]:
    def view(**path: object) -> Response:
        request.max_content_length = limit
        refuse_other_sites(request)
        context = context_for(operation)

        def respond() -> Response:
            response = _respond(operation, context, path)
            response.headers.update(context.headers)
            return response

        return once(context.actor, respond) if operation.is_kept else respond()

    return view


def _limit(operation: Operation, application: Application) -> int:
    if operation.parts:
        return application.settings.document_max_bytes + FORM_MAX_BYTES
    return JSON_MAX_BYTES if operation.body else FORM_MAX_BYTES


def _respond(operation: Operation, context: Context, path: dict[str, object]) -> Response:
    result = operation.handler(context, **path, **arguments(operation))
    if result is None and operation.response is None:
        return Response(status=operation.status)
    if result is None and operation.may_be_empty:
        return Response(status=HTTPStatus.NO_CONTENT)
    if isinstance(result, Content):
        headers = dict(result.headers)
        return Response(result.body, operation.status, headers, mimetype=result.media_type)
    if operation.adapter is None or result is None:
        raise TypeError(f"{operation.id} answered {type(result).__name__} without declaring it")
    body = operation.adapter.dump_json(result, by_alias=True)
    return Response(body, operation.status, mimetype="application/json")

"""What happens around every request: its id, its log line, its headers and its refusals."""

import re
import secrets

import structlog
from flask import Response, g, request
from werkzeug.exceptions import HTTPException

from api import problems
from api.browser import without_password_prompt
from engine import metrics
from engine.clock import monotonic_seconds
from engine.errors import RedressError

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

LANGUAGES = ("en", "zh")

_log = structlog.get_logger(__name__)


def preferred_language() -> str:
    """Return the language of ours that the sender of the request likes best."""
    return request.accept_languages.best_match(LANGUAGES, "en")


def begin_request() -> None:
    """Give the request an id: the sender's, where it is harmless, else a new one."""
    g.began_at = monotonic_seconds()
    sent = request.headers.get("X-Request-Id", "")
    g.request_id = sent if _REQUEST_ID.fullmatch(sent) else secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def finish_request(response: Response) -> Response:
    """Log the request and add the headers that every response has; a view's own value stays.

    The query is not logged: it may hold what people typed.
    """
    seconds = monotonic_seconds() - g.began_at
    operation = (request.endpoint or "unknown").removeprefix("operations.")
    metrics.HTTP_SECONDS.labels(operation, response.status_code).observe(seconds)
    _log.info(
        "request",
        method=request.method,
        path=request.path,
        operation=operation,
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
    )
    without_password_prompt(request, response)
    response.headers["X-Request-Id"] = g.request_id
    for name, value in HEADERS.items():
        if name not in response.headers:
            response.headers.add(name, value)
    return response


def refuse(error: RedressError) -> Response:
    """Answer an error raised on purpose."""
    return _respond(problems.problem_of(error))


def refuse_http(error: HTTPException) -> Response:
    """Answer what Flask refuses."""
    return _respond(problems.problem_of_http(error))


def refuse_unexpected(error: Exception) -> Response:
    """Answer a fault of ours: logged with its trace, shown with nothing but the id."""
    _log.error("request failed", path=request.path, exc_info=error)
    return _respond(problems.unexpected(g.request_id))


def _respond(problem: problems.Problem) -> Response:
    return Response(
        problem.json(request.path), problem.status, problem.headers, mimetype=problems.MEDIA_TYPE
    )

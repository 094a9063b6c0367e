"""``/problems/<code>``: where the ``type`` of a problem document leads a person."""

import inspect
from http import HTTPStatus

from flask import Blueprint, Response, abort

from api.problems import STATUS, code_of, status_of
from engine.errors import RedressError


def problem_pages_blueprint() -> Blueprint:
    """Make the blueprint that explains each code in plain text."""
    made = Blueprint("problem_pages", __name__)
    explained = {
        **{code_of(status): _of_status(status) for status in HTTPStatus if status >= 400},
        **{kind.code: _of_error(kind) for kind in _every_error()},
    }

    @made.get("/problems/<code>")
    def problem(code: str) -> Response:
        if code not in explained:
            abort(HTTPStatus.NOT_FOUND)
        return Response(explained[code], mimetype="text/plain")

    return made


def _every_error() -> list[type[RedressError]]:
    return [kind for base in STATUS for kind in (base, *base.__subclasses__())]


def _of_error(kind: type[RedressError]) -> str:
    return f"{kind.code} ({int(status_of(kind))})\n\n{inspect.getdoc(kind)}\n"


def _of_status(status: HTTPStatus) -> str:
    return f"{code_of(status)} ({int(status)})\n\n{status.phrase}. {status.description}.\n"

"""Every refusal as a problem document (RFC 9457): the one table from error to status."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import cast

import orjson
from werkzeug.exceptions import HTTPException

from api.errors import BadRequest, CrossSite, UnsupportedMediaType
from engine import errors
from engine.domain.findings import Finding

MEDIA_TYPE = "application/problem+json"
CHALLENGE = 'Basic realm="redress", charset="UTF-8", Bearer realm="redress"'

STATUS: dict[type[errors.RedressError], HTTPStatus] = {
    BadRequest: HTTPStatus.BAD_REQUEST,
    UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    CrossSite: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Outdated: HTTPStatus.PRECONDITION_FAILED,
    errors.WarningsToConfirm: HTTPStatus.CONFLICT,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    errors.TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    errors.InvalidInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.DeploymentRefused: HTTPStatus.BAD_REQUEST,  # as the Camunda contract has it
    errors.ExpressionError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.LimitExceeded: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotSupported: HTTPStatus.NOT_IMPLEMENTED,
    errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.StorageFull: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.ConnectorError: HTTPStatus.BAD_GATEWAY,
    errors.RedressError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

_RETRY_AFTER_SECONDS: dict[type[errors.RedressError], int] = {
    errors.Unavailable: 2,
    errors.StorageFull: 60,
}

_COPIED_HEADERS = ("Allow", "WWW-Authenticate", "Retry-After")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem document with its status and headers, ready to send."""

    code: str
    title: str
    status: HTTPStatus
    detail: str
    members: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def json(self, instance: str) -> bytes:
        """Write the document; *instance* is the path of the request."""
        document = {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": int(self.status),
            "detail": self.detail,
            "instance": instance,
            "code": self.code,
            **self.members,
        }
        return orjson.dumps(document)


def status_of(error: type[errors.RedressError]) -> HTTPStatus:
    """Return the status for an error class: its own, or that of its nearest base."""
    return next(STATUS[base] for base in error.__mro__ if base in STATUS)


def title_of(error: type[errors.RedressError]) -> str:
    """Return the first clause of the error's docstring, which explains the class of errors."""
    sentence = " ".join((error.__doc__ or error.code).split())
    return re.split(r"[.;:](?:\s|$)", sentence)[0]


def code_of(status: HTTPStatus) -> str:
    """Return the code of what HTTP itself refuses: its phrase in small letters."""
    return re.sub(r"[^a-z]+", "-", status.phrase.lower()).strip("-")


def problem_of(error: errors.RedressError) -> Problem:
    """Describe an error raised on purpose."""
    title = title_of(type(error))
    return Problem(
        code=error.code,
        title=title,
        status=status_of(type(error)),
        detail=str(error) or title,
        members=_members(error),
        headers=_headers(error),
    )


def problem_of_http(error: HTTPException) -> Problem:
    """Describe what Flask itself refuses (no such route, method, size), headers included."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    sent = dict(error.get_headers())
    return Problem(
        code=code_of(status),
        title=status.phrase,
        status=status,
        detail=error.description or status.description,
        headers={name: sent[name] for name in _COPIED_HEADERS if name in sent},
    )


def unexpected(request_id: str) -> Problem:
    """Describe a fault of ours: the id finds the log entry, the internals stay inside."""
    return Problem(
        code=code_of(HTTPStatus.INTERNAL_SERVER_ERROR),
        title="Something went wrong on our side",
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        detail=f"The fault is logged under the request id {request_id}.",
        members={"requestId": request_id},
    )


def _members(error: errors.RedressError) -> dict[str, object]:
    if isinstance(error, errors.InvalidInput | BadRequest):
        return {"errors": [_error_member(problem) for problem in error.problems]}
    if isinstance(error, errors.Outdated):
        return {"changedBy": error.changed_by, "changedAt": error.changed_at}
    if isinstance(error, errors.DeploymentRefused):
        return {"findings": [_finding_member(cast("Finding", f)) for f in error.findings]}
    return {}


def _error_member(problem: errors.FieldProblem) -> dict[str, object]:
    return {
        "pointer": problem.pointer,
        "code": problem.code,
        "detail": problem.message,
        "params": problem.params,
    }


def _finding_member(finding: Finding) -> dict[str, object]:
    return {_camel(name): value for name, value in asdict(finding).items()}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _headers(error: errors.RedressError) -> dict[str, str]:
    if isinstance(error, errors.Unauthenticated):
        return {"WWW-Authenticate": CHALLENGE}
    if isinstance(error, errors.TooManyAttempts):
        return {"Retry-After": str(error.retry_after_seconds)}
    if type(error) in _RETRY_AFTER_SECONDS:
        return {"Retry-After": str(_RETRY_AFTER_SECONDS[type(error)])}
    return {}

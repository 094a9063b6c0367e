"""The typed layer: a route is a plain function whose type hints are its contract.

    @operation("POST", "/v2/user-tasks/<key:key>/completion", status=204, tag="User tasks",
               summary="Complete a user task", errors=(NotFound, Conflict, Forbidden))
    def complete_user_task(context: Context, key: int, body: Completion) -> None:
        '''Finish the task and let the process go on. ...'''

The first parameter is the `Context`. The others are known by name: path parameters as in the
rule, ``body`` (JSON), ``query``, ``headers`` and ``form`` (url-encoded) are models, ``parts`` is a
`Multipart`. The return hint is a model, `Content`, or None (204); ``X | None`` answers 204 for
None. The docstring is the description in the OpenAPI document. Nothing here knows Flask:
api/dispatch.py turns operations into views.
"""

import inspect
import re
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from pydantic import BaseModel, TypeAdapter

from api.content import Content, Part
from engine.errors import RedressError

_PATH_PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
_RESERVED = frozenset({"body", "query", "headers", "form", "parts"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PathParameter:
    """One variable of the rule; ``converter`` is Werkzeug's or ours (``key``)."""

    name: str
    converter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One route: how it is reached, what it takes, what it answers and who handles it."""

    method: str
    path: str
    handler: Callable[..., object]
    status: int
    summary: str
    description: str
    tag: str
    errors: tuple[type[RedressError], ...]
    public: bool
    repeatable: bool
    media_type: str
    parameters: tuple[PathParameter, ...]
    body: type[BaseModel] | None
    body_required: bool
    query: type[BaseModel] | None
    headers: type[BaseModel] | None
    form: type[BaseModel] | None
    parts: tuple[Part, ...]
    response: type | None
    may_be_empty: bool
    adapter: TypeAdapter[object] | None

    @property
    def id(self) -> str:
        """Return the OpenAPI operationId: the function's name in camelCase."""
        first, *rest = self.handler.__name__.split("_")
        return first + "".join(word.capitalize() for word in rest)

    @property
    def is_kept(self) -> bool:
        """Tell whether an ``Idempotency-Key`` keeps its answer: what it changes, it adds to."""
        return self.method != "GET" and not self.public and not self.repeatable


def operation(
    method: str,
    path: str,
    *,
    summary: str,
    tag: str,
    status: int = 200,
    errors: Sequence[type[RedressError]] = (),
    parts: Sequence[Part] = (),
    media_type: str = "application/json",
    public: bool = False,
    repeatable: bool = False,
) -> Callable[[Callable[..., object]], Operation]:
    """Declare a function as a route; the name in its module then is the `Operation`.

    ``errors`` are those of its own; what every route may answer (bad request, unauthenticated)
    is added. ``public`` routes need no sign-in. ``repeatable`` ones do no more when they are sent
    twice, as every search: they need no ``Idempotency-Key``. ``media_type`` is that of a `Content`
    answer.

    Raises:
        TypeError: the function's parameters do not fit the rule.
    """

    def declare(handler: Callable[..., object]) -> Operation:
        hints = typing.get_type_hints(handler)
        parameters = tuple(
            PathParameter(name=m["name"], converter=m["converter"] or "string")
            for m in _PATH_PARAMETER.finditer(path)
        )
        _check_signature(handler, {p.name for p in parameters}, has_parts=bool(parts))
        body, body_optional = _without_none(hints.get("body"))
        response, may_be_empty = _without_none(hints.get("return"))
        is_json = response is not None and response is not Content
        return Operation(
            method=method,
            path=path,
            handler=handler,
            status=status,
            summary=summary,
            description=inspect.getdoc(handler) or "",
            tag=tag,
            errors=tuple(errors),
            public=public,
            repeatable=repeatable or path.endswith("/search"),
            media_type=media_type,
            parameters=parameters,
            body=body,
            body_required=not body_optional,
            query=hints.get("query"),
            headers=hints.get("headers"),
            form=hints.get("form"),
            parts=tuple(parts),
            response=response,
            may_be_empty=may_be_empty,
            adapter=TypeAdapter(response) if is_json else None,
        )

    return declare


def operations_in(*modules: ModuleType) -> tuple[Operation, ...]:
    """Return the operations that the modules define, in the order they are written."""
    return tuple(v for m in modules for v in vars(m).values() if isinstance(v, Operation))


def _check_signature(handler: Callable[..., object], path: set[str], *, has_parts: bool) -> None:
    first, *others = inspect.signature(handler).parameters
    if first != "context":
        raise TypeError(f"{handler.__name__}: the first parameter must be context")
    expected = path | (set(others) & _RESERVED)
    if set(others) != expected:
        raise TypeError(
            f"{handler.__name__}: parameters {sorted(others)} do not fit the path {sorted(path)}"
        )
    if has_parts != ("parts" in others):
        raise TypeError(f"{handler.__name__}: declare the parts of the multipart body, and take it")


def _without_none(hint: object) -> tuple[typing.Any, bool]:
    if hint is None or hint is types.NoneType:
        return None, True
    if isinstance(hint, types.UnionType) and types.NoneType in hint.__args__:
        members = [m for m in hint.__args__ if m is not types.NoneType]
        return members[0], True
    return hint, False

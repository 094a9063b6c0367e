"""Reads requests into models and says, with JSON pointers, what does not fit."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, from_json

from api.errors import BadRequest
from engine.errors import FieldProblem

ModelT = TypeVar("ModelT", bound=BaseModel)


def read_json(model: type[ModelT], body: bytes) -> ModelT:
    """Read a JSON body strictly: no text for a number, no number for a date.

    Raises:
        BadRequest: not JSON, or not as the model says; one problem per wrong place.
    """
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as error:
        raise _bad_json(error, body) from error


def read_values(model: type[ModelT], values: Mapping[str, str | list[str]]) -> ModelT:
    """Read query or form fields, which are text, into the types of the model.

    Raises:
        BadRequest: an unknown, missing or wrong field.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _bad_values(error, values) from error


def _bad_json(error: ValidationError, body: bytes) -> BadRequest:
    first = error.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        return BadRequest(f"The body is not JSON: {first['msg']}.")
    return _bad_values(error, from_json(body))


def _bad_values(error: ValidationError, value: object) -> BadRequest:
    problems = [_problem(detail, value) for detail in error.errors(include_url=False)]
    first = problems[0]
    return BadRequest(
        f"The request is not as documented: {first.pointer or 'body'}: {first.message}.", problems
    )


def _problem(detail: ErrorDetails, value: object) -> FieldProblem:
    is_missing = detail["type"] == "missing"
    context = detail.get("ctx", {})
    return FieldProblem(
        pointer=_pointer(detail["loc"], value, is_missing=is_missing),
        code="required" if is_missing else detail["type"].replace("_", "-"),
        message=detail["msg"].removeprefix("Value error, "),
        params={k: v for k, v in context.items() if isinstance(v, str | int | float)},
    )


def _pointer(location: Sequence[str | int], value: object, *, is_missing: bool) -> str:
    """Follow *location* into *value*; names of union members, which pydantic adds, drop out."""
    steps: list[str] = []
    here: object = value
    for index, step in enumerate(location):
        inside = _inside(here, step)
        if inside:
            here = inside[0]
        elif not (is_missing and index == len(location) - 1):
            continue
        steps.append(str(step).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{step}" for step in steps)


def _inside(value: object, step: str | int) -> list[object]:
    """Return what is at *step*, alone in a list, or nothing."""
    if isinstance(value, Mapping):
        return [value[step]] if step in value else []
    if isinstance(value, list) and isinstance(step, int):
        return value[step : step + 1]
    return []

"""The OpenAPI 3.1 document, generated from the operations' own type hints."""

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from api.browser import COOKIE
from api.content import Content, Part
from api.errors import BadRequest, UnsupportedMediaType
from api.models import MODELS
from api.operation import Operation, PathParameter
from api.problems import MEDIA_TYPE, status_of, title_of
from engine.errors import (
    Conflict,
    InvalidInput,
    RedressError,
    TooManyAttempts,
    Unauthenticated,
)

Json = dict[str, object]
Schemas = dict[tuple[type[BaseModel], JsonSchemaMode], Json]

_REFERENCE = "#/components/schemas/{model}"

_CONVERTERS: dict[str, Json] = {
    "key": {"type": "string", "pattern": "^[0-9]{1,19}$"},
    "int": {"type": "integer", "minimum": 0},
    "models": {"type": "string", "enum": list(MODELS)},
    "string": {"type": "string", "minLength": 1},
}

_SECURITY_SCHEMES: Json = {
    "basic": {"type": "http", "scheme": "basic", "description": "User name and password."},
    "bearer": {"type": "http", "scheme": "bearer", "description": "A token of /oauth/token."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": (
            "The cookie of POST /api/session. Unsafe requests then need the header X-CSRF-Token."
        ),
    },
    "clientCredentials": {
        "type": "oauth2",
        "description": "For programs: the OAuth 2 client-credentials grant.",
        "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}}},
    },
}

_IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": (
        "Makes it safe to send the request again: within a day the same key with the same "
        "request gets the same answer, and the effect happens once."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}

_PROBLEM: Json = {
    "type": "object",
    "description": "A problem document as of RFC 9457.",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "code": {"type": "string", "description": "Stable; programs refer to it."},
        "errors": {
            "type": "array",
            "description": "What is wrong with which value of the request.",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer (RFC 6901)."},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "params": {"type": "object"},
                },
            },
        },
        "findings": {
            "type": "array",
            "description": "What is wrong with which element of a model.",
            "items": {"type": "object"},
        },
    },
}


def document(operations: Iterable[Operation], *, version: str) -> Json:
    """Describe the operations; *version* is that of this Redress."""
    described = tuple(operations)
    schemas, definitions = _schemas(described)
    paths: dict[str, Json] = {}
    for one in described:
        paths.setdefault(_path(one.path), {})[one.method.lower()] = _operation(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Redress",
            "version": version,
            "description": "Runs a retailer's service standard as BPMN processes.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{name: []} for name in _SECURITY_SCHEMES],
        "tags": [{"name": tag} for tag in dict.fromkeys(one.tag for one in described)],
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM, **definitions},
            "securitySchemes": _SECURITY_SCHEMES,
        },
    }


def _schemas(operations: Sequence[Operation]) -> tuple[Schemas, Json]:
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {}
    for one in operations:
        for model in (one.body, one.query, one.headers, one.form):
            if model:
                wanted[model, "validation"] = None
        if one.response and one.response is not Content:
            wanted[one.response, "serialization"] = None
    schemas, top = models_json_schema(list(wanted), ref_template=_REFERENCE)
    by_model = {(m, mode): schemas[m, mode] for m, mode in wanted}
    return by_model, top.get("$defs", {})


def _operation(one: Operation, schemas: Schemas) -> Json:
    described: Json = {
        "operationId": one.id,
        "summary": one.summary,
        "description": one.description,
        "tags": [one.tag],
        "parameters": [
            *map(_path_parameter, one.parameters),
            *_parameters_of(one.query, "query"),
            *_parameters_of(one.headers, "header"),
            *([_IDEMPOTENCY_KEY] if one.is_kept else []),
        ],
        "responses": _responses(one, schemas),
    }
    body = _request_body(one, schemas)
    if body:
        described["requestBody"] = body
    if one.public:
        described["security"] = []
    return described


def _path(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: f"{{{_camel(m[1])}}}", rule)


def _path_parameter(parameter: PathParameter) -> Json:
    return {
        "name": _camel(parameter.name),
        "in": "path",
        "required": True,
        "schema": _CONVERTERS[parameter.converter],
    }


def _parameters_of(model: type[BaseModel] | None, place: str) -> list[Json]:
    if model is None:
        return []
    schema = model.model_json_schema(ref_template=_REFERENCE)
    required = schema.get("required", [])
    return [
        {
            "name": name,
            "in": place,
            "required": name in required,
            "description": described.get("description", described.get("title", name)),
            "schema": described,
        }
        for name, described in schema.get("properties", {}).items()
    ]


def _request_body(one: Operation, schemas: Schemas) -> Json | None:
    if one.body:
        content: Json = {"application/json": {"schema": schemas[one.body, "validation"]}}
        return {"required": one.body_required, "content": content}
    if one.form:
        content = {"application/x-www-form-urlencoded": {"schema": schemas[one.form, "validation"]}}
        return {"required": True, "content": content}
    if one.parts:
        return {
            "required": True,
            "content": {"multipart/form-data": {"schema": _multipart_schema(one.parts)}},
        }
    return None


def _multipart_schema(parts: Sequence[Part]) -> Json:
    return {
        "type": "object",
        "required": [part.name for part in parts if part.required],
        "properties": {part.name: _part_schema(part) for part in parts},
        "additionalProperties": False,
    }


def _part_schema(part: Part) -> Json:
    one: Json = {"type": "string", "format": "binary"} if part.is_file else {"type": "string"}
    if part.many:
        return {"type": "array", "items": one, "description": part.description}
    return {**one, "description": part.description}


def _responses(one: Operation, schemas: Schemas) -> Json:
    responses: Json = {}
    if one.response is not None:
        responses[str(one.status)] = _success(one, schemas)
    if one.may_be_empty:
        empty = one.status if one.response is None else HTTPStatus.NO_CONTENT
        responses[str(int(empty))] = {"description": "Done; there is nothing to send back."}
    for status, errors in sorted(_errors_by_status(one).items()):
        responses[str(int(status))] = _problem_response(
            "; ".join(f"{title_of(e)} (`{e.code}`)" for e in errors)
        )
    responses["default"] = _problem_response("Anything else that went wrong")
    return responses


def _problem_response(description: str) -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}


def _success(one: Operation, schemas: Schemas) -> Json:
    if one.response is Content:
        return {"description": one.summary, "content": {one.media_type: {}}}
    schema = schemas[one.response, "serialization"] if one.response else {}
    return {"description": one.summary, "content": {"application/json": {"schema": schema}}}


def _errors_by_status(one: Operation) -> dict[HTTPStatus, list[type[RedressError]]]:
    own: list[type[RedressError]] = [] if one.public else [Unauthenticated, TooManyAttempts]
    if one.is_kept:
        own += [Conflict, InvalidInput]
    if one.body or one.query or one.headers or one.form or one.parts:
        own.append(BadRequest)
    if one.body or one.form or one.parts:
        own.append(UnsupportedMediaType)
    by_status: dict[HTTPStatus, list[type[RedressError]]] = {}
    for error in dict.fromkeys([*own, *one.errors]):
        by_status.setdefault(status_of(error), []).append(error)
    return by_status


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)

"""Reads the current Flask request into the arguments of an operation."""

from collections.abc import Iterator

from flask import request
from pydantic import BaseModel

from api.content import Multipart, Part, UploadedFile
from api.errors import BadRequest, UnsupportedMediaType
from api.operation import Operation
from api.validation import read_json, read_values
from engine.documents import explained
from engine.errors import FieldProblem


def arguments(operation: Operation) -> dict[str, object]:
    """Return query, body, form and parts of the current request, as the operation takes them.

    Raises:
        BadRequest: not as documented.
        UnsupportedMediaType: a body of another media type.
    """
    found: dict[str, object] = {}
    if operation.query:
        found["query"] = read_values(operation.query, _query_values(operation.query))
    if operation.headers:
        found["headers"] = read_values(operation.headers, _header_values(operation.headers))
    if operation.body:
        found["body"] = _body(operation.body, required=operation.body_required)
    if operation.form:
        _expect("application/x-www-form-urlencoded")
        found["form"] = read_values(operation.form, request.form.to_dict())
    if operation.parts:
        _expect("multipart/form-data")
        found["parts"] = _multipart(operation.parts)
    return found


def _query_values(model: type[BaseModel]) -> dict[str, str | list[str]]:
    """Return the query; a name given twice stays a list, which only list fields accept."""
    lists = {
        field.alias or name
        for name, field in model.model_fields.items()
        if getattr(field.annotation, "__origin__", None) in (list, tuple)
    }
    given = request.args.to_dict(flat=False)
    return {n: v if n in lists or len(v) > 1 else v[0] for n, v in given.items()}


def _header_values(model: type[BaseModel]) -> dict[str, str | list[str]]:
    """Return the headers that the model names by its aliases; others are not its business."""
    names = [field.alias or name for name, field in model.model_fields.items()]
    return {name: request.headers[name] for name in names if name in request.headers}


def _body(model: type[BaseModel], *, required: bool) -> BaseModel | None:
    content = request.get_data(cache=False)
    if not content and not required:
        return None
    _expect("application/json")
    return read_json(model, content)


def _expect(media_type: str) -> None:
    if request.mimetype != media_type:
        sent = request.mimetype or "nothing"
        raise UnsupportedMediaType(f"Send the body as {media_type}, not as {sent}.")


def _multipart(parts: tuple[Part, ...]) -> Multipart:
    with explained():  # what is large waits on the disk while it is received
        _ = request.files
    files = tuple(
        UploadedFile(
            part=name,
            file_name=upload.filename or "",
            content_type=upload.mimetype or "application/octet-stream",
            stream=upload.stream,
        )
        for name, upload in request.files.items(multi=True)
    )
    sent = [(f.part, True) for f in files] + [(n, False) for n, _ in request.form.items(multi=True)]
    problems = [*_unexpected_parts(parts, sent), *_wrong_numbers(parts, sent)]
    if problems:
        raise BadRequest(f"The parts are not as documented: {problems[0].message}.", problems)
    return Multipart(files=files, fields=request.form.to_dict())


def _unexpected_parts(
    parts: tuple[Part, ...], sent: list[tuple[str, bool]]
) -> Iterator[FieldProblem]:
    known = {part.name: part for part in parts}
    for name, is_file in dict.fromkeys(sent):
        if name not in known:
            message = f"there is no part {name!r}"
            yield FieldProblem(pointer=f"/{name}", code="unknown", message=message)
        elif known[name].is_file != is_file:
            kind = "a file with a name" if known[name].is_file else "text without a file name"
            message = f"the part {name!r} must be {kind}"
            yield FieldProblem(pointer=f"/{name}", code="type", message=message)


def _wrong_numbers(parts: tuple[Part, ...], sent: list[tuple[str, bool]]) -> Iterator[FieldProblem]:
    names = [name for name, _ in sent]
    for part in parts:
        count = names.count(part.name)
        if part.required and count == 0:
            message = f"the part {part.name!r} is missing"
            yield FieldProblem(pointer=f"/{part.name}", code="required", message=message)
        if not part.many and count > 1:
            message = f"the part {part.name!r} is there {count} times"
            yield FieldProblem(pointer=f"/{part.name}", code="repeated", message=message)

"""``/api/imports``: diagrams of other tools, translated to the dialect that can be deployed."""

from pydantic import Field

from api.content import Content, Multipart, Part
from api.context import Context
from api.findings import FindingResult
from api.models import Key, Model, Moment
from api.operation import operation
from api.v2.models.search import CURSOR, MAX_CURSOR, Found, found
from engine.documents import download_headers
from engine.domain.search import PageRequest
from engine.errors import Forbidden, InvalidInput, NotFound
from engine.persistence.stores.imports import ImportRow

TAG = "Model"
MAX_PAGE = 200
BYTES = "application/octet-stream"


class ImportSummary(Model):
    """One import in a list; one with errors is kept as a drawing and cannot be deployed."""

    key: Key
    file_name: str
    executable: bool
    errors: int
    warnings: int
    imported_at: Moment
    imported_by: str


class ImportPage(Found[ImportSummary]):
    """Imports, the newest first."""


class ImportListQuery(Model):
    """Which part of the list."""

    limit: int = Field(default=50, ge=1, le=MAX_PAGE)
    after: str | None = Field(
        default=None, description="An `endCursor`.", pattern=CURSOR, max_length=MAX_CURSOR
    )


class ImportedForm(Model):
    """The form of a decision that the import added; deploy it with the diagram."""

    file_name: str
    content: str


class ImportedModel(ImportSummary):
    """The translated diagram, whether it can be deployed, and what must be known about it.

    ``bpmn`` is empty when the file was refused.
    """

    bpmn: str
    forms: list[ImportedForm]
    findings: list[FindingResult]


@operation(
    "POST",
    "/api/imports",
    tag=TAG,
    status=201,
    summary="Import a diagram of another tool",
    parts=(Part(name="file", description="A BPMN 2.0 file of any tool, in any encoding."),),
    errors=(Forbidden, InvalidInput),
)
def import_model(context: Context, parts: Multipart) -> ImportedModel:
    """Translate a diagram and say, element by element, what was changed and what is missing.

    The file, its translation and the findings are kept; nothing is deployed. What cannot be
    translated becomes a step for a person or an error; a diagram with an error can be drawn but
    not deployed.
    """
    (upload,) = parts.files
    row = context.application.imports.import_file(
        context.actor, file_name=upload.file_name, content=upload.read()
    )
    return _imported(row)


@operation("GET", "/api/imports", tag=TAG, summary="List imports", errors=(InvalidInput,))
def list_imports(context: Context, query: ImportListQuery) -> ImportPage:
    """Return the imports, the newest first. Only process owners see any."""
    page = PageRequest(limit=query.limit, after=query.after)
    return found(ImportPage, context.application.imports.search(context.actor, page))


@operation("GET", "/api/imports/<key:key>", tag=TAG, summary="Get an import", errors=(NotFound,))
def get_import(context: Context, key: int) -> ImportedModel:
    """Return an import with its findings, as it was answered when it was made."""
    return _imported(context.application.imports.get(context.actor, key))


@operation(
    "GET",
    "/api/imports/<key:key>/original",
    tag=TAG,
    summary="Download what was imported",
    errors=(NotFound,),
    media_type=BYTES,
)
def get_import_original(context: Context, key: int) -> Content:
    """Return the file, byte for byte, as it came in."""
    row = context.application.imports.get(context.actor, key)
    return _download(row.original, row.file_name)


@operation(
    "GET",
    "/api/imports/<key:key>/bpmn",
    tag=TAG,
    summary="Download what an import became",
    errors=(NotFound,),
    media_type=BYTES,
)
def get_import_bpmn(context: Context, key: int) -> Content:
    """Return the translated diagram; not found where the file could not be read at all."""
    row = context.application.imports.get(context.actor, key)
    if not row.bpmn:
        raise NotFound(f"import {key} could not be read, so there is no translation")
    return _download(row.bpmn, row.file_name)


def _download(body: bytes, file_name: str) -> Content:
    """Let a browser save a file of strangers, and never show it."""
    return Content(body=body, media_type=BYTES, headers=download_headers(file_name, BYTES))


def _imported(row: ImportRow) -> ImportedModel:
    return ImportedModel(
        key=row.key,
        file_name=row.file_name,
        executable=row.executable,
        errors=row.errors,
        warnings=row.warnings,
        imported_at=row.imported_at,
        imported_by=row.imported_by,
        bpmn=row.bpmn.decode(),
        forms=[ImportedForm(file_name=name, content=text) for name, text in row.forms.items()],
        findings=[FindingResult.model_validate(finding) for finding in row.findings],
    )

"""Imports: diagrams of other tools, translated to our dialect, and kept with all that was said."""

from dataclasses import asdict

from engine.domain.findings import Finding, Severity
from engine.domain.identity import Actor
from engine.domain.search import PageRequest, Search, SearchResult, SortBy
from engine.domain.views import ModelImportView
from engine.errors import InvalidInput, NotFound
from engine.importer import ImportResult, import_bpmn
from engine.persistence.search.imports import MODEL_IMPORTS
from engine.persistence.stores import imports
from engine.persistence.stores.imports import ImportRow
from engine.services import permissions
from engine.services.command import Command, refuse, run
from engine.services.context import Context
from engine.services.queries.reader import Reader
from engine.services.queries.visible import imports_visible_to

MAX_BYTES = 4_000_000
MAX_FILE_NAME = 255


class ImportService:
    """Takes diagrams of other tools in, and shows them again.

    An import changes no process: what came out of it is deployed like any other file. One with
    an error finding is kept as a drawing, not executable.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._reader = Reader(
            database=context.database,
            noun="import",
            catalogue=MODEL_IMPORTS,
            visible_to=imports_visible_to,
        )

    def import_file(self, actor: Actor, *, file_name: str, content: bytes) -> ImportRow:
        """Translate one BPMN file and keep the original, the result and the findings.

        Raises:
            Forbidden: The actor is no process owner.
            InvalidInput: The file is too large, or its name no name.
        """
        if not permissions.may_deploy(actor):
            refuse(self._context, actor, "only process owners import models")
        _check(file_name, content)
        result = import_bpmn(content, resource_name=file_name)

        def work(command: Command) -> ImportRow:
            row = _row(command, file_name, result)
            imports.insert(command.connection, row)
            command.record_system(
                "model_imported",
                {"import_key": row.key, "file_name": file_name, "executable": row.executable},
            )
            return row

        return run(self._context, actor, work)

    def search(self, actor: Actor, page: PageRequest) -> SearchResult[ModelImportView]:
        """Return a page of imports, the newest first; only process owners see any."""
        newest_first = Search(sort=[SortBy(field="key", descending=True)], page=page)
        return self._reader.search(actor, newest_first)

    def get(self, actor: Actor, key: int) -> ImportRow:
        """Return one import with its files; NotFound also for one that the actor may not see."""
        self._reader.get(actor, key)
        with self._context.database.read() as connection:
            row = imports.find(connection, key)
        if row is None:
            raise NotFound(f"there is no import {key}")
        return row


def _check(file_name: str, content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise InvalidInput(f"{file_name} is larger than {MAX_BYTES} bytes")
    if not 0 < len(file_name) <= MAX_FILE_NAME or not file_name.isprintable():
        raise InvalidInput(f"a file name has 1 to {MAX_FILE_NAME} characters that can be shown")


def _row(command: Command, file_name: str, result: ImportResult) -> ImportRow:
    return ImportRow(
        key=command.next_key(),
        file_name=file_name,
        original=result.original,
        bpmn=result.bpmn,
        forms={name: content.decode() for name, content in result.forms.items()},
        findings=[asdict(finding) for finding in result.findings],
        executable=result.executable,
        errors=_count(result.findings, Severity.ERROR),
        warnings=_count(result.findings, Severity.WARNING),
        imported_at=command.now,
        imported_by=command.actor.username,
    )


def _count(findings: tuple[Finding, ...], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)

"""What a person sends with a form: checked by the form, its files found and kept."""

from collections.abc import Mapping

from engine.domain.documents import StoredDocument
from engine.domain.identity import Actor
from engine.forms import FormModel, validate
from engine.persistence.stores import documents
from engine.persistence.stores.documents import DocumentRow
from engine.services.command import Command


class FormSubmission:
    """One form that *actor* sends for an instance, inside the running command.

    ``instance_key`` is None while the instance has yet to be started.
    """

    def __init__(self, command: Command, actor: Actor, instance_key: int | None) -> None:
        self._command = command
        self._actor = actor
        self._instance_key = instance_key
        self._found: dict[str, DocumentRow] = {}

    def checked(
        self,
        form: FormModel,
        entered: Mapping[str, object],
        *,
        variables: Mapping[str, object],
    ) -> dict[str, object]:
        """Return the values of the form's fields; raises InvalidInput with a problem per field.

        *variables* are those with which the form opened.
        """
        return validate(
            form,
            entered,
            context=variables,
            now=self._command.now,
            functions=self._command.context.functions,
            find_document=self._find,
            zone=self._command.context.zone,
        )

    def _find(self, document_id: str) -> StoredDocument | None:
        """Return the file if it is the actor's own or the instance's, and has not expired."""
        row = documents.find(self._command.connection, document_id)
        if row is None or not self._is_usable(row):
            return None
        self._found[row.id] = row
        return StoredDocument(
            document_id=row.id,
            file_name=row.file_name,
            content_type=row.content_type,
            size=row.size,
            sha256=row.sha256,
        )

    def keep_files(self, instance_key: int) -> None:
        """Make the files that were named part of the instance, so that nobody removes evidence."""
        free = [row.id for row in self._found.values() if row.process_instance_key is None]
        if free:
            documents.attach(self._command.connection, free, instance_key)

    def _is_usable(self, row: DocumentRow) -> bool:
        if row.expires_at is not None and row.expires_at <= self._command.now:
            return False
        if row.process_instance_key is None:
            return row.created_by == self._actor.username
        return row.process_instance_key == self._instance_key

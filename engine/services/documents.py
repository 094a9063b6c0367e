"""Documents: photos and papers that belong to cases."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO

import structlog

from engine.documents import Announcement, FileStore, examine, sha256_of
from engine.domain.identity import Actor
from engine.errors import Conflict, Forbidden, NotFound, Unavailable
from engine.persistence.database import Connection
from engine.persistence.races import begins_anew
from engine.persistence.stores import documents, instances
from engine.persistence.stores.documents import DocumentRow
from engine.points import Point, reached
from engine.services import permissions
from engine.services.command import Command, refuse, run
from engine.services.context import Context

_log = structlog.get_logger(__name__)


class DocumentService:
    """Takes files in after examining them, and hands them out."""

    def __init__(self, context: Context, files: FileStore, *, max_bytes: int) -> None:
        self._context = context
        self._files = files
        self._max_bytes = max_bytes

    def upload(
        self,
        actor: Actor,
        *,
        file_name: str,
        content: bytes,
        document_id: str | None = None,
        process_instance_key: int | None = None,
        properties: Mapping[str, object] | None = None,
        expires_at: datetime | None = None,
    ) -> DocumentRow:
        """Store a file. Its type is what its bytes say, not what the sender claims.

        Raises InvalidInput for a file that is not accepted, Conflict for an id that is taken,
        StorageFull when the disk is full; nothing of the file is kept then.
        """
        if not permissions.is_staff(actor):
            refuse(self._context, actor, "only staff upload documents")
        facts = examine(content, file_name, max_bytes=self._max_bytes)
        id = document_id or uuid.uuid4().hex
        sha256 = sha256_of(content)
        coming = self._files.announce(sha256)

        def work(command: Command) -> DocumentRow:
            if documents.find(command.connection, id) is not None:
                raise Conflict(f"there is already a document {id!r}")
            documents.hold_content(command.connection, sha256)
            self._files.put(content, coming)
            reached(Point.FILE_WRITTEN)
            row = DocumentRow(
                id=id,
                sha256=sha256,
                file_name=facts.name,
                content_type=facts.media_type.value,
                size=facts.size,
                process_instance_key=process_instance_key,
                properties=dict(properties or {}),
                created_at=command.now,
                created_by=actor.username,
                expires_at=expires_at,
            )
            documents.insert(command.connection, row)
            details = {"document_id": id, "sha256": row.sha256, "size": row.size}
            if process_instance_key is None:
                command.record_system("document_uploaded", details)
            else:
                command.record(process_instance_key, "document_uploaded", payload=details)
            return row

        try:
            return run(self._context, actor, work)
        finally:
            self._context.database.afterwards(lambda: self._settle(coming))

    def content(self, actor: Actor, id: str) -> tuple[DocumentRow, BinaryIO]:
        """Return what is known of a file and its bytes; the caller closes the stream.

        Raises NotFound also for a file that the actor may not see.
        """
        with self._context.database.read() as connection:
            row = documents.find(connection, id)
            visible = row is not None and self._may_see(connection, actor, row)
        if row is None or not visible:
            raise NotFound(f"there is no document {id!r}")
        return row, self._files.open(row.sha256)

    def delete(self, actor: Actor, id: str) -> None:
        """Remove a file that belongs to no case yet; evidence of a case is never removed here."""

        def work(command: Command) -> None:
            row = documents.find(command.connection, id)
            if row is None:
                raise NotFound(f"there is no document {id!r}")
            if row.created_by != actor.username and not permissions.may_administer(actor):
                raise Forbidden(f"document {id!r} is not yours to delete")
            if row.process_instance_key is not None:
                raise Conflict(f"document {id!r} belongs to a case and is kept with it")
            documents.remove(command.connection, id)
            command.record_system("document_deleted", {"document_id": id, "sha256": row.sha256})

        with self._context.database.read() as connection:
            known = documents.find(connection, id)
        if known is None:
            raise NotFound(f"there is no document {id!r}")
        going = self._files.announce(known.sha256)
        try:
            run(self._context, actor, work)
            self._context.database.after_commit(lambda: reached(Point.FILE_ORPHANED))
        finally:
            self._context.database.afterwards(lambda: self._settle(going))

    def settle_files(self) -> None:
        """Remove the files that a crash left without a row; to be called when a node starts."""
        for announcement in self._files.announcements():
            self._settle(announcement)

    def _settle(self, announcement: Announcement) -> None:
        """Remove an announced content unless a row names it; while the database is away, later."""
        try:
            self._delete_unless_named(announcement.sha256)
        except Unavailable as error:
            _log.warning("a file is looked at again at the next start", why=str(error))
        else:
            self._files.settle(announcement)

    @begins_anew
    def _delete_unless_named(self, sha256: str) -> None:
        with self._context.database.write() as connection:
            documents.hold_content(connection, sha256)
            if not documents.count_with_content(connection, sha256):
                self._files.delete(sha256)

    def _may_see(self, connection: Connection, actor: Actor, row: DocumentRow) -> bool:
        if row.created_by == actor.username or permissions.sees_all_instances(actor):
            return True
        if row.process_instance_key is None:
            return permissions.is_staff(actor)
        instance = instances.find(connection, row.process_instance_key)
        return instance is not None and permissions.may_see_instance(actor, instance)

"""Drafts of files: saved by process owners before anything is deployed, never over each other."""

from pathlib import PurePosixPath

from engine.domain.identity import Actor
from engine.domain.search import Search, SearchResult
from engine.errors import InvalidInput, NotFound, Outdated
from engine.persistence.search.library import FILE_DRAFTS, FileDraftView
from engine.persistence.search.visibility import EVERYTHING
from engine.persistence.stores import definitions, file_drafts
from engine.persistence.stores.file_drafts import FileDraftRow
from engine.services import permissions
from engine.services.command import Command, refuse, run
from engine.services.context import Context
from engine.services.deployments import MAX_RESOURCE_BYTES

KINDS = frozenset({".bpmn", ".dmn", ".form"})
MAX_NAME = 255


class FileDraftService:
    """Keeps one draft per file name, for all process owners together."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def search(self, actor: Actor, asked: Search) -> SearchResult[FileDraftView]:
        """Return a page of drafts."""
        self._require(actor)
        with self._context.database.read() as connection:
            return FILE_DRAFTS.search(connection, asked, visible=EVERYTHING)

    def get(self, actor: Actor, name: str) -> FileDraftRow:
        """Return the draft of a file; raises NotFound."""
        self._require(actor)
        with self._context.database.read() as connection:
            row = file_drafts.find(connection, name)
        if row is None:
            raise NotFound(f"there is no draft of {name!r}")
        return row

    def save(
        self,
        actor: Actor,
        name: str,
        content: bytes,
        *,
        over: int | None,
        based_on_key: int | None = None,
    ) -> FileDraftRow:
        """Save a draft over the revision *over*, or (None) as the first one of that name.

        *based_on_key* is the definition that the draft was begun from. The content need not be
        right; `engine.services.lint` says what is not. Raises Outdated if somebody saved it
        meanwhile, InvalidInput for a name that is none of a model.
        """
        self._require(actor)
        _check(name, content)

        def work(command: Command) -> FileDraftRow:
            if based_on_key is not None and not definitions.find(command.connection, based_on_key):
                raise InvalidInput(f"there is no definition {based_on_key} to be based on")
            row = FileDraftRow(
                name=name,
                content=content,
                revision=(over or 0) + 1,
                based_on_key=based_on_key,
                saved_at=command.now,
                saved_by=actor.username,
            )
            store = file_drafts.create if over is None else file_drafts.save
            store(command.connection, row)
            return row

        return run(self._context, actor, work)

    def delete(self, actor: Actor, name: str, *, revision: int | None) -> None:
        """Throw a draft away, if nobody saved it after *revision* (Outdated)."""
        row = self.get(actor, name)
        if revision is None:
            raise Outdated(
                f"say which revision of {name} is to be thrown away",
                changed_by=row.saved_by,
                changed_at=row.saved_at,
            )

        def work(command: Command) -> None:
            file_drafts.remove(command.connection, name, revision=revision)
            command.record_system("file_draft_removed", {"name": name, "revision": revision})

        run(self._context, actor, work)

    def _require(self, actor: Actor) -> None:
        if not permissions.may_deploy(actor):
            refuse(self._context, actor, "only process owners see and save drafts of files")


def _check(name: str, content: bytes) -> None:
    if not 0 < len(name) <= MAX_NAME or not name.isprintable() or "/" in name or "\\" in name:
        raise InvalidInput(f"a file name has 1 to {MAX_NAME} characters and no folder")
    if PurePosixPath(name).suffix not in KINDS:
        raise InvalidInput(f"the name of a file ends with {', '.join(sorted(KINDS))}")
    if len(content) > MAX_RESOURCE_BYTES:
        raise InvalidInput(f"{name} is larger than {MAX_RESOURCE_BYTES} bytes")

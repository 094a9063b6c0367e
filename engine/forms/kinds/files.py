"""Files that were uploaded before the form is sent."""

from dataclasses import dataclass

from engine.domain.documents import StoredDocument
from engine.forms.dynamic import Dynamic
from engine.forms.kinds.base import Kind, Wrong, wrong_type
from engine.forms.properties import Properties
from engine.forms.scopes import Request, Scope

MAX_FILES = 50
"""Of one field that says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind(Kind):
    """``filepicker``: ids of stored documents, or references to them, become references.

    ``accept`` is what an HTML file input takes (``image/*,.pdf``). ``least`` and ``most`` are the
    custom properties ``minFiles`` and ``maxFiles``. What a client says about a file beside its id
    is thrown away: name, type and size are those that the server knows.
    """

    accept: Dynamic
    multiple: Dynamic
    least: int
    most: int

    @classmethod
    def read(cls, properties: Properties) -> "FileKind":
        """Read the accepted types and numbers."""
        custom = properties.section("properties")
        least = custom.whole("minFiles") or 0
        most = custom.whole("maxFiles")
        return cls(
            accept=properties.dynamic("accept"),
            multiple=properties.switch("multiple"),
            least=least,
            most=MAX_FILES if most is None else most,
        )

    def initial(self, value: object, request: Request) -> object:
        """Show references that a variable holds."""
        return value if isinstance(value, list) and value else None

    def check(self, value: object, scope: Scope) -> object:
        """Accept a list of stored documents (or a single one); null, "" and [] mean none."""
        if value is None or value in ("", []):
            return None
        sent = value if isinstance(value, list) else [value]
        self._check_count(len(sent), scope)
        ids = [_document_id(item) for item in sent]
        if len(set(ids)) < len(ids):
            raise Wrong("duplicate", "A file was attached twice.")
        accepted = _accepted(self.accept.value(scope))
        return [_checked(document_id, accepted, scope.request) for document_id in ids]

    def _check_count(self, count: int, scope: Scope) -> None:
        most = self.most if self.multiple.value(scope) is True else 1
        if count > most:
            raise Wrong("too-many-files", f"Attach at most {most} files.", max=most)
        if count < self.least:
            raise Wrong("too-few-files", f"Attach at least {self.least} files.", min=self.least)


def _document_id(item: object) -> str:
    identifier = item.get("documentId") if isinstance(item, dict) else item
    if not isinstance(identifier, str):
        raise wrong_type("a list of document ids or references")
    return identifier


def _accepted(accept: object) -> tuple[str, ...]:
    words = accept.split(",") if isinstance(accept, str) else []
    return tuple(word.strip().lower() for word in words if word.strip())


def _checked(document_id: str, accepted: tuple[str, ...], request: Request) -> dict[str, object]:
    document = request.find_document(document_id)
    if document is None:
        raise Wrong("unknown-document", "A file is not there; upload it again.")
    if accepted and not any(_fits(document, word) for word in accepted):
        raise Wrong(
            "media-type",
            f"{document.file_name} is of a type that is not accepted here.",
            accepted=list(accepted),
        )
    return document.reference()


def _fits(document: StoredDocument, word: str) -> bool:
    if word.startswith("."):
        return document.file_name.lower().endswith(word)
    if word.endswith("/*"):
        return document.content_type.startswith(word[:-1])
    return document.content_type == word

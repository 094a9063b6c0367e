"""A stored file as variables refer to it: the facts, never the bytes."""

from dataclasses import dataclass

STORE_ID = "redress"
"""Name of the document store in references, as Camunda 8 has one per connected store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """What the server knows of a file; clients may claim otherwise. ``size`` is in bytes."""

    document_id: str
    file_name: str
    content_type: str
    size: int
    sha256: str

    def reference(self) -> dict[str, object]:
        """Return the JSON by which a variable refers to it (Camunda 8 ``DocumentReference``)."""
        return {
            "camunda.document.type": "camunda",
            "storeId": STORE_ID,
            "documentId": self.document_id,
            "contentHash": self.sha256,
            "metadata": {
                "contentType": self.content_type,
                "fileName": self.file_name,
                "size": self.size,
            },
        }

"""Documents: files that belong to cases."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.models import Key, Model, Moment
from api.v2.models.common import Json, Name, optional

DocumentId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
STORE_ID = "redress"


class DocumentMetadata(Model):
    """What the sender says about a file. Type and size are what its bytes say."""

    content_type: Name = optional()
    file_name: Name = optional()
    expires_at: Moment = optional()
    size: int = optional()
    process_definition_id: Name = optional()
    process_instance_key: Key = optional()
    custom_properties: dict[Name, Json] = Field(default_factory=dict)


class DocumentMetadataResponse(Model):
    """What is known about a file."""

    content_type: str
    file_name: str
    expires_at: Moment | None
    size: int
    process_definition_id: str | None = None
    process_instance_key: Key | None
    custom_properties: dict[str, object]


class DocumentReference(Model):
    """A stored file; a process variable may hold this as it is."""

    document_type: Literal["camunda"] = Field(default="camunda", alias="camunda.document.type")
    store_id: str = STORE_ID
    document_id: str
    content_hash: str | None
    metadata: DocumentMetadataResponse


class DocumentUploadOptions(Model):
    """Where the file goes and under which id."""

    store_id: Literal["redress"] = optional()
    document_id: DocumentId = optional()


class DocumentQuery(Model):
    """Which store, and the hash that the reference carried."""

    store_id: Literal["redress"] = optional()
    content_hash: Name = optional()

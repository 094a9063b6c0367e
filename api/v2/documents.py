"""``/v2/documents``: photos and papers."""

from collections.abc import Iterator
from typing import BinaryIO

from api.content import Content, Multipart, Part
from api.context import Context
from api.operation import operation
from api.v2.models.documents import (
    DocumentMetadata,
    DocumentMetadataResponse,
    DocumentQuery,
    DocumentReference,
    DocumentUploadOptions,
)
from api.validation import read_json
from engine.documents import MediaType, download_headers
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.persistence.stores.documents import DocumentRow

TAG = "Document"
CHUNK_BYTES = 64 * 1024


@operation(
    "POST",
    "/v2/documents",
    tag=TAG,
    status=201,
    summary="Upload a document",
    errors=(Forbidden, Conflict, InvalidInput),
    parts=(
        Part(name="file", description="A photograph, PDF, text, CSV, DOCX or XLSX file."),
        Part(
            name="metadata",
            description="JSON: fileName, processInstanceKey, expiresAt, customProperties.",
            is_file=False,
            required=False,
        ),
    ),
)
def create_document(
    context: Context, query: DocumentUploadOptions, parts: Multipart
) -> DocumentReference:
    """Store a file. Its type is what its bytes say; name and size are bounded.

    The answer may be a process variable as it is.
    """
    (upload,) = parts.files
    metadata = read_json(DocumentMetadata, parts.fields.get("metadata", "{}").encode())
    stored = context.application.documents.upload(
        context.actor,
        file_name=metadata.file_name or upload.file_name,
        content=upload.read(),
        document_id=query.document_id,
        process_instance_key=metadata.process_instance_key,
        properties=metadata.custom_properties,
        expires_at=metadata.expires_at,
    )
    return _reference(stored)


@operation(
    "GET",
    "/v2/documents/<string:document_id>",
    tag=TAG,
    summary="Download a document",
    errors=(NotFound,),
    media_type="application/octet-stream",
)
def get_document(context: Context, document_id: str, query: DocumentQuery) -> Content:
    """Return the file with headers under which a browser saves it and never runs it.

    With `contentHash`, the file must be the one that the reference was made for.
    """
    row, stream = context.application.documents.content(context.actor, document_id)
    if query.content_hash not in (None, row.sha256):
        stream.close()
        raise NotFound(f"there is no document {document_id!r} with that content")
    return Content(
        body=_chunks(stream),
        media_type=row.content_type,
        headers=download_headers(row.file_name, MediaType(row.content_type)),
    )


@operation(
    "DELETE",
    "/v2/documents/<string:document_id>",
    tag=TAG,
    status=204,
    summary="Delete a document",
    errors=(NotFound, Forbidden, Conflict),
)
def delete_document(context: Context, document_id: str, query: DocumentQuery) -> None:
    """Remove a file that belongs to no case; what belongs to one is kept with it."""
    del query
    context.application.documents.delete(context.actor, document_id)


def _reference(row: DocumentRow) -> DocumentReference:
    return DocumentReference(
        document_id=row.id,
        content_hash=row.sha256,
        metadata=DocumentMetadataResponse(
            content_type=row.content_type,
            file_name=row.file_name,
            expires_at=row.expires_at,
            size=row.size,
            process_instance_key=row.process_instance_key,
            custom_properties=dict(row.properties),
        ),
    )


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk

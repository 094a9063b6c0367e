"""Imports: a diagram of any tool, translated to our dialect, with all that must be known."""

from engine.domain.identity import Actor
from engine.errors import Forbidden
from engine.importer import ImportResult, import_bpmn
from engine.services import permissions


def import_file(actor: Actor, *, file_name: str, content: bytes) -> ImportResult:
    """Translate one BPMN file; nothing is stored or deployed.

    Raises:
        Forbidden: The actor has no role.
    """
    if not permissions.is_staff(actor):
        raise Forbidden("only staff import models")
    return import_bpmn(content, resource_name=file_name)

"""What comes out of an import."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """A file in our dialect and what must be known about it.

    ``executable`` says that no finding is an error and the engine accepts ``bpmn``. ``bpmn`` is
    empty when the bytes were refused. ``forms`` are the forms of added decisions, by file name;
    they belong to the same deployment. ``original`` is what came in, unchanged.
    """

    executable: bool
    bpmn: bytes
    findings: tuple[Finding, ...]
    original: bytes
    forms: Mapping[str, bytes]

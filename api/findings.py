"""How findings are shown by the API."""

from collections.abc import Iterable

from api.models import Model
from engine.domain.findings import Finding, Severity


class FindingResult(Model):
    """One thing that a process owner must know about one element of one file."""

    rule: str
    resource: str
    element_id: str | None
    severity: Severity
    message_en: str
    message_zh: str
    mend_en: str
    mend_zh: str


def shown(findings: Iterable[Finding]) -> list[FindingResult]:
    """Return the findings as the API shows them."""
    return [FindingResult.model_validate(f, from_attributes=True) for f in findings]

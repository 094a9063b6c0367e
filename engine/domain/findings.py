"""What is wrong with a model, by element, in the words of the person who drew it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: an error refuses the deployment, the others inform."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a process owner must know about one element of one file.

    ``rule`` is a stable id such as ``unsupported-element``; ``message_en`` and ``message_zh``
    say what is wrong and ``mend_en`` and ``mend_zh`` what to do about it, without jargon.
    """

    rule: str
    resource: str
    element_id: str | None
    severity: Severity
    message_en: str
    message_zh: str
    mend_en: str = ""
    mend_zh: str = ""

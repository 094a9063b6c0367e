"""What is wrong with a model, by element, in the words of the person who drew it."""

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Rule:
    """The texts of one rule: what is so, and how to mend it. ``{...}`` is filled in per finding."""

    en: str
    zh: str
    mend_en: str = ""
    mend_zh: str = ""
    severity: Severity = Severity.ERROR

    def finding(
        self, rule: str, *, resource: str, element_id: str | None, parts: Mapping[str, object]
    ) -> Finding:
        """Return what this rule, whose id is *rule*, says about an element.

        The Chinese text may ask for ``{what_zh}``; a part that is given without it, because it is
        a name of the file or of BPMN, stands there as it is.
        """
        parts = {f"{name}_zh": part for name, part in parts.items()} | dict(parts)
        return Finding(
            rule=rule,
            resource=resource,
            element_id=element_id,
            severity=self.severity,
            message_en=self.en.format(**parts),
            message_zh=self.zh.format(**parts),
            mend_en=self.mend_en.format(**parts),
            mend_zh=self.mend_zh.format(**parts),
        )

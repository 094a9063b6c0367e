"""Typed reading of a component's properties; what is wrong becomes a finding, not an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.domain.findings import Finding, Severity
from engine.errors import ExpressionError, LimitExceeded
from engine.forms.dynamic import Dynamic


@dataclass(slots=True, kw_only=True)
class Report:
    """Collects what is wrong with one form file."""

    resource: str
    findings: list[Finding] = field(default_factory=list)

    def error(self, rule: str, element_id: str | None, message_en: str, message_zh: str) -> None:
        """Add a finding that refuses the deployment."""
        self.findings.append(
            Finding(
                rule=rule,
                resource=self.resource,
                element_id=element_id,
                severity=Severity.ERROR,
                message_en=message_en,
                message_zh=message_zh,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """The properties of one component, or of a section of it.

    ``element_id`` is what findings call the component; ``prefix`` names the section, such as
    ``validate.``.
    """

    values: Mapping[str, object]
    element_id: str
    report: Report
    prefix: str = ""

    def error(self, rule: str, message_en: str, message_zh: str) -> None:
        """Report something wrong with this component."""
        self.report.error(
            rule,
            self.element_id,
            f"Field “{self.element_id}”: {message_en.rstrip('.')}.",
            f"字段“{self.element_id}”:{message_zh}。",
        )

    def value(self, name: str) -> object:
        """Return a property as it is written; null and absent are both None."""
        return self.values.get(name)

    def text(self, name: str) -> str:
        """Return a text; an empty one when absent."""
        value = self.value(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong(name, "a text", "文本")
            return ""
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self.value(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._wrong(name, "true or false", "true 或 false")
            return default
        return value

    def whole(self, name: str) -> int | None:
        """Return a whole number from 0, also when written as text; None when absent."""
        value = self.value(name)
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self._wrong(name, "a whole number from 0", "不小于 0 的整数")
            return None
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Return one of the *allowed* words."""
        word = self.text(name) or default
        if word not in allowed:
            words = ", ".join(allowed)
            self._wrong(name, f"one of {words}", f"下列之一:{words}")
            return default
        return word

    def section(self, name: str) -> "Properties":
        """Return the properties inside the object *name*; none when it is absent."""
        value = self.value(name)
        if value is not None and not isinstance(value, dict):
            self._wrong(name, "an object", "对象")
        return Properties(
            values=value if isinstance(value, dict) else {},
            element_id=self.element_id,
            report=self.report,
            prefix=f"{self.prefix}{name}.",
        )

    def dynamic(self, name: str) -> Dynamic:
        """Return a property that may be a FEEL expression."""
        try:
            return Dynamic.read(self.value(name))
        except (ExpressionError, LimitExceeded) as error:
            self.error(
                "form-expression",
                f"the expression in “{self.prefix}{name}” does not compile: {error}",
                f"“{self.prefix}{name}”中的表达式无法编译:{error}",
            )
            return Dynamic()

    def switch(self, name: str) -> Dynamic:
        """Return a property that is true, false or a FEEL expression."""
        switch = self.dynamic(name)
        if not (switch.literal is None or isinstance(switch.literal, bool)):
            self._wrong(name, "true, false or an expression", "true、false 或表达式")
        return switch

    def _wrong(self, name: str, expected_en: str, expected_zh: str) -> None:
        self.error(
            "form-property",
            f"“{self.prefix}{name}” must be {expected_en}",
            f"“{self.prefix}{name}”必须是{expected_zh}",
        )

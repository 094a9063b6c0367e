"""Collects what is wrong with a DMN file."""

from engine.domain.findings import Finding, Severity
from engine.errors import ExpressionError, LimitExceeded


class Issues:
    """The findings of one file, in the order in which they were met."""

    def __init__(self, resource_name: str) -> None:
        self._resource_name = resource_name
        self.findings: list[Finding] = []

    def add(
        self,
        rule: str,
        element_id: str | None,
        message_en: str,
        message_zh: str,
        *,
        mend_en: str = "",
        mend_zh: str = "",
    ) -> None:
        """Record an error about an element."""
        self.findings.append(
            Finding(
                rule=rule,
                resource=self._resource_name,
                element_id=element_id or None,
                severity=Severity.ERROR,
                message_en=message_en,
                message_zh=message_zh,
                mend_en=mend_en,
                mend_zh=mend_zh,
            )
        )

    def bad_expression(
        self, element_id: str | None, text: str, error: ExpressionError | LimitExceeded
    ) -> None:
        """Record that a FEEL text does not compile."""
        position = error.position if isinstance(error, ExpressionError) else None
        where = "" if position is None else f" (character {position + 1})"
        where_zh = "" if position is None else f"（第 {position + 1} 个字符）"
        self.add(
            "expression-error",
            element_id,
            f"The expression {text!r} is not valid FEEL{where}: {error}",
            f"表达式 {text!r} 不是有效的 FEEL{where_zh}：{error}",
            mend_en="Correct the expression.",
            mend_zh="请更正表达式。",
        )

    def unsupported(self, element_id: str | None, what_en: str, what_zh: str) -> None:
        """Record that the file uses something that is not executed."""
        self.add(
            "unsupported-element",
            element_id,
            f"{what_en} is not executed.",
            f"不支持执行：{what_zh}。",
            mend_en="Draw the decision without it.",
            mend_zh="请改用其他方式表达该决策。",
        )

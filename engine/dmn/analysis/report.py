"""Words of the findings about decision tables, in both languages."""

from collections.abc import Mapping

from engine.dmn.analysis.grid import UnknownCell
from engine.domain.findings import Finding, Severity

MAX_LISTED = 10
"""Findings of one rule about one table; one more says that there are others."""


class Report:
    """Collects the findings about one table of the decision *owner*.

    None of them is an error: which inputs can really occur together, only the process knows, and
    at run time a table that contradicts itself fails by name instead of answering wrongly.
    """

    def __init__(self, resource: str, owner: str) -> None:
        self._resource = resource
        self._owner = owner
        self._counts: dict[str, int] = {}
        self.findings: list[Finding] = []

    def gap(self, example: Mapping[str, str], *, several_answers: bool) -> None:
        """No rule matches; informs only where the hit policy collects answers."""
        self._add(
            "dmn-gap",
            None,
            f"No rule matches {_english(example)}: the answer is null.",
            f"没有规则匹配{_chinese(example)}：结果为 null。",
            mend_en="Add a rule for it, or give the outputs a default.",
            mend_zh="请为该情况添加规则，或为输出设置默认值。",
            severity=Severity.INFO if several_answers else Severity.WARNING,
        )

    def overlap(
        self, rule_id: str, rules: tuple[int, int], policy: str, example: Mapping[str, str]
    ) -> None:
        """Two rules match, and the hit policy forbids it."""
        one, other = rules
        self._add(
            "dmn-overlap",
            rule_id,
            f"The rules {one} and {other} both match {_english(example)}; with the hit policy "
            f"{policy} the decision then fails.",
            f"规则 {one} 和 {other} 同时匹配{_chinese(example)}；"
            f"在命中策略 {policy} 下该决策将失败。",
            mend_en="Narrow one of the two rules, or choose another hit policy.",
            mend_zh="请缩小其中一条规则的范围，或选择其他命中策略。",
        )

    def duplicate(self, rule_id: str, rules: tuple[int, int], example: Mapping[str, str]) -> None:
        """Two rules say the same."""
        one, other = rules
        self._add(
            "dmn-duplicate-rule",
            rule_id,
            f"Rule {other} says the same as rule {one}: both match {_english(example)} and have "
            "the same outputs.",
            f"规则 {other} 与规则 {one} 相同：两者都匹配{_chinese(example)}，且输出一致。",
            mend_en="Remove one of the two rules.",
            mend_zh="请删除其中一条规则。",
        )

    def masked(self, rule_id: str, rules: tuple[int, int], example: Mapping[str, str]) -> None:
        """A rule never decides, because other rules come before it wherever it matches."""
        winner, rule = rules
        self._add(
            "dmn-unreachable-rule",
            rule_id,
            f"Rule {rule} never decides: wherever it matches, other rules come before it. For "
            f"{_english(example)} rule {winner} does.",
            f"规则 {rule} 永远不会生效：凡是它匹配的情况，都有其他规则优先。"
            f"例如{_chinese(example)}时规则 {winner} 优先。",
            mend_en="Move the rule up, narrow the others, or remove it.",
            mend_zh="请将该规则上移、缩小其他规则的范围，或删除该规则。",
        )

    def impossible(self, rule_id: str, rule: int) -> None:
        """No value at all passes the cells of a rule."""
        self._add(
            "dmn-unreachable-rule",
            rule_id,
            f"Rule {rule} never matches: no value passes all its cells.",
            f"规则 {rule} 永远不会匹配：没有任何值能满足其全部条件。",
            mend_en="Correct the cells, for example the ends of a range, or remove the rule.",
            mend_zh="请更正条件（例如区间的两端），或删除该规则。",
        )

    def cell_type(self, rule_id: str, rule: int, column: str, value: str, wanted: str) -> None:
        """A cell holds a value of another type than its column."""
        self._add(
            "dmn-cell-type",
            rule_id,
            f"Rule {rule} has {value} in the column {column!r}, whose values are of the type "
            f"{wanted!r}.",
            f"规则 {rule} 在列 {column!r} 中使用了 {value}，而该列的类型是 {wanted!r}。",
            mend_en="Correct the value, or the type of the column.",
            mend_zh="请更正该值，或更正该列的类型。",
        )

    def cell_value(self, rule_id: str, rule: int, column: str, value: str) -> None:
        """A cell holds a value that its column does not allow."""
        self._add(
            "dmn-cell-value",
            rule_id,
            f"Rule {rule} has {value} in the column {column!r}, which is not among its allowed "
            "values.",
            f"规则 {rule} 在列 {column!r} 中使用了 {value}，它不在该列允许的取值之内。",
            mend_en="Correct the value, or add it to the values of the column.",
            mend_zh="请更正该值，或将其加入该列的取值。",
        )

    def not_analysed(self, cells: tuple[UnknownCell, ...]) -> None:
        """Some cells were left out of the search for gaps and overlaps."""
        some = "; ".join(f"{each.rule}, {each.column!r}: {each.text}" for each in cells[:3])
        more = f" (+{len(cells) - 3})" if len(cells) > 3 else ""
        self._add(
            "dmn-not-analysed",
            None,
            "Gaps and overlaps are not looked for where cells do more than comparing a variable "
            f"with constants. Rule and column: {some}{more}.",
            f"若条件不只是将变量与常量比较，则不检查其遗漏与重叠。规则和列：{some}{more}。",
            severity=Severity.INFO,
        )

    def too_large(self) -> None:
        """The analysis was given up."""
        self._add(
            "dmn-not-analysed",
            None,
            "The table is too large to be checked in full for gaps and overlaps.",
            "决策表过大，未能完整检查遗漏与重叠。",
            mend_en="Split it into several decisions.",
            mend_zh="请将其拆分为多个决策。",
            severity=Severity.INFO,
        )

    def _add(
        self,
        rule: str,
        element_id: str | None,
        message_en: str,
        message_zh: str,
        *,
        mend_en: str = "",
        mend_zh: str = "",
        severity: Severity = Severity.WARNING,
    ) -> None:
        count = self._counts[rule] = self._counts.get(rule, 0) + 1
        if count > MAX_LISTED + 1:
            return
        if count == MAX_LISTED + 1:
            element_id, severity, mend_en, mend_zh = None, Severity.INFO, "", ""
            message_en = f"There are more findings of the kind {rule} about this table."
            message_zh = f"该决策表还有更多 {rule} 类问题。"
            rule = "dmn-more-findings"
        self.findings.append(
            Finding(
                rule=rule,
                resource=self._resource,
                element_id=element_id or self._owner,
                severity=severity,
                message_en=message_en,
                message_zh=message_zh,
                mend_en=mend_en,
                mend_zh=mend_zh,
            )
        )


def _english(example: Mapping[str, str]) -> str:
    return _listed(example, ", ", "any input")


def _chinese(example: Mapping[str, str]) -> str:
    return _listed(example, "，", "任何输入")


def _listed(example: Mapping[str, str], separator: str, nothing: str) -> str:
    return separator.join(f"{name} = {value}" for name, value in example.items()) or nothing

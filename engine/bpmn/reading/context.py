"""What all readers of one file share: where findings go, and the file's messages and codes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from engine.bpmn.expressions import Value, compile_value
from engine.bpmn.names import is_variable_name
from engine.bpmn.reading.xml import Element
from engine.bpmn.refuse import Findings
from engine.errors import ExpressionError, LimitExceeded
from engine.feel import refuse_unknown_functions


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of the file, as written."""

    name: str
    correlation_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file being read. ``errors`` and ``escalations`` give the code of an id,
    ``signals`` the name.

    ``functions`` are those that the host adds to FEEL, ``associations`` lead from the id of an
    element to those that a dotted line joins it with.
    """

    findings: Findings
    functions: Collection[str] = ()
    messages: Mapping[str, Message] = field(default_factory=dict)
    signals: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    escalations: Mapping[str, str] = field(default_factory=dict)
    associations: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def value(self, element_id: str, text: str) -> Value:
        """Compile *text*; one that cannot be understood or calls nobody's function is a finding."""
        try:
            value = compile_value(text)
            if value.expression is not None:
                refuse_unknown_functions(value.expression, host=self.functions)
            return value
        except (ExpressionError, LimitExceeded) as problem:
            self.findings.add(
                "expression-error", element_id, expression=text.strip(), reason=problem
            )
            return Value(text=text)

    def optional_value(self, element_id: str, text: str | None) -> Value | None:
        """Compile *text*, None when there is none."""
        return self.value(element_id, text) if text and text.strip() else None

    def static(self, element_id: str, what: str, text: str | None) -> str:
        """Return *text*, which must be there and must not be an expression."""
        stripped = (text or "").strip()
        if not stripped:
            self.findings.add("setting-missing", element_id, what=what)
        elif stripped.startswith("="):
            self.findings.add("expression-not-allowed", element_id, what=what)
        return stripped

    def variable(self, element_id: str, what: str, text: str | None) -> str:
        """Return *text*, which must be there and must name a variable."""
        name = self.static(element_id, what, text)
        if name and not name.startswith("=") and not is_variable_name(name):
            self.findings.add("invalid-value", element_id, value=name, what=what)
        return name

    def flag(self, element: Element, element_id: str, attribute: str, default: bool) -> bool:
        """Return the boolean *attribute*, written as XML Schema has it."""
        text = element.get(attribute)
        if text is None:
            return default
        if text.strip() not in ("true", "false", "1", "0"):
            self.findings.add("invalid-value", element_id, value=text, what=attribute)
            return default
        return text.strip() in ("true", "1")

"""The rules of a field's ``validate`` section, as form-js applies them.

Deliberate differences: a telephone number must be one from its first character to its last (form-js
looks at the end only), and only the first broken rule of a field is told.
"""

import re
from dataclasses import dataclass
from typing import Literal

from engine.errors import LimitExceeded
from engine.forms.dynamic import Dynamic
from engine.forms.kinds import Kind, Wrong
from engine.forms.numbers import as_decimal, javascript_length
from engine.forms.patterns import Automaton, PatternError, compile_pattern
from engine.forms.phones import is_phone
from engine.forms.properties import Properties
from engine.forms.scopes import Scope

_EMAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]+"
    r"@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*",
    re.ASCII | re.IGNORECASE,
)
"""A valid e-mail address by the HTML standard (section "Email state")."""

_MAX_EMAIL = 254
"""RFC 5321 allows a path of 256, angle brackets included."""

_BLANKS = (
    " \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What JavaScript's ``trim`` removes."""

_TYPES = ("", "custom", "email", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a field asks of its value beyond being of its kind."""

    required: bool
    least: Dynamic
    most: Dynamic
    min_length: Dynamic
    max_length: Dynamic
    pattern: Automaton | None
    pattern_source: str
    pattern_message: str
    validation_type: str

    @classmethod
    def read(cls, properties: Properties, kind: Kind) -> "Rules":
        """Read ``validate``; a rule that *kind* does not know is a mistake, not decoration."""
        for name in sorted(properties.values.keys() - kind.rules):
            properties.error(
                "form-unknown-rule",
                f"the rule “{name}” does not exist for this type of field",
                f"这种字段没有“{name}”这条规则",
            )
        return cls(
            required=properties.flag("required"),
            least=_bound(properties, "min"),
            most=_bound(properties, "max"),
            min_length=_bound(properties, "minLength"),
            max_length=_bound(properties, "maxLength"),
            pattern=_pattern(properties),
            pattern_source=properties.text("pattern"),
            pattern_message=properties.text("patternErrorMessage"),
            validation_type=properties.one_of("validationType", _TYPES, ""),
        )

    def check(self, value: object, scope: Scope) -> None:
        """Check a value that is of the right kind already.

        Raises:
            Wrong: a rule is broken.
        """
        if value is None or value is False or value in ("", []):
            if self.required:
                raise Wrong("required", "This field is required.")
            return
        self._compare(value, self.least, "min", scope)
        self._compare(value, self.most, "max", scope)
        if isinstance(value, str):
            self._check_text(value, scope)

    def _compare(
        self, value: object, bound: Dynamic, code: Literal["min", "max"], scope: Scope
    ) -> None:
        limit = bound.value(scope)
        if limit is None:
            return
        number, edge = as_decimal(value), as_decimal(limit)
        if edge is None:
            raise _no_bound(code, limit)
        if number is not None and (number < edge if code == "min" else number > edge):
            word = "at least" if code == "min" else "at most"
            raise Wrong(code, f"The value must be {word} {limit}.", **{code: limit})

    def _check_text(self, text: str, scope: Scope) -> None:
        if self.pattern is not None and not _found(self.pattern, text):
            message = self.pattern_message or "The text does not have the right form."
            raise Wrong("pattern", message, pattern=self.pattern_source)
        length = javascript_length(text.strip(_BLANKS))
        least = _length(self.min_length, "minLength", scope)
        if least is not None and length < least:
            raise Wrong("min-length", f"Write at least {least} characters.", min=least)
        most = _length(self.max_length, "maxLength", scope)
        if most is not None and length > most:
            raise Wrong("max-length", f"Write at most {most} characters.", max=most)
        self._check_type(text)

    def _check_type(self, text: str) -> None:
        if self.validation_type == "email" and not (
            len(text) <= _MAX_EMAIL and _EMAIL.fullmatch(text)
        ):
            raise Wrong("email", "This is not an e-mail address.")
        if self.validation_type == "phone" and not is_phone(text):
            raise Wrong("phone", "Write the number with its country code, such as +4930664040900.")


def _bound(properties: Properties, name: str) -> Dynamic:
    bound = properties.dynamic(name)
    if bound.expression is None and bound.literal is not None and as_decimal(bound.literal) is None:
        properties.error("form-property", f"“{name}” must be a number", f"“{name}”必须是数字")
        return Dynamic()
    return bound


def _pattern(properties: Properties) -> Automaton | None:
    source = properties.text("pattern")
    if not source:
        return None
    try:
        return compile_pattern(source)
    except PatternError as error:
        properties.error(
            "form-pattern",
            f"the pattern “{source}” cannot be used: {error}",
            f"无法使用正则表达式“{source}”:{error}",
        )
        return None


def _found(pattern: Automaton, text: str) -> bool:
    try:
        return pattern.found_in(text)
    except LimitExceeded as error:
        raise Wrong("too-long", str(error)) from None


def _length(bound: Dynamic, code: str, scope: Scope) -> int | None:
    limit = bound.value(scope)
    if limit is None:
        return None
    number = as_decimal(limit)
    if number is None or number != number.to_integral_value():
        raise _no_bound(code, limit)
    return int(number)


def _no_bound(name: str, limit: object) -> Wrong:
    return Wrong("bound", f"The form's rule {name} is not a number: {limit!r}.", rule=name)

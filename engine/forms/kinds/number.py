"""Numbers: whole ones, decimals, steps."""

from dataclasses import dataclass
from fractions import Fraction

from engine.forms.kinds.base import Kind, Wrong, wrong_type
from engine.forms.numbers import as_decimal, decimal_places, javascript_text
from engine.forms.properties import Properties
from engine.forms.scopes import Request, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberKind(Kind):
    """``number``. ``as_text``: the value is kept as text, so that no digit is lost."""

    rules = frozenset({"required", "min", "max"})

    decimal_digits: int | None
    increment: Fraction | None
    as_text: bool

    @classmethod
    def read(cls, properties: Properties) -> "NumberKind":
        """Read the number of decimals, the step and how the value is kept."""
        return cls(
            decimal_digits=properties.whole("decimalDigits"),
            increment=_increment(properties),
            as_text=properties.flag("serializeToString"),
        )

    def initial(self, value: object, request: Request) -> object:
        """Show what is a number, and nothing else."""
        if as_decimal(value) is None:
            return None
        return self._kept(value)

    def check(self, value: object, scope: Scope) -> object:
        """Accept a number with the right decimals, on a step; null and "" mean none."""
        if value is None or value == "":
            return None
        number = as_decimal(value)
        if number is None or (isinstance(value, str) and not self.as_text):
            raise wrong_type("a number")
        if self.decimal_digits is not None and decimal_places(number) > self.decimal_digits:
            raise Wrong(
                "decimal-digits",
                f"Use at most {self.decimal_digits} decimal digits.",
                max=self.decimal_digits,
            )
        if self.increment is not None and Fraction(number) % self.increment:
            step = float(self.increment)
            raise Wrong("step", f"The value must be a multiple of {step:g}.", step=step)
        return self._kept(value)

    def _kept(self, value: object) -> object:
        return javascript_text(value) if self.as_text else _number(value)


def _increment(properties: Properties) -> Fraction | None:
    source = properties.value("increment")
    if source is None or source == "":
        return None
    number = as_decimal(source)
    if number is None or number <= 0:
        properties.error(
            "form-property", "“increment” must be a number above 0", "“increment”必须是大于 0 的数"
        )
        return None
    return Fraction(number)


def _number(value: object) -> object:
    """Turn the text of a variable into a number; whole numbers stay exact."""
    if not isinstance(value, str):
        return value
    number = as_decimal(value)
    assert number is not None  # noqa: S101 - callers have parsed it
    return int(number) if number == number.to_integral_value() else float(number)

"""Numbers as JSON, JavaScript and forms write them."""

import math
import re
from decimal import Context, Decimal

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_MAX_TEXT = 60
_LARGEST_EXPONENT = 308
"""A JavaScript number reaches 1.8e308."""

_EXACT = Context(prec=2 * _LARGEST_EXPONENT)


def as_decimal(value: object) -> Decimal | None:
    """Return the exact number of a JSON number, or of text that is one; else None.

    Infinities, not-a-numbers, truth values and numbers beyond JavaScript's are none.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        number = Decimal(repr(value)) if math.isfinite(value) else None
    elif isinstance(value, int | Decimal):
        number = Decimal(value)
    elif isinstance(value, str) and len(value) <= _MAX_TEXT and _NUMBER.fullmatch(value.strip()):
        number = Decimal(value.strip())
    else:
        return None
    if number is None or not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return None
    return number


def decimal_places(number: Decimal) -> int:
    """Count the digits after the decimal point, without zeros at the end."""
    exponent = number.normalize(_EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def javascript_text(value: object) -> str:
    """Write a JSON scalar as JavaScript's ``String`` does, for ordinary magnitudes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def javascript_length(text: str) -> int:
    """Count UTF-16 code units, JavaScript's measure of text: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

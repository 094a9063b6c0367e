"""Functions of strings. A character is a Unicode code point; places count from 1."""

import base64
import uuid
from decimal import Decimal

from engine.feel.builtins.registry import builtin
from engine.feel.regex import Pattern, PatternError, compile_pattern
from engine.feel.runtime import Run


@builtin("substring(string: string, start position: number, [length: number or null])")
def substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    """Return *length* characters from a place on, or all that follow."""
    place = int(max(min(start, Decimal(len(text) + 1)), Decimal(-len(text) - 1)))
    if place == 0 or (length is not None and length < 1):
        return None
    index = place - 1 if place > 0 else max(len(text) + place, 0)
    if length is None:
        return text[index:]
    return text[index : index + int(min(length, Decimal(len(text))))]


@builtin("string length(string: string)")
def string_length(text: str) -> Decimal:
    """Return how many characters a string has."""
    return Decimal(len(text))


@builtin("upper case(string: string)")
def upper_case(text: str) -> str:
    """Return the string in capitals."""
    return text.upper()


@builtin("lower case(string: string)")
def lower_case(text: str) -> str:
    """Return the string in small letters."""
    return text.lower()


@builtin("substring before(string: string, match: string)")
def substring_before(text: str, match: str) -> str:
    """Return what stands before *match*; an empty string when it is not there."""
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after(string: string, match: string)")
def substring_after(text: str, match: str) -> str:
    """Return what stands after *match*; an empty string when it is not there."""
    return text.partition(match)[2] if match else text


@builtin("contains(string: string, match: string)")
def contains(text: str, match: str) -> bool:
    """Say whether *match* stands somewhere in the string."""
    return match in text


@builtin("starts with(string: string, match: string)")
def starts_with(text: str, match: str) -> bool:
    """Say whether the string begins with *match*."""
    return text.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(text: str, match: str) -> bool:
    """Say whether the string ends with *match*."""
    return text.endswith(match)


def _pattern(text: str, flags: str | None) -> Pattern | None:
    """Compile a pattern; null for a wrong one, as FEEL asks."""
    try:
        return compile_pattern(text, flags or "")
    except PatternError:
        return None


@builtin("matches(input: string, pattern: string, [flags: string or null])", needs_run=True)
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool | None:
    """Say whether the pattern matches somewhere in the string."""
    compiled = _pattern(pattern, flags)
    return None if compiled is None else compiled.search(text, 0, run.budget) is not None


@builtin(
    "replace(input: string, pattern: string, replacement: string, [flags: string or null])",
    needs_run=True,
)
def replace(
    run: Run, text: str, pattern: str, replacement: str, flags: str | None = None
) -> str | None:
    """Replace every match; ``$1`` is the first group, ``$0`` the whole match."""
    compiled = _pattern(pattern, flags)
    return None if compiled is None else compiled.replace(text, replacement, run.budget)


@builtin("split(string: string, delimiter: string)", needs_run=True)
def split(run: Run, text: str, delimiter: str) -> list[str] | None:
    """Cut the string wherever the pattern *delimiter* matches."""
    compiled = _pattern(delimiter, "")
    return None if compiled is None else compiled.split(text, run.budget)


@builtin("extract(input: string, pattern: string)", needs_run=True)
def extract(run: Run, text: str, pattern: str) -> list[str] | None:
    """Return all matches of a pattern."""
    compiled = _pattern(pattern, "")
    if compiled is None:
        return None
    return [text[found.start : found.end] for found in compiled.find_all(text, run.budget)]


@builtin("trim(string: string)")
def trim(text: str) -> str:
    """Return the string without blanks at either end."""
    return text.strip()


@builtin("is blank(string: string)")
def is_blank(text: str) -> bool:
    """Say whether the string has nothing but blanks."""
    return not text.strip()


@builtin("uuid()")
def new_uuid() -> str:
    """Return a random identifier."""
    return str(uuid.uuid4())


@builtin("to base64(value: string)")
def to_base64(text: str) -> str:
    """Return the string's UTF-8 bytes in Base64."""
    return base64.b64encode(text.encode()).decode()


@builtin("from base64(value: string)")
def from_base64(text: str) -> str | None:
    """Return the text whose UTF-8 bytes *text* is in Base64; null when it is none."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return None

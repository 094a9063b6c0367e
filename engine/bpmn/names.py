"""Names of variables in a diagram."""

import re

from engine.bpmn.expressions import Value

_NAME = re.compile(r"[^\W\d]\w*")
_PATH = re.compile(r"=\s*([^\W\d]\w*)(?:\.[^\W\d]\w*)*\s*")


def is_variable_name(text: str) -> bool:
    """Say whether *text* can name a variable without quoting: letters, digits, underscores."""
    return _NAME.fullmatch(text) is not None


def variable_of(value: Value | None) -> str | None:
    """Return the variable that a plain path such as ``=answer.text`` begins with, else None."""
    found = _PATH.fullmatch(value.text) if value is not None else None
    return found[1] if found else None

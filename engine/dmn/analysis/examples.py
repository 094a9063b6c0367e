"""Examples: inputs that show what a finding says, in words."""

from collections.abc import Mapping

from engine.dmn.analysis.grid import Grid, Point
from engine.feel.limits import Budget
from engine.feel.text import to_text


def values_of(grid: Grid, point: Point) -> Mapping[str, str]:
    """Return the inputs of *point* as their authors write them: expression and FEEL literal."""
    return {
        ".".join(axis.path): literal(axis.domain.samples[place])
        for axis, place in zip(grid.axes, point, strict=True)
    }


def literal(value: object) -> str:
    """Write a FEEL value as FEEL."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return (to_text([value], Budget()) or "")[1:-1]
    text = str(to_text(value, Budget()))
    return text if isinstance(value, bool | dict) or _is_number(text) else f'@"{text}"'


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdecimal()

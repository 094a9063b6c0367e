"""What a benchmark found: tables, verdicts and charts, written as a page that people read."""

import json
import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "performance.md"
IMAGES = ROOT / "docs" / "images"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"

Cell = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One number that Redress promises to reach, and what was measured."""

    what: str
    target: str
    measured: str
    is_met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Horizontal bars: a label and a value each, in one unit; ``name`` is the file's."""

    name: str
    title: str
    bars: Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One question, answered by a table; ``costs`` feed `benchmarks.load_model`."""

    title: str
    text: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    verdicts: Sequence[Verdict] = ()
    charts: Sequence[Chart] = ()
    costs: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """All sections of one run on one machine."""

    machine: dict[str, str]
    sections: list[Section] = field(default_factory=list)

    def write(self, results: Path) -> None:
        """Write the figures as JSON, as charts, and between the marks of the page."""
        results.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n")
        IMAGES.mkdir(exist_ok=True)
        for section in self.sections:
            for chart in section.charts:
                (IMAGES / f"{chart.name}.svg").write_text(svg(chart), encoding="utf-8")
        put_between_marks(PAGE, self.markdown())

    def markdown(self) -> str:
        """Return the figures as Markdown, the promises first."""
        told = "; ".join(f"{name} {value}" for name, value in self.machine.items())
        parts = [f"Measured on: {told}.", "### What was promised", self._verdicts()]
        for section in self.sections:
            parts += [f"### {section.title}", section.text]
            parts += [f"![{c.title}](../images/{c.name}.svg)" for c in section.charts]
            parts.append(table(section.head, section.rows))
        return "\n\n".join(parts)

    def _verdicts(self) -> str:
        rows = [
            (v.what, v.target, v.measured, "yes" if v.is_met else "**no**")
            for section in self.sections
            for v in section.verdicts
        ]
        return table(("what", "target", "measured", "met"), rows)


def put_between_marks(page: Path, figures: str) -> None:
    """Replace what stands between the marks of a page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{figures}\n{END}{after}", encoding="utf-8")


def between_marks(page: Path) -> str:
    """Return what stands between the marks of a page."""
    _, _, rest = page.read_text(encoding="utf-8").partition(f"{BEGIN}\n")
    return rest.partition(f"\n{END}")[0]


def machine(*, postgresql: str) -> dict[str, str]:
    """Say what the figures were measured on."""
    load = os.getloadavg()[0]
    return {
        "cores": str(os.cpu_count()),
        "load at the start": f"{load:.1f}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": postgresql,
    }


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a Markdown table; numbers get as many digits as they deserve."""
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines += ["| " + " | ".join(shown(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def shown(cell: Cell) -> str:
    """Return a number with three significant digits, anything else as it is."""
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"


_WIDTH, _LABELS, _BAR, _TOP = 720, 260, 26, 40


def svg(chart: Chart) -> str:
    """Draw the bars; text and contrast are fit for a light and a dark page."""
    most = max(value for _, value in chart.bars)
    height = _TOP + _BAR * len(chart.bars) + 8
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13">',
        f"<title>{escape(chart.title)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="24" font-weight="600" fill="#1c2733">{escape(chart.title)}</text>',
    ]
    for place, (label, value) in enumerate(chart.bars):
        y = _TOP + place * _BAR
        width = max(2, (_WIDTH - _LABELS - 90) * value / most)
        color = "#1f5a87" if label.startswith("Redress") else "#9aa7b3"
        lines += [
            f'<text x="{_LABELS - 8}" y="{y + 15}" text-anchor="end" fill="#1c2733">'
            f"{escape(label)}</text>",
            f'<rect x="{_LABELS}" y="{y + 2}" width="{width:.1f}" height="18" fill="{color}"/>',
            f'<text x="{_LABELS + width + 6:.1f}" y="{y + 15}" fill="#1c2733">'
            f"{shown(value)}</text>",
        ]
    return "\n".join([*lines, "</svg>", ""])

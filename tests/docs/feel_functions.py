"""Writes the tables of built-in functions in docs/reference/feel.md from their declarations.

python -m tests.docs.feel_functions
"""

import re
from pathlib import Path

from engine.feel.builtins import BUILTINS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "feel.md"
_SECTION = re.compile(r"(?<=<!-- functions -->\n).*?(?=<!-- end of functions -->)", re.DOTALL)
_TITLES = {
    "booleans": "Logic and missing values",
    "contexts": "Contexts",
    "conversions": "Conversion",
    "lists": "Lists",
    "numbers": "Numbers",
    "ranges": "Ranges and points (Allen's relations)",
    "statistics": "Sums and statistics",
    "strings": "Strings",
    "temporals": "Dates, times and durations",
}


def section() -> str:
    """Return the tables as the page should have them."""
    groups: dict[str, list[str]] = {module: [] for module in _TITLES}
    for function in BUILTINS.values():
        for form in function.forms:
            module = form.implementation.__module__.rpartition(".")[2]
            meaning = str(form.implementation.__doc__).splitlines()[0].replace("``", "`")
            groups[module].append(f"| `{form.signature}` | {meaning} |")
    tables = (
        f"\n### {_TITLES[module]}\n\n| function | what it gives |\n|---|---|\n" + "\n".join(rows)
        for module, rows in groups.items()
    )
    return "\n".join(tables) + "\n\n"


def section_of_page() -> str:
    """Return the tables as they stand on the page."""
    found = _SECTION.search(PAGE.read_text(encoding="utf-8"))
    assert found is not None, "the page has lost the marks around its tables"
    return found.group()


if __name__ == "__main__":
    PAGE.write_text(
        _SECTION.sub(lambda _: section(), PAGE.read_text(encoding="utf-8")), encoding="utf-8"
    )

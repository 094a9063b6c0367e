"""Writes the sections of docs/reference/findings.md about deployment, linter and importer.

python -m tests.docs.finding_rules
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from engine.bpmn.refuse import RULES as DEPLOYMENT
from engine.importer.rules import RULES as IMPORTER
from engine.lint import RULES as LINTER
from engine.services.call_cycles import RULES as CALLS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "findings.md"
_START = "## What a process needs\n"

_DEPLOYMENT = """
What deploying says about a process. Whatever would not run as drawn is refused here, so that
nothing runs wrongly later.

"""
_LINTER = """
## Soundness of processes

What may go wrong in a process that could be deployed. The files are looked at together, so lint
a process with its forms and decisions. Where jobs, messages or a start without a form may bring
any variable, a name that nothing writes is reported only if it looks like a slip of one that
something does.

"""
_IMPORTER = """
## Imported diagrams

What `redress import` and `POST /api/imports` say about a diagram of another tool, beside what the
engine says about the result. A diagram with an error can be drawn, but not deployed. What could
not be translated stays in the file, so that a deployment refuses it too.

"""


class _Rule(Protocol):
    """The part of a rule that the page shows."""

    @property
    def severity(self) -> str: ...

    @property
    def en(self) -> str: ...

    @property
    def mend_en(self) -> str: ...


def sections() -> str:
    """Return the sections as they must be."""
    parts = ((_DEPLOYMENT, {**DEPLOYMENT, **CALLS}), (_LINTER, LINTER), (_IMPORTER, IMPORTER))
    return _START + "".join(text + _table(rules) for text, rules in parts)


def sections_of_page() -> str:
    """Return the sections as they are: everything from the first of them on."""
    text = PAGE.read_text(encoding="utf-8")
    return text[text.index(_START) :]


def _table(rules: Mapping[str, _Rule]) -> str:
    lines = ["| rule | severity | says | mend |", "|---|---|---|---|"]
    lines += [f"| `{name}` | {r.severity} | {r.en} | {r.mend_en} |" for name, r in rules.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8").split(_START)[0].rstrip()
    PAGE.write_text(f"{before}\n\n{sections()}", encoding="utf-8")

"""Imports every BPMN file of a folder and says how it went.

    python -m tests.prove.import_corpus FOLDER [--each]

Counts files that were read, that are executable afterwards, and that lost a flow node without a
word (must be none). The exit code is 1 when an import raised an error, lost a node, or gave a
file that the engine's own reader calls by another verdict. ``--each`` prints a line per file.
"""

import sys
import time
from collections import Counter
from pathlib import Path

import click

from engine.domain.findings import Severity
from engine.importer import ImportResult, import_bpmn
from tests.importer.accounting import lost_nodes

_SUFFIXES = (".bpmn", ".bpmn20.xml", ".bpmn2", ".xml")


def main(arguments: list[str]) -> int:
    """Import everything below the folder and print the counts."""
    folder, *options = arguments
    files = [f for f in sorted(Path(folder).rglob("*")) if f.name.endswith(_SUFFIXES)]
    counts: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for file in files:
        line = _one(file, counts, errors)
        if "--each" in options or line.startswith(("crash", "lost")):
            click.echo(f"{line}  {file.relative_to(folder)}")
    outcomes = ", ".join(f"{number} {what}" for what, number in counts.most_common())
    click.echo(f"{len(files)} files: {outcomes}")
    click.echo("errors: " + ", ".join(f"{n} {rule}" for rule, n in errors.most_common(15)))
    return 1 if counts["crash"] or counts["lost"] else 0


def _one(file: Path, counts: Counter[str], errors: Counter[str]) -> str:
    data = file.read_bytes()
    started = time.perf_counter()
    try:
        result = import_bpmn(data, resource_name=file.name)
        lost = lost_nodes(data, result)
    except Exception as problem:
        counts["crash"] += 1
        return f"crash {problem!r}"
    outcome = _outcome(result)
    counts[outcome] += 1
    counts["lost"] += bool(lost)
    errors.update({f.rule for f in result.findings if f.severity is Severity.ERROR})
    slow = time.perf_counter() - started
    return f"lost {lost}" if lost else f"{outcome} ({slow:.2f} s)"


def _outcome(result: ImportResult) -> str:
    if result.executable:
        return "executable"
    return "drawn only" if result.bpmn else "refused"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

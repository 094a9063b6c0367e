"""Imports every BPMN file of a folder and says how it went.

    python -m tests.prove.import_corpus FOLDER [--each]

Counts files that were read, that are executable afterwards, and that lost a flow node without a
word (must be none). An executable file is deployed and started in a whole Redress on SQLite; what
only lacks a form, decision or process that is not in the file counts as lacking links. The exit
code is 1 when anything raised an error of ours, a node was lost, or an executable file was refused.
``--each`` prints a line per file.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import click

from engine.bootstrap import Application, build
from engine.domain.definitions import DefinitionKind
from engine.domain.findings import Finding, Severity
from engine.domain.identity import ENGINE
from engine.errors import DeploymentRefused, InvalidInput, LimitExceeded
from engine.importer import ImportResult, import_bpmn
from engine.settings import Settings
from tests.importer.accounting import lost_nodes

_FAULTS = ("crash", "lost", "not deployed", "not started")
_LINKS = frozenset({"missing-form", "missing-decision", "missing-process", "call-cycle"})
_SUFFIXES = (".bpmn", ".bpmn20.xml", ".bpmn2", ".xml")


def main(arguments: list[str]) -> int:
    """Import everything below the folder and print the counts."""
    folder, *options = arguments
    files = [f for f in sorted(Path(folder).rglob("*")) if f.name.endswith(_SUFFIXES)]
    counts: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        shop = build(
            Settings(
                database_url=f"sqlite:///{scratch}/corpus.db",
                document_folder=Path(scratch) / "documents",
                sqlite_synchronous="OFF",
            )
        )
        for file in files:
            line = _one(shop, file, counts, errors)
            if "--each" in options or line.startswith(_FAULTS):
                click.echo(f"{line}  {file.relative_to(folder)}")
        shop.stop()
    outcomes = ", ".join(f"{number} {what}" for what, number in counts.most_common())
    click.echo(f"{len(files)} files: {outcomes}")
    click.echo("errors: " + ", ".join(f"{n} {rule}" for rule, n in errors.most_common(15)))
    return 1 if any(counts[fault] for fault in _FAULTS) else 0


def _one(shop: Application, file: Path, counts: Counter[str], errors: Counter[str]) -> str:
    data = file.read_bytes()
    started = time.perf_counter()
    try:
        result = import_bpmn(data, resource_name=file.name)
        lost = lost_nodes(data, result)
        ran = _run(shop, result) if result.executable else ""
    except Exception as problem:
        counts["crash"] += 1
        return f"crash {problem!r}"
    outcome = _outcome(result)
    counts[outcome] += 1
    counts["lost"] += bool(lost)
    counts[ran.partition(":")[0]] += bool(ran)
    errors.update({f.rule for f in result.findings if f.severity is Severity.ERROR})
    slow = time.perf_counter() - started
    return ran if ran.startswith(_FAULTS) else f"lost {lost}" if lost else _line(outcome, ran, slow)


def _line(outcome: str, ran: str, seconds: float) -> str:
    return f"{outcome}{', ' if ran else ''}{ran} ({seconds:.2f} s)"


def _run(shop: Application, result: ImportResult) -> str:
    """Deploy what came out of an import and start its processes; say how that went."""
    files = {"model.bpmn": result.bpmn, **result.forms}
    try:
        deployment = shop.deployments.deploy(ENGINE, files)
    except DeploymentRefused as refusal:
        rules = {finding.rule for finding in refusal.findings if isinstance(finding, Finding)}
        return "lacking links" if rules <= _LINKS else f"not deployed: {sorted(rules - _LINKS)}"
    for member in deployment.members:
        if member.definition.kind is DefinitionKind.PROCESS:
            try:
                shop.instances.create(ENGINE, definition_key=member.definition.key, variables={})
            except InvalidInput as refusal:
                if "no such" not in str(refusal) and "plain start event" not in str(refusal):
                    return f"not started: {refusal}"
            except LimitExceeded:
                return "runaway"
    return "started"


def _outcome(result: ImportResult) -> str:
    if result.executable:
        return "executable"
    return "drawn only" if result.bpmn else "refused"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

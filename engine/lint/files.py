"""Lints the files of one bundle together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from engine.bpmn import ParsedBpmn, ReferenceKind, parse_process
from engine.dmn import parse_decisions
from engine.domain.findings import Finding
from engine.errors import DeploymentRefused
from engine.forms import parse_form
from engine.forms.model import FormModel
from engine.lint.compensation import check_compensation
from engine.lint.elements import check_element
from engine.lint.events import caught_signals, check_events
from engine.lint.forms import check_form
from engine.lint.graph import check_ends, contents_of
from engine.lint.joins import check_joins
from engine.lint.rules import Report
from engine.lint.variables import check_variables

_UNKNOWN = {
    ReferenceKind.FORM: "unknown-form",
    ReferenceKind.DECISION: "unknown-decision",
    ReferenceKind.PROCESS: "unknown-process",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bundle:
    """What could be read of the files; ``known`` are the ids that a link may lead to."""

    diagrams: dict[str, ParsedBpmn] = field(default_factory=dict)
    forms: dict[str, FormModel] = field(default_factory=dict)
    form_files: dict[str, FormModel] = field(default_factory=dict)
    known: set[tuple[ReferenceKind, str]] = field(default_factory=set)


def lint_files(resources: Mapping[str, bytes]) -> list[Finding]:
    """Return the findings of all files that can be read; those that cannot are passed over.

    Why a file cannot be read is said by whoever deploys it. What the engine's reader warns of
    comes first, file by file.
    """
    bundle = _Bundle()
    for name, content in resources.items():
        try:
            _read(bundle, name, content)
        except DeploymentRefused:
            continue
    findings: list[Finding] = []
    for name, diagram in bundle.diagrams.items():
        findings.extend(diagram.findings)
        findings.extend(_lint(name, diagram, bundle))
    for name, form in bundle.form_files.items():
        report = Report(name)
        check_form(form, report)
        findings.extend(report.found)
    return findings


def _read(bundle: _Bundle, name: str, content: bytes) -> None:
    match PurePosixPath(name).suffix.lower():
        case ".bpmn" | ".xml":
            diagram = parse_process(content, resource_name=name)
            bundle.diagrams[name] = diagram
            bundle.known.update(
                (ReferenceKind.PROCESS, process.process_id) for process in diagram.processes
            )
        case ".dmn":
            decisions = parse_decisions(content, resource_name=name).decisions
            bundle.known.update((ReferenceKind.DECISION, decision) for decision in decisions)
        case ".form":
            form = parse_form(content, resource_name=name)
            bundle.forms[form.form_id] = bundle.form_files[name] = form
            bundle.known.add((ReferenceKind.FORM, form.form_id))


def _lint(name: str, diagram: ParsedBpmn, bundle: _Bundle) -> list[Finding]:
    report = Report(name)
    caught = caught_signals(bundle.diagrams)
    for process in diagram.processes:
        for link in process.references:
            if (link.kind, link.reference.id) not in bundle.known:
                report.add(_UNKNOWN[link.kind], link.element_id, id=link.reference.id)
    for drawn in diagram.drawn:
        check_compensation(drawn.content, report)
        for content in contents_of(drawn.content):
            check_ends(content, report)
            check_joins(content, report)
            check_events(content, caught, report)
            for node in content.nodes.values():
                check_element(node, report)
        check_variables(drawn, bundle.forms, report)
    return report.found

"""The passes of an import, in their order."""

from collections.abc import Callable, Mapping
from typing import cast

from lxml import etree

from engine.importer import (
    diagram,
    events,
    expressions,
    flows,
    gateways,
    identity,
    judge,
    neutral,
    pools,
    source,
    vendors,
)
from engine.importer.draft import Draft
from engine.importer.result import ImportResult
from engine.importer.rules import Report
from engine.importer.xml import MODELER, MODELER_URI, ZEEBE_URI, Element, unset

_PLATFORM_VERSION = "8.9.0"
_SPIFF = "spiffworkflow.org"

_PASSES: tuple[Callable[[Draft], None], ...] = (
    neutral.neutralise,
    identity.identify,
    diagram.repair,
    flows.mend_flows,
    pools.separate_pools,
    events.stitch_links,
    events.question_events,
    expressions.translate_expressions,
    vendors.translate_settings,
    flows.draw_splits,
    gateways.mend_gateways,
    flows.make_explicit,
)


def import_bpmn(data: bytes, *, resource_name: str) -> ImportResult:
    """Translate a BPMN file of any tool.

    Nothing is refused but bytes that are no BPMN 2.0 XML; even then the result says why.

    Args:
        data: The file, in any encoding that it declares or marks.
        resource_name: Its name, for the findings.
    """
    report = Report(resource_name)
    try:
        root = source.read(data, report)
    except source.Unreadable as problem:
        part = "what" if problem.rule == "import-not-bpmn" else "reason"
        report.add(problem.rule, None, **{part: problem})
        return ImportResult(
            executable=False, bpmn=b"", findings=report.findings, original=data, forms={}
        )
    draft = Draft(root=_in_our_dialect(root), report=report, python_conditions=_is_spiff(root))
    for change in _PASSES:
        change(draft)
    _stand_in(draft, resource_name)
    bpmn = judge.written(draft)
    report.take(judge.verdict(bpmn, resource_name))
    return ImportResult(
        executable=not report.has_errors,
        bpmn=bpmn,
        findings=report.findings,
        original=data,
        forms=draft.forms,
    )


def _stand_in(draft: Draft, resource_name: str) -> None:
    """Ask the engine again and again while a person can take over what it refuses."""
    for _ in range(judge.MAX_ROUNDS):
        flows.rewrite_ends(draft)
        if not judge.stand_in(draft, judge.verdict(judge.written(draft), resource_name)):
            return
        flows.make_explicit(draft)
    flows.rewrite_ends(draft)


def _is_spiff(root: Element) -> bool:
    return any(_SPIFF in str(uri) for uri in root.nsmap.values())


def _in_our_dialect(root: Element) -> Element:
    """Return the same file, declared to be of our platform."""
    names = root.nsmap
    for prefix, uri in (("zeebe", ZEEBE_URI), ("modeler", MODELER_URI)):
        if uri not in names.values() and prefix not in names:
            names[prefix] = uri
    declared = etree.Element(
        root.tag,
        attrib={str(name): str(value) for name, value in root.attrib.items()},
        nsmap=cast("Mapping[str, str]", names),
    )
    declared.text = root.text
    declared.extend(list(root))
    declared.set(f"{MODELER}executionPlatform", "Camunda Cloud")
    declared.set(f"{MODELER}executionPlatformVersion", _PLATFORM_VERSION)
    unset(declared, "expressionLanguage")
    unset(declared, "typeLanguage")
    return declared

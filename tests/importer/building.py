"""Small foreign BPMN files, written piece by piece, and what an import makes of them."""

from lxml import etree

from engine.importer import ImportResult, import_bpmn

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:operaton="http://operaton.org/schema/1.0/bpmn"'
    ' xmlns:flowable="http://flowable.org/bpmn"'
    ' xmlns:activiti="http://activiti.org/bpmn"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI" {more} targetNamespace="t">'
)


def file_of(process: str, *, beside: str = "", more: str = "", executable: str = "true") -> bytes:
    """Write a file with one process ``p``; *beside* stands beside it."""
    flag = f'isExecutable="{executable}"' if executable else ""
    head = _HEAD.replace("{more}", more)
    return f'{head}{beside}<process id="p" {flag}>{process}</process></definitions>'.encode()


def between(node: str, node_id: str = "x") -> str:
    """Put one node between a start and an end event."""
    return f'<startEvent id="s"/>{node}<endEvent id="e"/>' + flows(("s", node_id), (node_id, "e"))


def flows(*pairs: tuple[str, str]) -> str:
    """Write sequence flows; their ids are ``source_target``."""
    return "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs
    )


def imported(data: bytes) -> ImportResult:
    """Import a file."""
    return import_bpmn(data, resource_name="foreign.bpmn")


def rules(result: ImportResult) -> set[str]:
    """Return the rules of all findings."""
    return {finding.rule for finding in result.findings}


def found(result: ImportResult, rule: str) -> set[str | None]:
    """Return the elements that *rule* was found at."""
    return {finding.element_id for finding in result.findings if finding.rule == rule}


def element(result: ImportResult, element_id: str) -> etree._Element:
    """Return an element of the translated file."""
    return next(e for e in etree.fromstring(result.bpmn).iter("{*}*") if e.get("id") == element_id)


def kind(result: ImportResult, element_id: str) -> str:
    """Return the tag of an element of the translated file."""
    return str(element(result, element_id).tag).rpartition("}")[2]


def settings(result: ImportResult, element_id: str) -> dict[str, dict[str, str]]:
    """Return the ``zeebe:`` settings of an element, each with its attributes."""
    holder = element(result, element_id).find(f"{BPMN}extensionElements")
    parts = [] if holder is None else holder.iterchildren(f"{ZEEBE}*")
    return {str(p.tag).removeprefix(ZEEBE): {str(k): str(v) for k, v in p.items()} for p in parts}


def flow_pairs(result: ImportResult) -> set[tuple[str, str]]:
    """Return source and target of every sequence flow."""
    root = etree.fromstring(result.bpmn)
    return {
        (flow.get("sourceRef", ""), flow.get("targetRef", ""))
        for flow in root.iter(f"{BPMN}sequenceFlow")
    }


def condition(result: ImportResult, flow_id: str) -> str:
    """Return the condition of a flow."""
    return element(result, flow_id).findtext(f"{BPMN}conditionExpression") or ""

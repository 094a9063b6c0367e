"""Which flow nodes of a file are neither in what runs after an import nor in a finding?"""

from lxml import etree

from engine.importer import ImportResult

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_NODES = (
    *("task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask"),
    *("businessRuleTask", "callActivity", "subProcess", "transaction", "adHocSubProcess"),
    *("exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway"),
    *("eventBasedGateway", "startEvent", "endEvent", "intermediateCatchEvent"),
    *("intermediateThrowEvent", "boundaryEvent"),
)


def flow_nodes(data: bytes) -> list[etree._Element]:
    """Return every flow node of a file, wherever it is."""
    root = etree.fromstring(data, etree.XMLParser(recover=True))
    return [] if root is None else list(root.iter(*(_BPMN + name for name in _NODES)))


def lost_nodes(data: bytes, result: ImportResult) -> list[str]:
    """Return the ids of nodes that went in and are neither in a running process nor named."""
    if not result.bpmn:
        return []
    running = {
        node.get("id")
        for node in flow_nodes(result.bpmn)
        if any(p.get("isExecutable") == "true" for p in node.iterancestors(f"{_BPMN}process"))
    }
    spoken = "\n".join(finding.message_en for finding in result.findings)
    named = {finding.element_id for finding in result.findings}
    return [
        node.get("id", "")
        for node in flow_nodes(data)
        if node.get("id")
        and node.get("id") not in running | named
        and node.get("id", "") not in spoken
    ]

"""Names of BPMN's vocabulary, and small steps through a tree of it."""

from lxml import etree

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMN = f"{{{MODEL}}}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
ZEEBE_URI = "http://camunda.org/schema/zeebe/1.0"
ZEEBE = f"{{{ZEEBE_URI}}}"
MODELER_URI = "http://camunda.org/schema/modeler/1.0"
MODELER = f"{{{MODELER_URI}}}"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"

Element = etree._Element

TASKS = frozenset(
    {
        "task",
        "manualTask",
        "userTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
        "callActivity",
    }
)
SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = TASKS | SUB_PROCESSES
GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "complexGateway",
        "eventBasedGateway",
    }
)
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)
CHOREOGRAPHY = frozenset({"choreographyTask", "subChoreography", "callChoreography"})
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS | CHOREOGRAPHY | {"event", "implicitThrowEvent"}
"""Every flow node of BPMN 2.0, by its tag."""


def local_name(element: Element) -> str:
    """Return the tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_bpmn(element: Element) -> bool:
    """Tell whether *element* belongs to BPMN's own vocabulary."""
    return str(element.tag).startswith(BPMN)


def is_node(element: Element) -> bool:
    """Tell whether *element* is a flow node."""
    return is_bpmn(element) and local_name(element) in FLOW_NODES


def nodes_in(container: Element) -> list[Element]:
    """Return the flow nodes directly in a process or sub-process."""
    return [element for element in container if is_node(element)]


def flows_in(container: Element) -> list[Element]:
    """Return the sequence flows directly in a process or sub-process."""
    return list(container.iterchildren(f"{BPMN}sequenceFlow"))


def containers(root: Element) -> list[Element]:
    """Return every process and sub-process, in document order."""
    return list(root.iter(f"{BPMN}process", *(BPMN + name for name in SUB_PROCESSES)))


def text_of(element: Element | None) -> str:
    """Return all text of *element*, stripped; empty when there is none."""
    return "" if element is None else "".join(str(part) for part in element.itertext()).strip()


def flag(element: Element, name: str) -> bool:
    """Return a boolean attribute, false if it is not there."""
    return (element.get(name) or "").strip() in ("true", "1")


def unset(element: Element, name: str) -> None:
    """Remove an attribute, if it is there."""
    if name in element.attrib:
        del element.attrib[name]


def remove(element: Element) -> None:
    """Take *element* out of the tree and keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def name_of(element: Element) -> str:
    """Return what a person calls *element*: its name, else its id."""
    return (element.get("name") or "").strip() or element.get("id", "")


def event_definitions(element: Element) -> list[Element]:
    """Return the event definitions of an event, shared ones included."""
    return [
        part
        for part in element
        if is_bpmn(part) and local_name(part).lower().endswith(("eventdefinition", "definitionref"))
    ]

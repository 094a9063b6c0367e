"""A small builder of BPMN files in the Camunda 8 dialect, for tests that need many of them."""

import re
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://redress/tests">
"""


def id_of(kind: str, name: str) -> str:
    """Return the id of a message, signal, error or escalation: an expression's without signs."""
    return f"{kind}_{re.sub(r'[^A-Za-z0-9_.-]', '_', name)}"


def element(tag: str, element_id: str, *parts: str, settings: str = "", **attributes: str) -> str:
    """Write one BPMN element; *settings* are its extension elements."""
    given = {"id": element_id, **attributes}
    inside = (
        f"<bpmn:extensionElements>{settings}</bpmn:extensionElements>" if settings else ""
    ) + "".join(parts)
    written = " ".join(f"{name}={quoteattr(value)}" for name, value in given.items())
    return f"<bpmn:{tag} {written}>{inside}</bpmn:{tag}>"


def setting(name: str, /, *parts: str, **attributes: str) -> str:
    """Write one ``zeebe:`` extension element."""
    written = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<zeebe:{name} {written}>{''.join(parts)}</zeebe:{name}>"


def mapping(inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> str:
    """Write an input/output mapping: target by source expression."""
    lines = [setting("input", source=s, target=t) for t, s in (inputs or {}).items()]
    lines += [setting("output", source=s, target=t) for t, s in (outputs or {}).items()]
    return setting("ioMapping", *lines)


def timer(kind: str, text: str) -> str:
    """Write a timer event definition; *kind* is Date, Duration or Cycle."""
    tag = f"bpmn:time{kind}"
    return (
        "<bpmn:timerEventDefinition>"
        f'<{tag} xsi:type="bpmn:tFormalExpression">{escape(text)}</{tag}>'
        "</bpmn:timerEventDefinition>"
    )


def loop(collection: str, *, sequential: bool = False, condition: str = "", **settings: str) -> str:
    """Write multi-instance characteristics."""
    inner = setting("loopCharacteristics", inputCollection=collection, **settings)
    inside = f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"
    if condition:
        inside += f"<bpmn:completionCondition>{escape(condition)}</bpmn:completionCondition>"
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"{inside}</bpmn:multiInstanceLoopCharacteristics>"
    )


def standard_loop(
    condition: str = "", *, maximum: int | None = None, test_before: bool = False
) -> str:
    """Write standard loop characteristics."""
    attributes = f'testBefore="{str(test_before).lower()}"'
    if maximum is not None:
        attributes += f' loopMaximum="{maximum}"'
    inside = f"<bpmn:loopCondition>{escape(condition)}</bpmn:loopCondition>" if condition else ""
    return (
        f"<bpmn:standardLoopCharacteristics {attributes}>{inside}"
        "</bpmn:standardLoopCharacteristics>"
    )


class Content:
    """What a process or sub-process holds, written piece by piece."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._flows = 0

    def add(
        self, tag: str, element_id: str, *parts: str, settings: str = "", **attributes: str
    ) -> "Content":
        """Add any element."""
        self.parts.append(element(tag, element_id, *parts, settings=settings, **attributes))
        return self

    def start(self, element_id: str = "start", *parts: str, settings: str = "") -> "Content":
        """Add a start event."""
        return self.add("startEvent", element_id, *parts, settings=settings)

    def end(self, element_id: str = "end", *parts: str, settings: str = "") -> "Content":
        """Add an end event."""
        return self.add("endEvent", element_id, *parts, settings=settings)

    def user(
        self, element_id: str, *parts: str, settings: str = "", **attributes: str
    ) -> "Content":
        """Add a user task."""
        own = setting("userTask") + settings
        return self.add("userTask", element_id, *parts, settings=own, **attributes)

    def job(
        self,
        element_id: str,
        *parts: str,
        settings: str = "",
        type: str = "work",
        **attributes: str,
    ) -> "Content":
        """Add a service task."""
        own = setting("taskDefinition", type=type) + settings
        return self.add("serviceTask", element_id, *parts, settings=own, **attributes)

    def script(
        self,
        element_id: str,
        expression: str,
        variable: str,
        *parts: str,
        settings: str = "",
        **attributes: str,
    ) -> "Content":
        """Add a script task."""
        own = setting("script", expression=expression, resultVariable=variable) + settings
        return self.add("scriptTask", element_id, *parts, settings=own, **attributes)

    def call(
        self,
        element_id: str,
        *parts: str,
        process: str = "child",
        settings: str = "",
        undoes: bool = False,
        **attributes: str,
    ) -> "Content":
        """Add a call activity; *attributes* are those of ``zeebe:calledElement``."""
        own = setting("calledElement", processId=process, **attributes) + settings
        marker = {"isForCompensation": "true"} if undoes else {}
        return self.add("callActivity", element_id, *parts, settings=own, **marker)

    def exclusive(self, element_id: str, **attributes: str) -> "Content":
        """Add an exclusive gateway."""
        return self.add("exclusiveGateway", element_id, **attributes)

    def parallel(self, element_id: str) -> "Content":
        """Add a parallel gateway."""
        return self.add("parallelGateway", element_id)

    def sub(
        self,
        element_id: str,
        content: "Content",
        *parts: str,
        settings: str = "",
        **attributes: str,
    ) -> "Content":
        """Add an embedded sub-process."""
        return self.add(
            "subProcess", element_id, *parts, content.inside(), settings=settings, **attributes
        )

    def boundary(
        self,
        element_id: str,
        host: str,
        *parts: str,
        interrupting: bool = True,
        settings: str = "",
    ) -> "Content":
        """Add an event on the edge of *host*."""
        return self.add(
            "boundaryEvent",
            element_id,
            *parts,
            settings=settings,
            attachedToRef=host,
            cancelActivity=str(interrupting).lower(),
        )

    def undone_by(self, host: str, handler: str) -> "Content":
        """Let *handler* undo *host*: the event ``<host>_undone`` on its edge leads to it."""
        event = f"{host}_undone"
        self.boundary(event, host, caught("compensate"))
        return self.add("association", f"{event}_by", sourceRef=event, targetRef=handler)

    def transaction(self, element_id: str, content: "Content", *parts: str) -> "Content":
        """Add a transaction."""
        return self.add("transaction", element_id, *parts, content.inside())

    def flow(self, source: str, target: str, condition: str = "", flow_id: str = "") -> "Content":
        """Add a sequence flow."""
        self._flows += 1
        inside = (
            f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{escape(condition)}'
            "</bpmn:conditionExpression>"
            if condition
            else ""
        )
        name = flow_id or f"{source}_to_{target}_{self._flows}"
        self.parts.append(element("sequenceFlow", name, inside, sourceRef=source, targetRef=target))
        return self

    def chain(self, *ids: str) -> "Content":
        """Add sequence flows from each element to the next."""
        for source, target in pairwise(ids):
            self.flow(source, target)
        return self

    def inside(self) -> str:
        """Return what has been added."""
        return "\n".join(self.parts)


class Diagram(Content):
    """A file with one executable process."""

    def __init__(self, process_id: str = "process", settings: str = "") -> None:
        super().__init__()
        self.process_id = process_id
        self._settings = settings
        self._top: list[str] = []

    def message(self, name: str, key: str = "=case_number") -> "Diagram":
        """Add a message; its id is ``message_<name>``."""
        inner = setting("subscription", correlationKey=key) if key else ""
        self._top.append(element("message", id_of("message", name), settings=inner, name=name))
        return self

    def signal(self, name: str) -> "Diagram":
        """Add a signal; its id is ``signal_<name>``."""
        self._top.append(element("signal", id_of("signal", name), name=name))
        return self

    def error(self, code: str) -> "Diagram":
        """Add an error; its id is ``error_<code>``."""
        self._top.append(element("error", id_of("error", code), errorCode=code))
        return self

    def escalation(self, code: str) -> "Diagram":
        """Add an escalation; its id is ``escalation_<code>``."""
        self._top.append(element("escalation", id_of("escalation", code), escalationCode=code))
        return self

    def xml(self) -> bytes:
        """Return the file."""
        process = element(
            "process",
            self.process_id,
            self.inside(),
            settings=self._settings,
            isExecutable="true",
        )
        return (_HEAD + "".join(self._top) + process + "</bpmn:definitions>").encode()


def caught(kind: str, code: str = "") -> str:
    """Write the definition of a message, signal, error or escalation event by name or code."""
    reference = f' {kind}Ref="{id_of(kind, code)}"' if code else ""
    return f"<bpmn:{kind}EventDefinition{reference}/>"


def condition(text: str, **settings: str) -> str:
    """Write a conditional event definition; *settings* are those of its filter."""
    chosen = setting("conditionalFilter", **settings) if settings else ""
    inner = f"<bpmn:extensionElements>{chosen}</bpmn:extensionElements>" if chosen else ""
    return (
        f"<bpmn:conditionalEventDefinition>{inner}"
        f'<bpmn:condition xsi:type="bpmn:tFormalExpression">{escape(text)}</bpmn:condition>'
        "</bpmn:conditionalEventDefinition>"
    )


def link(name: str) -> str:
    """Write a link event definition."""
    return f"<bpmn:linkEventDefinition name={quoteattr(name)}/>"


def compensation(activity: str | None = None, *, waits: bool = True) -> str:
    """Write a compensation that is thrown, of everything or of one activity."""
    reference = f' activityRef="{activity}"' if activity else ""
    return f'<bpmn:compensateEventDefinition{reference} waitForCompletion="{str(waits).lower()}"/>'


TERMINATE = "<bpmn:terminateEventDefinition/>"

"""The conformance table: every BPMN construct, what becomes of it, and a file that shows it.

python -m tests.bpmn.conformance      # writes docs/reference/bpmn.md anew
"""

from dataclasses import dataclass
from pathlib import Path

from tests.bpmn.build import (
    TERMINATE,
    Content,
    Diagram,
    caught,
    condition,
    element,
    link,
    loop,
    standard_loop,
    timer,
)

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "bpmn.md"

_SIGNAL = "reaches all who wait when it is thrown, in every instance; never kept"
RUNS, DRAWN, REFUSED = "runs", "drawing only", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One construct: the verdict, its limits in words, and a probe that the verdict is true of."""

    name: str
    verdict: str
    note: str
    probe: Diagram


def _base() -> Diagram:
    diagram = Diagram().message("m", key="=1").error("e").escalation("e").signal("s")
    return diagram.start().user("u").end().chain("start", "u", "end")


def _on_the_way(tag: str, *parts: str, **attributes: str) -> Diagram:
    return _base().add(tag, "it", *parts, **attributes).flow("u", "it")


def _edge(definition: str, *, interrupting: bool = True) -> Diagram:
    diagram = _base().end("after").boundary("it", "u", definition, interrupting=interrupting)
    return diagram.flow("it", "after")


def _handler(definition: str) -> Diagram:
    inner = Content().end("out").chain("in", "out")
    inner.parts.append(element("startEvent", "in", definition))
    return _base().sub("it", inner, triggeredByEvent="true")


def _start(definition: str) -> Diagram:
    return _base().start("it", definition).flow("it", "u")


def _marked(*parts: str, **attributes: str) -> Diagram:
    return _base().user("it", *parts, **attributes).flow("u", "it")


def _jump() -> Diagram:
    diagram = _on_the_way("intermediateThrowEvent", link("l")).end("there")
    return diagram.add("intermediateCatchEvent", "land", link("l")).flow("land", "there")


def _events() -> Diagram:
    diagram = _on_the_way("eventBasedGateway")
    diagram.add("intermediateCatchEvent", "c", caught("message", "m")).flow("it", "c")
    return diagram.add("intermediateCatchEvent", "t", timer("Duration", "PT1H")).flow("it", "t")


def _sub(tag: str) -> Diagram:
    inside = Content().start("in").end("out").chain("in", "out").inside()
    return _on_the_way(tag, inside)


def _undone(tag: str) -> Diagram:
    diagram = _on_the_way(tag, caught("compensate")).user("undo", isForCompensation="true")
    return diagram.undone_by("u", "undo")


def _undone_by_event() -> Diagram:
    handler = Content().end("undone").chain("asked", "undone")
    handler.parts.append(element("startEvent", "asked", caught("compensate")))
    inner = Content().start("in").end("out").chain("in", "out")
    inner.sub("it", handler, triggeredByEvent="true")
    return _base().sub("part", inner).flow("u", "part")


def _cancelled() -> Diagram:
    inner = Content().start("in").end("out", caught("cancel")).chain("in", "out")
    diagram = _base().transaction("it", inner).flow("u", "it").end("after")
    return diagram.boundary("left", "it", caught("cancel")).flow("left", "after")


def _rows() -> list[Row]:
    hour = timer("Duration", "PT1H")
    message, error, escalation = caught("message", "m"), caught("error", "e"), caught("escalation")
    signal, conditional = caught("signal", "s"), condition("=x")
    found: list[Row] = []

    def add(name: str, verdict: str, probe: Diagram, note: str = "") -> None:
        found.append(Row(name=name, verdict=verdict, note=note, probe=probe))

    add("task, manual task", RUNS, _on_the_way("manualTask"), "the token passes, as in Camunda 8")
    add("user task", RUNS, _base(), "with `zeebe:userTask` and a linked form")
    add("service, send task", RUNS, _base().job("it").flow("u", "it"), "as jobs")
    add("receive task", RUNS, _on_the_way("receiveTask", messageRef="message_m"))
    add("script task", RUNS, _base().script("it", "=1", "x").flow("u", "it"), "FEEL, or a job")
    add("call activity", RUNS, _base().call("it").flow("u", "it"), "200 instances in one command")
    add("sub-process", RUNS, _sub("subProcess"), "20 deep; one plain start event")
    add("multi-instance", RUNS, _marked(loop("=[1]")), "over a collection; 10 000 tokens")
    add("exclusive gateway", RUNS, _on_the_way("exclusiveGateway"))
    add("parallel gateway", RUNS, _on_the_way("parallelGateway"), "counts per flow, also in loops")
    add("inclusive gateway", RUNS, _on_the_way("inclusiveGateway"), "join of BPMN 2.0, 13.3.3")
    add("event-based gateway", RUNS, _events(), "timers, messages, signals, conditions")
    add(
        "conditional flow out of an activity",
        RUNS,
        _base().end("other").flow("u", "other", "=true"),
        "none true and no other way is an incident",
    )
    add("link event", RUNS, _jump(), "within one process or sub-process")
    starts = (("plain", ""), ("message", message), ("timer", hour), ("signal", signal))
    for name, definition in starts:
        probe = _start(definition) if definition else _base()
        add(f"start event: {name}", RUNS, probe)
    add("start event: conditional", REFUSED, _start(conditional))
    waits = (
        ("message", message),
        ("timer", hour),
        ("signal", signal),
        ("conditional", conditional),
    )
    for name, definition in waits:
        add(f"intermediate catch: {name}", RUNS, _on_the_way("intermediateCatchEvent", definition))
    for name, definition in (*waits, ("error", error), ("escalation", escalation)):
        note = "always interrupting" if name == "error" else "interrupting or not"
        if name == "conditional":
            note += "; happens again only after it was false"
        add(f"boundary: {name}", RUNS, _edge(definition), note)
        add(f"event sub-process: {name}", RUNS, _handler(definition), note)
    add("boundary: compensation", RUNS, _undone("endEvent"), "with an associated handler")
    add("event sub-process: compensation", RUNS, _undone_by_event(), "inside a sub-process")
    for name, tag in (("intermediate throw", "intermediateThrowEvent"), ("end event", "endEvent")):
        note = "handlers run one after the other, the last done first; not into called processes"
        add(f"{name}: compensation", RUNS, _undone(tag), note)
    note = "undone, then left by its cancel event; no multi-instance"
    add("transaction, cancel end event, boundary: cancel", RUNS, _cancelled(), note)
    add("intermediate throw: plain", RUNS, _on_the_way("intermediateThrowEvent"))
    thrown = caught("escalation", "e")
    add("intermediate throw: escalation", RUNS, _on_the_way("intermediateThrowEvent", thrown))
    add("intermediate throw: signal", RUNS, _on_the_way("intermediateThrowEvent", signal), _SIGNAL)
    ends = (
        ("error", error),
        ("escalation", thrown),
        ("signal", signal),
        ("terminate", TERMINATE),
    )
    for name, definition in ends:
        add(f"end event: {name}", RUNS, _on_the_way("endEvent", definition))
    data = _base().add("dataObjectReference", "it")
    add("data object, data store, data association", DRAWN, data, "a warning says so")
    for tag in ("complexGateway", "adHocSubProcess"):
        add(tag, REFUSED, _on_the_way(tag) if tag == "complexGateway" else _sub(tag))
    rounds = _marked(standard_loop("=again", maximum=3))
    add("standard loop", RUNS, rounds, "with a condition or a maximum")
    add("start event: cancel", REFUSED, _handler(caught("cancel")))
    add("parallel multiple event", REFUSED, _on_the_way("endEvent", parallelMultiple="true"))
    return found


ROWS = _rows()


def page() -> str:
    """Return the reference page."""
    lines = [
        "# BPMN: what runs",
        "",
        "Every construct runs as BPMN 2.0 and Camunda 8 say, or is refused by name when it is",
        "deployed. The table is written by `python -m tests.bpmn.conformance` from probes that a",
        "test deploys; random models of what runs are compared with an independent token game",
        "(`python -m tests.prove.bpmn_oracle`). One command is bounded to 50 000 steps, 10 000",
        "tokens and 15 seconds; beyond that it is refused and the stored state stands.",
        "",
        "| construct | verdict | limits |",
        "|---|---|---|",
    ]
    lines += [f"| {row.name} | {row.verdict} | {row.note} |" for row in ROWS]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""Random models for the oracle: each as a BPMN file and as the graph that the token game plays.

Whatever throws or terminates comes right behind a user task, so that nothing else moves in the
same step: BPMN does not say which of two moving tokens comes first.
"""

import random
from collections.abc import Iterable
from itertools import pairwise

from tests.bpmn.build import (
    TERMINATE,
    Content,
    Diagram,
    caught,
    compensation,
    element,
    link,
    loop,
    standard_loop,
)
from tests.prove.oracle_events import SIGNALS, awaited, mapped_work
from tests.prove.oracle_graph import Flow, Graph, Node, Undo
from tests.prove.oracle_part import Part

Ends = tuple[str, str]
CODES = ("e1", "e2")


class Maker:
    """Makes one model from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._count = 0
        self._messages: list[str] = []

    def model(self) -> tuple[Diagram, Graph]:
        """Return the file and the graph."""
        diagram = Diagram()
        part = self._fill(Part(diagram), 4)
        for _ in range(self._random.choice((0, 0, 1, 2))):
            self._handler(part, 2)
        for name in self._messages:
            diagram.message(name, key="=1")
        for name in SIGNALS:
            diagram.signal(name)
        for code in CODES:
            diagram.error(code).escalation(code)
        return diagram, part.graph

    # -- parts -----------------------------------------------------------------------------------

    def _fill(
        self, part: Part, depth: int, definition: str = "", interrupting: bool = True
    ) -> Part:
        start, end = self._name("start"), self._name("end")
        written = element("startEvent", start, definition, isInterrupting=str(interrupting).lower())
        part.content.parts.append(written)
        part.content.end(end)
        part.graph.start = part.node("start", start).id
        part.node("end", end)
        first, last = self._sequence(part, depth)
        part.flow(start, first)
        part.flow(last, end)
        return part

    def _sequence(self, part: Part, depth: int) -> Ends:
        blocks = [self._block(part, depth - 1) for _ in range(self._random.randint(1, 3))]
        for (_, last), (first, _) in pairwise(blocks):
            part.flow(last, first)
        return blocks[0][0], blocks[-1][1]

    def _block(self, part: Part, depth: int) -> Ends:
        leaves = [
            self._work,
            self._work,
            self._work,
            self._script,
            self._catch,
            self._escalate,
            self._broadcast,
            self._compensate,
        ]
        blocks = [
            self._fork,
            self._fork,
            self._exclusive,
            self._inclusive,
            self._inclusive,
            self._round,
            self._sub,
            self._sub,
            self._many,
            self._first_event,
            self._side_way,
            self._jump,
            self._stop,
            self._stop,
        ]
        return self._random.choice(leaves + blocks if depth > 0 else leaves)(part, depth)

    def _name(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    # -- leaves ----------------------------------------------------------------------------------

    def _work(self, part: Part, _: int) -> Ends:
        kind = self._random.choice(("user", "user", "job", "call"))
        name = self._name(kind[0])
        mapped = self._random.random() < 0.2
        getattr(part.content, kind)(name, settings=mapped_work(name) if mapped else "")
        part.node(kind, name).mapped = mapped
        if self._random.random() < 0.3:
            self._edge(part, name, 0, errors=kind != "user")
        self._undo(part, name, 0)
        return name, name

    def _script(self, part: Part, _: int) -> Ends:
        name = self._name("n")
        part.content.script(name, f"=if {name} = null then 1 else {name} + 1", name)
        part.node("script", name)
        return name, name

    def _catch(self, part: Part, _: int) -> Ends:
        name = self._awaiting(part, ())
        return name, name

    def _awaiting(self, part: Part, others: Iterable[Node]) -> str:
        """Make a catching event that waits for something else than *others* do."""
        name = self._name("c")
        awaits, definition = awaited(self._random, name, others)
        mapped = awaits.kind == "message" and self._random.random() < 0.3
        settings = mapped_work(name, inputs=False) if mapped else ""
        part.content.add("intermediateCatchEvent", name, definition, settings=settings)
        node = part.node("catch", name)
        node.awaits, node.mapped = awaits, mapped
        self._messages.append(name)
        return name

    def _broadcast(self, part: Part, _: int) -> Ends:
        before, name = self._user(part), self._name("sig")
        signal = self._random.choice(SIGNALS)
        part.content.add("intermediateThrowEvent", name, caught("signal", signal))
        part.node("signal", name).code = signal
        part.flow(before, name)
        return before, name

    def _user(self, part: Part) -> str:
        name = self._name("u")
        part.content.user(name)
        part.node("user", name)
        return name

    def _escalate(self, part: Part, _: int) -> Ends:
        before, name = self._user(part), self._name("esc")
        code = self._random.choice(CODES)
        part.content.add("intermediateThrowEvent", name, caught("escalation", code))
        part.node("escalation", name).code = code
        part.flow(before, name)
        return before, name

    # -- blocks ----------------------------------------------------------------------------------

    def _gateway(self, part: Part, kind: str, **attributes: str) -> str:
        name = self._name({"xor": "x", "and": "p", "or": "o"}[kind])
        tag = {"xor": "exclusive", "and": "parallel", "or": "inclusive"}[kind] + "Gateway"
        part.content.add(tag, name, **attributes)
        part.node(kind, name)
        return name

    def _fork(self, part: Part, depth: int) -> Ends:
        split, join = self._gateway(part, "and"), self._gateway(part, "and")
        for _ in range(self._random.randint(2, 3)):
            first, last = self._sequence(part, depth - 1)
            part.flow(split, first)
            part.flow(last, join)
        return split, join

    def _choice(self, part: Part, kind: str, join: str, depth: int) -> Ends:
        """Make a split with conditions and a default; its ways lead to *join*."""
        name = f"{self._name('w')}"
        tag = {"xor": "exclusiveGateway", "or": "inclusiveGateway", "user": "userTask"}[kind]
        ways = self._random.randint(2, 4)
        firsts = []
        for _ in range(ways):
            first, last = self._sequence(part, depth - 1)
            part.flow(last, join)
            firsts.append(first)
        default = f"{name}_{ways - 1}_{firsts[-1]}"
        if kind == "user":
            part.content.user(name, default=default)
        else:
            part.content.add(tag, name, default=default)
        part.node(kind, name)
        for way, first in enumerate(firsts):
            last = way == ways - 1
            part.flow(name, first, None if last else way, default=last)
        return name, join

    def _exclusive(self, part: Part, depth: int) -> Ends:
        return self._choice(part, "xor", self._gateway(part, "xor"), depth)

    def _inclusive(self, part: Part, depth: int) -> Ends:
        kind = self._random.choice(("or", "or", "user"))
        return self._choice(part, kind, self._gateway(part, "or"), depth)

    def _round(self, part: Part, depth: int) -> Ends:
        top = self._gateway(part, self._random.choice(("xor", "or")))
        name, after = self._name("more"), self._gateway(part, "xor")
        first, last = self._sequence(part, depth - 1)
        user = self._user(part)
        part.content.exclusive(name, default=f"{name}_1_{after}")
        part.node("xor", name)
        part.flow(top, first)
        part.flow(last, user)
        part.flow(user, name)
        part.flow(name, top, 0)
        part.flow(name, after, default=True)
        return top, after

    def _sub(self, part: Part, depth: int) -> Ends:
        name = self._name("sub")
        inner = self._inside(depth)
        part.content.sub(name, inner.content)
        part.node("sub", name).inner = inner.graph
        for _ in range(self._random.choice((0, 1, 1, 2))):
            self._edge(part, name, depth)
        self._undo(part, name, depth)
        return name, name

    def _inside(self, depth: int) -> Part:
        inner = self._fill(Part(Content()), depth - 1)
        for _ in range(self._random.choice((0, 0, 1, 2))):
            self._handler(inner, depth - 1)
        if self._random.random() < 0.2:
            self._undo_by_event(inner, depth - 1)
        return inner

    # -- what undoes -----------------------------------------------------------------------------

    def _undo(self, part: Part, name: str, depth: int) -> None:
        """Perhaps give the activity *name* a compensation handler."""
        if self._random.random() < 0.5:
            return
        handler, event = self._name("undo"), f"{name}_undone"
        kind = self._random.choice(("user", "job", "call", "trace", "many", "sub"))
        if kind == "sub":
            inner = self._inside(depth - 1)
            part.content.sub(handler, inner.content, isForCompensation="true")
            part.node("sub", handler).inner = inner.graph
        elif kind == "trace":
            seen = f"=append(if {handler} = null then [] else {handler}, loopCounter)"
            part.content.script(handler, seen, handler, isForCompensation="true")
            part.node("trace", handler)
        elif kind == "many":
            marker = loop(
                "=[1, 2]", outputCollection=f"out_{handler}", outputElement="=loopCounter"
            )
            part.content.user(handler, marker, isForCompensation="true")
            part.node("user", handler).items = 2
        else:
            marker = {"undoes": True} if kind == "call" else {"isForCompensation": "true"}
            getattr(part.content, kind)(handler, **marker)
            part.node(kind, handler)
        part.content.undone_by(name, handler)
        part.graph.nodes[name].undo = Undo(event, part.graph.nodes[handler])
        part.undoable.append(name)

    def _undo_by_event(self, part: Part, depth: int) -> None:
        """Add an event sub-process that undoes the sub-process."""
        name = self._name("h")
        inner = self._fill(Part(Content()), depth, caught("compensate"))
        part.content.sub(name, inner.content, triggeredByEvent="true")
        part.graph.undo = Node(name, "undo", inner=inner.graph)

    def _compensate(self, part: Part, _: int) -> Ends:
        before, name = self._user(part), self._name("back")
        wanted = self._random.choice((None, *part.undoable[-2:]))
        node = part.node("compensate", name)
        node.code, node.waits = wanted, self._random.random() < 0.8
        thrown = compensation(wanted, waits=node.waits)
        part.content.add("intermediateThrowEvent", name, thrown)
        part.flow(before, name)
        return before, name

    def _edge(self, part: Part, host: str, depth: int, *, errors: bool = True) -> None:
        """Put an event on the edge of *host*; what it starts ends by itself or joins the rest."""
        edges = part.graph.nodes[host].edges
        kinds = ("awaited", "error", "escalation") if errors else ("awaited",)
        made = self._happening("b", kinds, edges)
        if made is None:
            return
        edge, definition = made
        name = edge.id
        part.content.boundary(name, host, definition, interrupting=edge.interrupting)
        part.edge(host, edge)
        first, last = self._sequence(part, depth - 1)
        part.flow(name, first)
        end = self._name("end")
        part.content.end(end)
        part.node("end", end)
        part.flow(last, end)

    def _handler(self, part: Part, depth: int) -> None:
        """Add an event sub-process."""
        kinds = ("awaited", "awaited", "error", "escalation")
        made = self._happening("h", kinds, part.graph.handlers)
        if made is None:
            return
        handler, definition = made
        inner = self._fill(Part(Content()), depth, definition, handler.interrupting)
        part.content.sub(handler.id, inner.content, triggeredByEvent="true")
        handler.inner = inner.graph
        part.graph.handlers.append(handler)

    def _happening(
        self, prefix: str, kinds: tuple[str, ...], others: list[Node]
    ) -> tuple[Node, str] | None:
        """Choose what may happen to an activity or a scope besides *others*, and write it."""
        kind = self._random.choice(kinds)
        node = Node(self._name(prefix), kind)
        node.interrupting = kind == "error" or self._random.random() < 0.5
        if kind == "awaited":
            node.awaits, definition = awaited(
                self._random, node.id, others, repeats=not node.interrupting
            )
            self._messages.append(node.id)
            return node, definition
        node.code = self._random.choice((*CODES, None))
        if (kind, node.code) in {(other.kind, other.code) for other in others}:
            return None
        return node, caught(kind, node.code or "")

    def _many(self, part: Part, depth: int) -> Ends:
        """Make a multi-instance user task or sub-process, or one with a standard loop."""
        name, items = self._name("many"), self._random.randint(0, 3)
        if self._random.random() < 0.3:
            return self._again(part, name, depth)
        sequential = self._random.random() < 0.5
        enough = self._random.choice((None, None, 1, 2))
        marker = loop(
            f"={list(range(items))}",
            sequential=sequential,
            condition=f"=numberOfCompletedInstances >= {enough}" if enough else "",
            outputCollection=f"out_{name}",
            outputElement="=loopCounter",
        )
        node = self._marked(part, name, marker, depth)
        node.items, node.sequential, node.enough = items, sequential, enough
        self._undo(part, name, depth)
        return name, name

    def _again(self, part: Part, name: str, depth: int) -> Ends:
        """Make a standard loop that ends by its condition, by its maximum, or by either."""
        wanted, maximum = self._random.randint(0, 3), self._random.randint(1, 3)
        match self._random.choice(("condition", "maximum", "either", "none", "before")):
            case "condition":
                marker, rounds = standard_loop(f"=loopCounter < {wanted}"), max(wanted, 1)
            case "maximum":
                marker, rounds = standard_loop(maximum=maximum), maximum
            case "either":
                marker = standard_loop(f"=loopCounter < {wanted}", maximum=maximum)
                rounds = min(max(wanted, 1), maximum)
            case "none":
                marker, rounds = standard_loop("=false", test_before=True), 0
            case _:
                marker = standard_loop("=true", maximum=maximum, test_before=True)
                rounds = maximum
        node = self._marked(part, name, marker, depth)
        node.items, node.sequential, node.collects = rounds, True, False
        self._undo(part, name, depth)
        return name, name

    def _marked(self, part: Part, name: str, marker: str, depth: int) -> Node:
        """Make a user task or a sub-process that is gone through several times."""
        if self._random.random() < 0.5:
            part.content.user(name, marker)
            node = part.node("user", name)
        else:
            inner = Part(Content())
            start, end, user = self._name("start"), self._name("end"), self._user(inner)
            inner.content.start(start).end(end)
            inner.graph.start = inner.node("start", start).id
            inner.node("end", end)
            first, last = self._sequence(inner, depth - 1)
            inner.flow(start, first)
            inner.flow(last, user)
            inner.flow(user, end)
            part.content.sub(name, inner.content, marker)
            node = part.node("sub", name)
            node.inner = inner.graph
        return node

    def _first_event(self, part: Part, depth: int) -> Ends:
        name, merge = self._name("ev"), self._gateway(part, "xor")
        part.content.add("eventBasedGateway", name)
        part.node("gateway", name)
        events: list[Node] = []
        for _ in range(2):
            event = self._awaiting(part, events)
            events.append(part.graph.nodes[event])
            first, last = self._sequence(part, depth - 1)
            part.flow(name, event)
            part.flow(event, first)
            part.flow(last, merge)
        return name, merge

    def _side_way(self, part: Part, depth: int) -> Ends:
        """Make a task with two ways out, one of which ends by itself."""
        user, end = self._user(part), self._name("end")
        after = self._gateway(part, "xor")
        part.content.end(end)
        part.node("end", end)
        first, last = self._sequence(part, depth - 1)
        part.flow(user, after)
        part.flow(user, first)
        part.flow(last, end)
        return user, after

    def _jump(self, part: Part, _: int) -> Ends:
        throw, catch = self._name("throw"), self._name("land")
        part.content.add("intermediateThrowEvent", throw, link(throw))
        part.content.add("intermediateCatchEvent", catch, link(throw))
        part.node("throw", throw).flows.append(Flow(f"{throw}-", catch))
        part.node("land", catch)
        return throw, catch

    def _stop(self, part: Part, depth: int) -> Ends:
        """Make a sub-process one of whose ways ends it, leaves it by an error or undoes it."""
        name, inner = self._name("sub"), self._inside(depth)
        split, user = self._name("x"), self._user(inner)
        kind = self._random.choice(("terminate", "error", "compensate", "cancel", "cancel"))
        end, code = self._name("stop"), self._random.choice(CODES)
        definitions = {
            "terminate": TERMINATE,
            "error": caught("error", code),
            "compensate": compensation(),
            "cancel": caught("cancel"),
        }
        inner.content.end(end, definitions[kind])
        inner.node(kind, end).code = code if kind == "error" else None
        inner.content.parallel(split)
        inner.node("and", split)
        old = inner.graph.nodes[inner.graph.start].flows[0].target
        inner.flow(split, user)
        inner.flow(user, end)
        self._restart(inner, split, old)
        if kind == "cancel":
            part.content.transaction(name, inner.content)
        else:
            part.content.sub(name, inner.content)
        part.node("sub", name).inner = inner.graph
        if kind in ("error", "cancel"):
            self._way_out(part, name, kind)
        self._undo(part, name, depth)
        return name, name

    def _restart(self, inner: Part, split: str, old: str) -> None:
        """Put *split* between the start event and what came behind it."""
        first = inner.graph.start
        written = inner.content.parts
        flow = inner.graph.nodes[first].flows.pop()
        written[:] = [part for part in written if f'id="{flow.id}"' not in part[:200]]
        inner.flow(first, split)
        inner.flow(split, old)

    def _way_out(self, part: Part, host: str, kind: str) -> None:
        name, end = self._name("b"), self._name("end")
        part.content.boundary(name, host, caught(kind)).end(end)
        part.edge(host, Node(name, kind))
        part.node("end", end)
        part.flow(name, end)

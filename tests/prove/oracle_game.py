"""The token game: BPMN's execution semantics on plain graphs, without the engine.

Nothing here is shared with `engine.bpmn`. A graph is a scope's nodes; a token stands at a node of
an open scope. `Game.run` moves tokens first come first served until all of them wait; `waits`
says what may happen next. Written from BPMN 2.0 chapter 13 (and Camunda 8 for what it leaves
open: an interrupted scope begins no further event sub-process).
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator

from tests.prove.oracle_graph import (
    Entry,
    Flow,
    Graph,
    Node,
    Plan,
    Scope,
    Token,
    Undoing,
    Wait,
)

WORK = ("user", "job", "call")


class Game:
    """Plays a graph; ``choose(node, way)`` answers conditions."""

    def __init__(self, graph: Graph, choose: Callable[[str, int], bool]) -> None:
        self.choose = choose
        self.completed: Counter[str] = Counter()
        self.terminated: Counter[str] = Counter()
        self.variables: dict[str, object] = {}
        self.ended = False
        self.thrown: list[tuple[str, list[Wait]]] = []
        self._visits = 0
        self._queue: deque[Token] = deque()
        self.root = Scope(graph, None)
        self._put(self.root, graph.start, "")

    def run(self) -> None:
        """Move until everything waits."""
        while self._queue or self._merge():
            token = self._queue.popleft()
            if token.state == "queued":
                self._visit(token)

    def waits(self) -> list[Wait]:
        """Return what may happen, oldest first."""
        scopes = [] if self.ended else self._scopes(self.root)
        found = [wait for scope in scopes for wait in self._waits_of(scope)]
        return sorted(found, key=lambda wait: wait.since)

    def who_awaits(self, signal: str) -> list[Wait]:
        """Return who waits for a signal, oldest first."""
        return [
            wait
            for wait in self.waits()
            if wait.kind == "signal" and wait.node.awaits and wait.node.awaits.name == signal
        ]

    def still(self, wait: Wait) -> bool:
        """Say whether what *wait* stands for may still happen."""
        return any(w.who is wait.who and w.name == wait.name for w in self.waits())

    def throw(self, token: Token, kind: str, code: str) -> bool:
        """Throw an error or escalation at *token*; whether anything catches it."""
        current: Token | None = token
        while current is not None:
            edge = _best([e for e in current.node.edges if current.body is None], kind, code)
            if edge is not None:
                self._edge(current, edge)
                return True
            if current.body is not None:
                current = current.body
                continue
            scope = current.scope
            handler = None if scope.interrupted else _best(scope.graph.handlers, kind, code)
            if handler is not None:
                self._handle(scope, handler)
                return True
            current = scope.owner
        return False

    # -- one visit -------------------------------------------------------------------------------

    def _visit(self, token: Token) -> None:
        node = token.node
        self._visits += 1
        token.since = self._visits
        if node.items is not None and token.body is None:
            self._loop(token)
        elif node.kind in ("and", "or") and self._joins(token):
            token.state = "joining"
            if node.kind == "and":
                self._join(token)
        elif node.kind in (*WORK, "catch", "gateway"):
            token.state = "active"
        elif node.kind == "sub":
            token.state = "active"
            self._open(token, node)
        else:
            self._do(token)

    def _do(self, token: Token) -> None:
        node = token.node
        if node.kind in ("script", "trace"):
            self._write(token)
        elif node.kind in ("compensate", "cancel"):
            undoes = self._compensate if node.kind == "compensate" else self._cancel
            if undoes(token):
                return
        elif node.kind in ("error", "escalation"):
            token.state = "active"
            self.throw(token, node.kind, node.code or "")
            if node.kind == "error" or token not in token.scope.tokens:
                return
        elif node.kind == "signal":
            self.thrown.append((node.code or "", self.who_awaits(node.code or "")))
        elif node.kind == "terminate":
            for other in list(token.scope.tokens):
                if other is not token:
                    self._kill(other)
        self._leave(token)

    def _write(self, token: Token) -> None:
        """Let a script count its visits, or a trace note the loop counter that it sees."""
        if token.node.kind == "script":
            self.variables[token.node.id] = int(str(self.variables.get(token.node.id, 0))) + 1
            return
        seen = self.variables.get(token.node.id, [])
        assert isinstance(seen, list)
        self.variables[token.node.id] = [*seen, _counter(token)]

    def _leave(self, token: Token) -> None:
        self.completed[token.node.id] += 1
        self._remember(token)
        if token.body is not None:
            self._end_iteration(token)
            return
        scope = token.scope
        scope.tokens.remove(token)
        if token.plan is not None and self._next(scope, token.plan):
            return
        for flow in self._chosen(token.node):
            self._put(scope, flow.target, flow.id)
        self._close(scope)

    def _close(self, scope: Scope) -> None:
        if scope.tokens:
            return
        if scope.owner is None:
            self.ended = True
        else:
            scope.owner.inside.remove(scope)
            scope.owner.done = scope.done
            self._leave(scope.owner)

    def _chosen(self, node: Node) -> list[Flow]:
        true = [f for f in node.flows if f.way is not None and self.choose(node.id, f.way)]
        default = [f for f in node.flows if f.default]
        if node.kind == "xor":
            return (true or default or node.flows)[:1]
        plain = [f for f in node.flows if f.way is None and not f.default]
        return plain + (true or default)

    def _put(self, scope: Scope, node_id: str, flow: str) -> None:
        token = Token(scope.graph.nodes[node_id], scope, flow)
        scope.tokens.append(token)
        self._queue.append(token)

    # -- joins -----------------------------------------------------------------------------------

    def _incoming(self, scope: Scope, node: Node) -> list[str]:
        flows = [f for n in _all(scope.graph) for f in n.flows]
        return [f.id for f in flows if f.target == node.id]

    def _joins(self, token: Token) -> bool:
        return len(self._incoming(token.scope, token.node)) > 1

    def _join(self, token: Token) -> bool:
        """Fire a parallel join that has a token on every flow."""
        there = self._at(token)
        if len(there) < len(self._incoming(token.scope, token.node)):
            return False
        self._fire(token, there)
        return True

    def _at(self, token: Token) -> dict[str, Token]:
        found: dict[str, Token] = {}
        for other in token.scope.tokens:
            if other.node is token.node and other.state == "joining":
                found.setdefault(other.flow, other)
        return found

    def _fire(self, token: Token, there: dict[str, Token]) -> None:
        for other in there.values():
            if other is not there[token.flow]:
                token.scope.tokens.remove(other)
        self._leave(there[token.flow])

    def _merge(self) -> bool:
        """Fire one inclusive join that nothing holds up (BPMN 2.0, 13.3.3)."""
        for scope in self._scopes(self.root):
            for token in scope.tokens:
                if token.node.kind == "or" and token.state == "joining":
                    there = self._at(token)
                    others = [t for t in scope.tokens if t.node is not token.node]
                    if not any(self._holds_up(t, token.node, there) for t in others):
                        self._fire(token, there)
                        return True
        return False

    def _holds_up(self, token: Token, join: Node, there: dict[str, Token]) -> bool:
        reached: set[str] = set()
        seen = {token.node.id}
        pending = [token.node]
        while pending:
            node = pending.pop()
            for flow in [f for n in (node, *node.edges) for f in n.flows]:
                if flow.target == join.id:
                    reached.add(flow.id)
                elif flow.target not in seen:
                    seen.add(flow.target)
                    pending.append(token.scope.graph.nodes[flow.target])
        return bool(reached) and not reached & there.keys()

    # -- loops and sub-processes -----------------------------------------------------------------

    def _open(self, token: Token, node: Node) -> None:
        assert node.inner is not None
        scope = Scope(node.inner, token, since=self._visits)
        token.inside.append(scope)
        self._put(scope, node.inner.start, "")

    def _loop(self, body: Token) -> None:
        body.state = "active"
        count = body.node.items or 0
        body.results = [None] * count
        for _ in range(min(1, count) if body.node.sequential else count):
            self._iterate(body)
        if not count:
            self._end_loop(body)

    def _iterate(self, body: Token) -> None:
        body.begun += 1
        token = Token(body.node, body.scope, body=body, counter=body.begun)
        body.iterations.append(token)
        self._queue.append(token)

    def _end_iteration(self, token: Token) -> None:
        body = token.body
        assert body is not None
        body.iterations.remove(token)
        body.results[token.counter - 1] = token.counter
        done = sum(result is not None for result in body.results)
        if body.node.enough is not None and done >= body.node.enough:
            for other in list(body.iterations):
                self._kill(other)
            self._end_loop(body)
        elif done == len(body.results):
            self._end_loop(body)
        elif body.node.sequential:
            self._iterate(body)

    def _end_loop(self, body: Token) -> None:
        if body.node.collects:
            self.variables[f"out_{body.node.id}"] = list(body.results)
        self._leave(body)

    # -- what is undone --------------------------------------------------------------------------

    def _remember(self, token: Token) -> None:
        node, body = token.node, token.body
        if token.plan is None:
            entry = Entry(node, token.done, None if body is None else token.counter)
            (token.scope if body is None else body).done.append(entry)

    def _compensate(self, token: Token) -> bool:
        """Undo what *token* throws compensation for; whether it waits for that."""
        scopes = [token.scope]
        while (owner := scopes[-1].owner) is not None and self._is_handler(owner):
            scopes.append(owner.scope)
        steps: list[Undoing] = []
        for scope in scopes:
            wanted = [e for e in scope.done if token.node.code in (None, e.node.id)]
            scope.done = [e for e in scope.done if e not in wanted]
            for entry in reversed(wanted):
                steps += _undoings(entry, None)
        if not steps:
            return False
        self._next(token.scope, Plan(steps, token if token.node.waits else None))
        token.state = "active"
        return token.node.waits

    def _is_handler(self, token: Token) -> bool:
        return token in token.scope.tokens and token.node in token.scope.graph.handlers

    def _next(self, scope: Scope, plan: Plan) -> bool:
        """Begin the next handler, or let the thrower go on; false when there is neither."""
        if plan.steps:
            self._undo(scope, plan, plan.steps.pop(0))
        elif plan.thrower is None:
            return False
        elif plan.thrower.node.kind == "cancel":
            self._escape(plan.thrower)
        else:
            self._leave(plan.thrower)
        return True

    def _undo(self, scope: Scope, plan: Plan, step: Undoing) -> None:
        token = Token(step.node, scope, plan=plan, seen=step.counter)
        scope.tokens.append(token)
        if step.event is not None:
            self.completed[step.event] += 1
            self._queue.append(token)
        else:
            token.state = "active"
            self._open(token, step.node)
            token.inside[0].done = step.inner

    def _cancel(self, token: Token) -> bool:
        """End all else in the transaction, undo it and leave it."""
        token.state = "active"
        scope = token.scope
        scope.interrupted = True
        steps = [step for entry in reversed(scope.done) for step in _undoings(entry, None)]
        scope.done = []
        others = [other for other in scope.tokens if other is not token]
        for other in others:
            if other.plan is not None:
                steps += other.plan.steps
        for other in others:
            self._kill(other)
        return self._next(scope, Plan(steps, token))

    def _escape(self, token: Token) -> None:
        """Leave the transaction that *token* has cancelled."""
        transaction = token.scope.owner
        assert transaction is not None
        (edge,) = [edge for edge in transaction.node.edges if edge.kind == "cancel"]
        self._edge(transaction, edge)

    # -- what happens ----------------------------------------------------------------------------

    def _scopes(self, scope: Scope) -> Iterator[Scope]:
        yield scope
        for token in list(scope.tokens):
            for part in (token, *token.iterations):
                for inner in list(part.inside):
                    yield from self._scopes(inner)

    def _waits_of(self, scope: Scope) -> Iterator[Wait]:
        for token in scope.tokens:
            for part in (token, *token.iterations):
                if part.state == "active" and not part.iterations:
                    yield from self._own_waits(part)
            if token.state == "active":
                for edge in token.node.edges:
                    if edge.awaits is not None and edge.id not in token.fired:
                        happen = lambda t=token, e=edge: self._edge(t, e)  # noqa: E731
                        yield _awaited(edge, edge.id, token, happen)
        if not scope.interrupted:
            for handler in scope.graph.handlers:
                if handler.awaits is not None and handler.id not in scope.fired:
                    assert handler.inner is not None
                    happen = lambda h=handler: self._handle(scope, h)  # noqa: E731
                    yield _awaited(handler, handler.inner.start, scope, happen)

    def _own_waits(self, token: Token) -> Iterator[Wait]:
        node = token.node
        if node.kind in WORK:
            yield Wait(
                node.id, node.kind, lambda: self._leave(token), token.since, node, token, token
            )
        elif node.kind == "catch":
            yield _awaited(node, node.id, token, lambda: self._leave(token))
        elif node.kind == "gateway":
            for flow in node.flows:
                event = token.scope.graph.nodes[flow.target]
                happen = lambda f=flow: self._pick(token, f)  # noqa: E731
                yield _awaited(event, event.id, token, happen)

    def _pick(self, token: Token, flow: Flow) -> None:
        """Let an event behind an event-based gateway happen."""
        self.completed[token.node.id] += 1
        token.node = token.scope.graph.nodes[flow.target]
        self._leave(token)

    def _edge(self, token: Token, edge: Node) -> None:
        scope = token.scope
        if edge.awaits is not None and edge.awaits.once:
            token.fired.add(edge.id)
        if edge.interrupting:
            self._kill(token)
        scope.tokens.append(visit := Token(edge, scope))
        self._leave(visit)

    def _handle(self, scope: Scope, handler: Node) -> None:
        if handler.awaits is not None and handler.awaits.once:
            scope.fired.add(handler.id)
        if handler.interrupting:
            scope.interrupted = True
            for other in list(scope.tokens):
                self._kill(other)
        self._visits += 1
        scope.tokens.append(visit := Token(handler, scope, state="active", since=self._visits))
        self._open(visit, handler)

    def _kill(self, token: Token) -> None:
        for part in list(token.iterations):
            self._kill(part)
        for inner in token.inside:
            for other in list(inner.tokens):
                self._kill(other)
        if token.state == "active":
            self.terminated[token.node.id] += 1
        token.state = "dead"
        holder = token.scope.tokens if token.body is None else token.body.iterations
        holder.remove(token)


def _undoings(entry: Entry, counter: int | None) -> list[Undoing]:
    """What undoes *entry*: its handler, then what is inside, the last first."""
    steps: list[Undoing] = []
    if entry.counter is not None:
        counter = entry.counter
    elif entry.node.undo is not None:
        steps.append(Undoing(entry.node.undo.handler, entry.node.undo.event, counter))
    is_body = entry.node.items is not None and entry.counter is None
    if not is_body and entry.node.inner is not None and entry.node.inner.undo is not None:
        return [*steps, Undoing(entry.node.inner.undo, None, counter, entry.inner)]
    for inner in reversed(entry.inner):
        steps += _undoings(inner, counter)
    return steps


def _counter(token: Token | None) -> int | None:
    """The loop counter that *token* sees."""
    while token is not None:
        if token.body is not None:
            return token.counter
        if token.seen is not None:
            return token.seen
        token = token.scope.owner
    return None


def _awaited(node: Node, name: str, who: Token | Scope, happen: Callable[[], None]) -> Wait:
    assert node.awaits is not None
    return Wait(name, node.awaits.kind, happen, who.since, node, who)


def _all(graph: Graph) -> Iterator[Node]:
    for node in graph.nodes.values():
        yield node
        yield from node.edges


def _best(nodes: list[Node], kind: str, code: str) -> Node | None:
    fitting = [n for n in nodes if n.kind == kind and n.code in (code, None)]
    return min(fitting, key=lambda n: n.code is None, default=None)

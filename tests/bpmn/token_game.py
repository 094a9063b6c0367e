"""An independent token game: random diagrams with an answer that needs no engine.

A diagram is made together with a tree of what it means, and the tree is played with plain
closures: no queue, no joins to detect, no shared code with `engine.bpmn`. Events on the edge of
a sub-process and unbalanced joins are part of it.
"""

import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from tests.bpmn.build import Content, Diagram, caught

Tree = tuple
Continuation = Callable[[], None]


def pseudo_random(*parts: object) -> int:
    """Return the same number for the same parts, on every machine."""
    return zlib.crc32(repr(parts).encode())


class Maker:
    """Makes a random diagram and its tree."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._count = 0
        self._messages: list[str] = []

    def diagram(self) -> tuple[Diagram, Tree]:
        """Return a diagram and what it means."""
        diagram = Diagram().start().end()
        first, last, tree = self._sequence(diagram, 4)
        diagram.chain("start", first).chain(last, "end")
        for name in self._messages:
            diagram.message(name, key="=1")
        return diagram, tree

    def _name(self, kind: str) -> str:
        self._count += 1
        return f"{kind}{self._count}"

    def _sequence(self, content: Content, depth: int) -> tuple[str, str, Tree]:
        blocks = [self._block(content, depth - 1) for _ in range(self._random.randint(1, 3))]
        for (_, last, _), (first, _, _) in pairwise(blocks):
            content.flow(last, first)
        return blocks[0][0], blocks[-1][1], ("sequence", [tree for _, _, tree in blocks])

    def _block(self, content: Content, depth: int) -> tuple[str, str, Tree]:
        leaves = [self._user, self._user, self._script]
        blocks = [self._exclusive, self._parallel, self._loop, self._sub, self._guarded]
        return self._random.choice(leaves + blocks if depth > 0 else leaves)(content, depth)

    def _user(self, content: Content, _: int) -> tuple[str, str, Tree]:
        name = self._name("u")
        content.user(name)
        return name, name, ("user", name)

    def _script(self, content: Content, _: int) -> tuple[str, str, Tree]:
        name = self._name("s")
        content.script(name, "=1", "x")
        return name, name, ("nothing",)

    def _exclusive(self, content: Content, depth: int) -> tuple[str, str, Tree]:
        split, merge = self._name("x"), self._name("m")
        ways = self._random.randint(2, 3)
        content.exclusive(split, default=f"{split}_default").exclusive(merge)
        trees = []
        for way in range(ways):
            first, last, tree = self._sequence(content, depth - 1)
            trees.append(tree)
            if way == ways - 1:
                content.flow(split, first, flow_id=f"{split}_default")
            else:
                content.flow(split, first, f'=choose("{split}", {way}, {ways})')
            content.flow(last, merge)
        return split, merge, ("exclusive", split, trees)

    def _parallel(self, content: Content, depth: int) -> tuple[str, str, Tree]:
        split, join = self._name("p"), self._name("j")
        content.parallel(split).parallel(join)
        sources = [split] * self._random.randint(2, 3)
        if self._random.random() < 0.3:
            inner = self._name("p")
            content.parallel(inner).flow(split, inner)
            sources += [inner, inner]
        trees = []
        for source in sources:
            first, last, tree = self._sequence(content, depth - 1)
            trees.append(tree)
            content.flow(source, first).flow(last, join)
        return split, join, ("parallel", trees)

    def _loop(self, content: Content, depth: int) -> tuple[str, str, Tree]:
        merge, split, after = self._name("m"), self._name("l"), self._name("s")
        content.exclusive(merge).exclusive(split, default=f"{split}_out")
        content.script(after, "=1", "x")
        first, last, tree = self._sequence(content, depth - 1)
        content.chain(merge, first).chain(last, split)
        content.flow(split, merge, f'=again("{split}")')
        content.flow(split, after, flow_id=f"{split}_out")
        return merge, after, ("loop", split, tree)

    def _inside(self, depth: int) -> tuple[Content, Tree]:
        inner = Content()
        start, end = self._name("start"), self._name("end")
        inner.start(start).end(end)
        first, last, tree = self._sequence(inner, depth - 1)
        inner.chain(start, first).chain(last, end)
        return inner, tree

    def _sub(self, content: Content, depth: int) -> tuple[str, str, Tree]:
        name = self._name("sub")
        inner, tree = self._inside(depth)
        content.sub(name, inner)
        return name, name, ("sub", tree)

    def _guarded(self, content: Content, depth: int) -> tuple[str, str, Tree]:
        """Make a sub-process with a message on its edge, interrupting or not.

        What a non-interrupting message starts may run several times at once, so it is put into a
        sub-process: tokens of two runs must not meet at one join.
        """
        name, edge, merge = self._name("sub"), self._name("b"), self._name("m")
        interrupting = self._random.random() < 0.5
        inner, tree = self._inside(depth)
        self._messages.append(edge)
        content.sub(name, inner).exclusive(merge)
        content.boundary(edge, name, caught("message", edge), interrupting=interrupting)
        make = self._sequence if interrupting else self._sub
        first, last, other = make(content, depth - 1)
        content.flow(name, merge).flow(edge, first)
        if interrupting:
            content.flow(last, merge)
        return name, merge, ("guarded", edge, interrupting, tree, other)


@dataclass
class Scope:
    """A sub-process that runs: over when all its strands are, not only the one it began with."""

    then: Continuation
    guards: tuple[int, ...]
    strands: int = 1

    def leave(self) -> None:
        """End one strand."""
        self.strands -= 1
        if self.strands == 0:
            self.then()


@dataclass
class Wait:
    """Something the game waits for: a task, or a message on an edge."""

    name: str
    then: Continuation
    inside: tuple[int, ...]
    interrupts: int | None = None
    repeats: bool = False


@dataclass
class Game:
    """Plays a tree."""

    choose: Callable[[str, int, int], bool]
    again: Callable[[str], bool]
    waits: list[Wait] = field(default_factory=list)
    _guards: int = 0

    def play(self, tree: Tree) -> None:
        """Begin."""
        process = Scope(lambda: None, ())
        self._go(tree, process.leave, process)

    def happen(self, wait: Wait) -> None:
        """Let something happen that is waited for."""
        if wait.interrupts is not None:
            self._drop(wait.interrupts)
        elif not wait.repeats:
            self.waits.remove(wait)
        wait.then()

    def _drop(self, guard: int) -> None:
        self.waits = [wait for wait in self.waits if guard not in wait.inside]

    def _go(self, tree: Tree, then: Continuation, scope: Scope) -> None:
        match tree:
            case ("user", name):
                self.waits.append(Wait(name, then, scope.guards))
            case ("nothing",):
                then()
            case ("sequence", parts):
                self._in_turn(parts, then, scope)
            case ("exclusive", name, ways):
                last = len(ways) - 1
                way = next((i for i in range(last) if self.choose(name, i, len(ways))), last)
                self._go(ways[way], then, scope)
            case ("parallel", ways):
                self._side_by_side(ways, then, scope)
            case ("loop", name, body):
                self._round(name, body, then, scope)
            case ("sub", body):
                inner = Scope(then, scope.guards)
                self._go(body, inner.leave, inner)
            case ("guarded", edge, interrupting, body, other):
                self._guarded(edge, interrupting, body, other, then, scope)

    def _in_turn(self, parts: list, then: Continuation, scope: Scope) -> None:
        if parts:
            self._go(parts[0], lambda: self._in_turn(parts[1:], then, scope), scope)
        else:
            then()

    def _side_by_side(self, ways: list, then: Continuation, scope: Scope) -> None:
        missing = [len(ways)]

        def arrive() -> None:
            missing[0] -= 1
            if missing[0] == 0:
                then()

        for way in ways:
            self._go(way, arrive, scope)

    def _round(self, name: str, body: Tree, then: Continuation, scope: Scope) -> None:
        def after() -> None:
            if self.again(name):
                self._go(body, after, scope)
            else:
                then()

        self._go(body, after, scope)

    def _guarded(
        self,
        edge: str,
        interrupting: bool,
        body: Tree,
        other: Tree,
        then: Continuation,
        scope: Scope,
    ) -> None:
        self._guards += 1
        guard = self._guards

        def beside() -> None:
            scope.strands += 1
            self._go(other, scope.leave, scope)

        def instead() -> None:
            self._go(other, then, scope)

        def leave() -> None:
            self._drop(guard)
            then()

        inner = Scope(leave, (*scope.guards, guard))
        interrupts = guard if interrupting else None
        happens = instead if interrupting else beside
        self.waits.append(Wait(edge, happens, inner.guards, interrupts, repeats=not interrupting))
        self._go(body, inner.leave, inner)

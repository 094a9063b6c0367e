"""What the token game is played with: graphs, tokens, scopes, and what has been done in them."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Flow:
    """A sequence flow; ``way`` numbers a condition, None has none."""

    id: str
    target: str
    way: int | None = None
    default: bool = False


@dataclass
class Awaits:
    """What an event waits for: a message, a timer or the signal ``name``; ``once`` or again."""

    kind: str
    name: str = ""
    once: bool = False


@dataclass
class Node:
    """A flow node: ``kind`` says what it does, the rest what it needs for that."""

    id: str
    kind: str
    flows: list[Flow] = field(default_factory=list)
    inner: "Graph | None" = None
    edges: list["Node"] = field(default_factory=list)
    interrupting: bool = True
    code: str | None = None
    items: int | None = None
    sequential: bool = False
    enough: int | None = None
    collects: bool = True
    awaits: Awaits | None = None
    mapped: bool = False
    undo: "Undo | None" = None
    waits: bool = True


@dataclass
class Undo:
    """What undoes an activity: the event on its edge and the handler."""

    event: str
    handler: Node


@dataclass
class Graph:
    """What one process or sub-process holds; ``undo`` is its event sub-process for that."""

    start: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    handlers: list[Node] = field(default_factory=list)
    undo: Node | None = None


@dataclass(eq=False)
class Entry:
    """An activity that has completed; ``counter`` of an iteration, None for anything else."""

    node: Node
    inner: list["Entry"]
    counter: int | None = None


@dataclass(eq=False)
class Plan:
    """A compensation in progress: what is still to be begun, and the token that waits for it."""

    steps: list["Undoing"]
    thrower: "Token | None"


@dataclass(eq=False)
class Undoing:
    """A handler to be run: its node, the event before it, and the loop counter that it sees."""

    node: Node
    event: str | None
    counter: int | None
    inner: list[Entry] = field(default_factory=list)


@dataclass(eq=False)
class Token:
    """Stands at a node, or in one iteration of it (``body`` is then the loop's token)."""

    node: Node
    scope: "Scope"
    flow: str = ""
    state: str = "queued"
    body: "Token | None" = None
    counter: int = 0
    since: int = 0
    begun: int = 0
    results: list[int | None] = field(default_factory=list)
    inside: list["Scope"] = field(default_factory=list)
    iterations: list["Token"] = field(default_factory=list)
    fired: set[str] = field(default_factory=set)
    done: list[Entry] = field(default_factory=list)
    plan: Plan | None = None
    seen: int | None = None


@dataclass(eq=False)
class Scope:
    """One run of a graph."""

    graph: Graph
    owner: Token | None
    tokens: list[Token] = field(default_factory=list)
    interrupted: bool = False
    since: int = 0
    fired: set[str] = field(default_factory=set)
    done: list[Entry] = field(default_factory=list)


@dataclass(eq=False)
class Wait:
    """Something that may happen: the end of a work, or an event that ``who`` waits for.

    ``name`` is the element, ``node`` what it is of, ``who`` the token or scope it happens to.
    """

    name: str
    kind: str
    happen: Callable[[], None]
    since: int
    node: Node
    who: "Token | Scope"
    token: Token | None = None

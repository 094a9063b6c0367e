"""Six small processes, the same for every engine: each in Redress's dialect and in plain BPMN.

The plain files differ only in how a condition and a duration are written, because every engine has
an expression language of its own. A process is alive from its start to its end; what waits is a
user task or a timer.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bpmn.build import Content, Diagram, timer

ROUNDS = 5
"""How often the loop goes round: its user task is completed so many times."""

Condition = Callable[[int], str]
"""Writes, in a dialect, that the variable ``n`` is less than a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Micro:
    """One process and how many of its user tasks are completed, ``n`` being 1, 2, 3, ..."""

    name: str
    draw: Callable[[Diagram, Condition, str], Content]
    completions: int


def diagrams(condition: Condition, duration: str) -> dict[str, bytes]:
    """Return the file of every process, by its name."""
    made = {}
    for micro in MICROS:
        diagram = Diagram(micro.name)
        micro.draw(diagram, condition, duration)
        made[micro.name] = diagram.xml()
    return made


def _sequence(diagram: Diagram, condition: Condition, duration: str) -> Content:
    diagram.start().user("confirm")
    steps = [f"step_{number}" for number in range(5)]
    for step in steps:
        diagram.add("intermediateThrowEvent", step)
    return diagram.end().chain("start", *steps, "confirm", "end")


def _exclusive(diagram: Diagram, condition: Condition, duration: str) -> Content:
    diagram.start().user("ask").exclusive("which", default="many").user("few_asked").end()
    diagram.user("many_asked").end("end_of_many").chain("start", "ask", "which")
    diagram.flow("which", "few_asked", condition(3)).flow("few_asked", "end")
    return diagram.flow("which", "many_asked", flow_id="many").flow("many_asked", "end_of_many")


def _parallel(diagram: Diagram, condition: Condition, duration: str) -> Content:
    diagram.start().parallel("split").parallel("join").end().flow("start", "split")
    for name in ("one", "two", "three"):
        diagram.user(name).chain("split", name, "join")
    return diagram.flow("join", "end")


def _loop(diagram: Diagram, condition: Condition, duration: str) -> Content:
    diagram.start().exclusive("merge").user("count").exclusive("again", default="enough").end()
    diagram.chain("start", "merge", "count", "again")
    diagram.flow("again", "merge", condition(ROUNDS))
    return diagram.flow("again", "end", flow_id="enough")


def _three(diagram: Diagram, condition: Condition, duration: str) -> Content:
    diagram.start().user("one").user("two").user("three").end()
    return diagram.chain("start", "one", "two", "three", "end")


def _timer(diagram: Diagram, condition: Condition, duration: str) -> Content:
    diagram.start().add("intermediateCatchEvent", "wait", timer("Duration", duration)).end()
    return diagram.chain("start", "wait", "end")


MICROS = (
    Micro(name="sequence", draw=_sequence, completions=1),
    Micro(name="exclusive", draw=_exclusive, completions=2),
    Micro(name="parallel", draw=_parallel, completions=3),
    Micro(name="loop", draw=_loop, completions=ROUNDS),
    Micro(name="three_user_tasks", draw=_three, completions=3),
    Micro(name="timer", draw=_timer, completions=0),
)

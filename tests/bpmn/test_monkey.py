"""Does anything that anybody may do at any time break an instance?

A monkey gives random commands to an instance that can do everything. The harness checks after each
that facts fit together: every wait ends once, no element ends twice, every change of a variable
tells the right old value. A second instance stays in memory all the time; it must tell exactly the
same as the one that is restored from bytes before each command.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from engine.bpmn import Execution
from engine.domain.events import ElementActivated
from engine.errors import Conflict
from tests.bpmn.build import TERMINATE, Content, Diagram, caught, loop, mapping, timer
from tests.bpmn.harness import INSTANCE, FakeHost, Story, model_of


def everything() -> Diagram:
    """A process with every construct, in a loop that ends only now and then."""
    handling = Content().start("h_start").parallel("h_split").job("pay").user("talk")
    handling.boundary("pay_failed", "pay", caught("error", "failed")).user("mend")
    handling.parallel("h_join").exclusive("h_which", default="h_ok").end("h_end")
    handling.end("h_failed", caught("error", "failed")).end("h_stop", TERMINATE)
    handling.add("endEvent", "h_late", caught("escalation", "late"))
    handling.exclusive("h_merge").chain("h_start", "h_split", "pay", "h_merge", "h_join", "h_which")
    handling.chain("h_split", "talk", "h_join").chain("pay_failed", "mend", "h_merge")
    handling.flow("h_which", "h_failed", "=n > 8").flow("h_which", "h_stop", "=n = 7")
    handling.flow("h_which", "h_late", "=n = 6").flow("h_which", "h_end", flow_id="h_ok")

    diagram = Diagram().error("failed").escalation("late").message("gone").message("paid")
    diagram.start().exclusive("top").flow("start", "top")
    diagram.sub("handle", handling, settings=mapping({"n": "=n"}, {"m": "=n"}))
    diagram.boundary("failed", "handle", caught("error"))
    diagram.boundary("late", "handle", caught("escalation", "late"), interrupting=False)
    diagram.boundary("gone", "handle", caught("message", "gone"))
    diagram.boundary("remind", "handle", timer("Cycle", "R4/PT1H"), interrupting=False)
    diagram.boundary("overdue", "handle", timer("Duration", '=duration("PT5H")'))
    diagram.user("notice").end("noticed").chain("late", "notice", "noticed")
    diagram.flow("remind", "notice")
    diagram.add("eventBasedGateway", "wait")
    diagram.add("intermediateCatchEvent", "paid", caught("message", "paid"))
    diagram.add("intermediateCatchEvent", "waited", timer("Duration", "PT2H"))
    diagram.chain("top", "handle", "wait").chain("wait", "paid").chain("wait", "waited")
    diagram.flow("failed", "wait").flow("gone", "wait").flow("overdue", "wait")
    diagram.user(
        "ask",
        loop(
            "=items",
            outputCollection="answers",
            outputElement="=n",
            condition="=n = 5",
            inputElement="item",
        ),
    )
    diagram.call("child", loop("=items", sequential=True)).boundary(
        "c_late", "child", caught("escalation"), interrupting=False
    )
    diagram.flow("c_late", "noticed").boundary("c_failed", "child", caught("error", "failed"))
    diagram.script("count", "=n + 1", "n").exclusive("again", default="stop").end("end")
    diagram.chain("paid", "ask", "count").chain("waited", "child", "count", "again")
    diagram.flow("c_failed", "count").flow("again", "top", "=n < 5").flow(
        "again", "end", flow_id="stop"
    )
    return diagram


MODEL = model_of(everything())
Command = Callable[[Execution], None]


class Pair:
    """The same instance twice: restored before each command, and kept in memory."""

    def __init__(self) -> None:
        self.restored = Story(MODEL, FakeHost()).start(n=1, items=[1, 2], case_number="c1")
        self._host = FakeHost()
        self._live = Execution.start(
            MODEL,
            self._host,
            instance_key=INSTANCE,
            variables={"n": 1, "items": [1, 2], "case_number": "c1"},
        )
        assert self._live.take_events() == self.restored.news

    def give(self, command: Command) -> bool:
        """Give a command to both; say whether they took it."""
        self._host.clock.set(self.restored.host.now())
        try:
            self.restored.step(command)
        except Conflict:
            with pytest.raises(Conflict):
                command(self._live)
            assert self._live.take_events() == []
            return False
        command(self._live)
        assert self._live.take_events() == self.restored.news
        assert self._live.snapshot() == self.restored.state
        return True


def random_command(story: Story, dice: random.Random) -> Command:
    """Make up something that a person, a worker, a timer or an operator might do."""
    key = dice.choice([*story.open, *story.timers, *story.subscriptions, 1, INSTANCE])
    due = min(story.timers, key=lambda k: story.timers[k], default=key)
    failed = dice.choice([*story.incidents, 1])
    values: dict[str, object] = {"n": dice.choice([1, 2, 3, 4, 5, 6, 7, 9, None])}
    given = values if dice.random() < 0.5 else {}
    code = dice.choice(["failed", "late", "other"])
    healthy = {"n": dice.randint(1, 9), "items": [1, 2]}
    choices: list[tuple[int, Command]] = [
        (8, lambda e: e.complete(key, given)),
        (1, lambda e: e.fire_timer(due)),
        (1, lambda e: e.throw_error(key, code, "", given)),
        (1, lambda e: e.throw_escalation(key, code, given)),
        (4, lambda e: e.retry(failed)),
        (2, lambda e: e.set_variables(key, healthy, local=False)),
    ]
    commands, weights = [c for _, c in choices], [w for w, _ in choices]
    return dice.choices(commands, weights)[0]


def play(seed: int) -> int:
    """Let a monkey play with one instance; return how many commands it took."""
    dice = random.Random(seed)
    pair = Pair()
    taken = 0
    for _ in range(150):
        if pair.restored.ended:
            break
        taken += pair.give(random_command(pair.restored, dice))
        pair.restored.host.clock.advance(timedelta(minutes=10))
    assert len(pair.restored.state) < 2000
    return taken


@pytest.mark.parametrize("block", range(0, 80, 20))
def test_no_command_at_any_time_breaks_an_instance(block: int) -> None:
    taken = [play(seed) for seed in range(block, block + 20)]

    assert sum(taken) > 200


def test_the_monkey_reaches_every_element() -> None:
    missing = set(MODEL.elements)
    for seed in range(1000, 1400):
        dice = random.Random(seed)
        story = Story(MODEL, FakeHost()).start(n=1, items=[1, 2], case_number="c1")
        for _ in range(150):
            if story.ended:
                break
            with suppress(Conflict):
                story.step(random_command(story, dice))
        missing -= {event.element_id for event in story.of(ElementActivated)}
        if not missing:
            break

    assert missing == set()

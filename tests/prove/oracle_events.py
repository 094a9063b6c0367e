"""Events and mappings of random models: what is waited for, and how a broadcast is played."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from engine.domain import events as facts
from tests.bpmn.build import caught, mapping, timer
from tests.bpmn.harness import Story
from tests.prove.oracle_game import Game
from tests.prove.oracle_graph import Awaits, Node, Wait

SIGNALS = ("s1", "s2")
CONSTANT = 10


def awaited(
    chance: random.Random, name: str, others: Iterable[Node], *, repeats: bool = False
) -> tuple[Awaits, str]:
    """Choose what an event waits for and write its definition; *others* lie beside it."""
    kind = chance.choice(("message", "message", "signal", "signal", "timer"))
    taken = {other.awaits.name for other in others if other.awaits is not None}
    free = [signal for signal in SIGNALS if signal not in taken]
    if kind == "signal" and free:
        signal = chance.choice(free)
        return Awaits("signal", signal), caught("signal", signal)
    if kind == "timer" and repeats and chance.random() < 0.5:
        return Awaits("timer"), timer("Cycle", "R/PT1H")
    if kind == "timer":
        return Awaits("timer", once=True), timer("Duration", "PT1H")
    return Awaits("message", name), caught("message", name)


def mapped_work(name: str, *, inputs: bool = True) -> str:
    """Write mappings by which only ``m_<name>`` leaves: the result, plus what went in."""
    outputs = {f"m_{name}": f"=i_{name} + v_{name}" if inputs else f"=v_{name}"}
    return mapping({f"i_{name}": f"={CONSTANT}"} if inputs else {}, outputs)


def result_of(wait: Wait, value: int) -> dict[str, object]:
    """Return the variables of the instance that come of a result *value*."""
    if not wait.node.mapped:
        return {f"v_{wait.name}": value}
    return {f"m_{wait.name}": value + (CONSTANT if wait.token is not None else 0)}


def keys_of(story: Story, wait: Wait) -> list[int]:
    """Return the keys under which the engine waits for an event, oldest first."""
    waiting = {"message": story.subscriptions, "signal": story.signals, "timer": story.timers}
    return [key for key in waiting[wait.kind] if element_of(story, key) == wait.name]


def element_of(story: Story, key: int) -> str:
    """Return the element that waits under a key."""
    kinds = (facts.SubscriptionOpened, facts.SignalAwaited, facts.TimerStarted)
    return next(
        event.element_id
        for event in story.history
        if event.element_instance_key == key and isinstance(event, kinds)
    )


def play_thrown(story: Story, game: Game, value: int, compare: Callable[[], None]) -> None:
    """Bring what was thrown in this step to who waited for it then, one after the other."""
    thrown = [n for n, e in enumerate(story.history) if isinstance(e, facts.SignalThrown)]
    for (signal, waits), at in zip(
        game.thrown, thrown[len(thrown) - len(game.thrown) :], strict=True
    ):
        before = story.history[:at]
        opened = [e.element_instance_key for e in before if isinstance(e, facts.SignalAwaited)]
        keys = [key for key in dict.fromkeys(opened) if story.signals.get(key) == signal]
        deliver(story, game, [w for w in waits if game.still(w)], keys, value, compare)
    game.thrown.clear()


def deliver(
    story: Story,
    game: Game,
    waits: list[Wait],
    keys: list[int],
    value: int,
    compare: Callable[[], None],
) -> None:
    """Give a signal to *waits*, which the engine knows by *keys*; some may cease to wait."""
    known: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        known[element_of(story, key)].append(key)
    assert Counter(wait.name for wait in waits) == {n: len(k) for n, k in known.items()}, "signal"
    for wait in waits:
        key = known[wait.name].pop(0)
        assert game.still(wait) == (key in story.signals), f"{wait.name} and the signal"
        if game.still(wait):
            wait.happen()
            game.variables |= result_of(wait, value)
            story.complete(key, **{f"v_{wait.name}": value})
            game.run()
            compare()

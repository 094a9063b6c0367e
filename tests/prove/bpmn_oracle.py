"""Do random models move their tokens as BPMN says? Plays them on the engine and on the token game.

    python -m tests.prove.bpmn_oracle [COUNT] [FIRST]

Every model is restored from bytes before each step. After each step both must agree on what is
waited for, on what has completed and been terminated, on all variables and on whether the
instance is over. The exit code is 1 when one of COUNT (10 000) models differs.
"""

import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from hashlib import blake2s

from engine.domain import events as facts
from tests.bpmn.harness import FakeHost, Story
from tests.prove.oracle_events import deliver, element_of, keys_of, play_thrown, result_of
from tests.prove.oracle_game import Game, Wait
from tests.prove.oracle_models import CODES, Maker

MAX_STEPS = 40
WORK = ("USER_TASK", "SERVICE_TASK", "CALL_ACTIVITY")


class Dice:
    """Answers conditions alike for both players; they differ from step to step."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.step = 0

    def choose(self, name: str, way: object) -> bool:
        """Say whether the condition number *way* at *name* is true in this step."""
        rolled = self.roll(3, name, int(str(way)))
        return rolled > 0 if name[0] == "w" else rolled == 0

    def roll(self, sides: int, *parts: object) -> int:
        """Return a number below *sides*."""
        text = repr((self._seed, self.step, *parts)).encode()
        return int.from_bytes(blake2s(text, digest_size=4).digest()) % sides


def play(seed: int) -> tuple[int, bool]:
    """Play one model; return the steps and whether it came to its end.

    Raises:
        AssertionError: The players differ; the text says where.
    """
    diagram, graph = Maker(seed).model()
    dice = Dice(seed)
    host = FakeHost()
    host.feel_functions = {"choose": dice.choose}
    story = Story(diagram, host).start()
    game = Game(graph, dice.choose)
    game.run()
    _compare(story, game, seed, dice.step)
    while (waits := game.waits()) and dice.step < MAX_STEPS:
        dice.step += 1
        compare = partial(_compare, story, game, seed, dice.step)
        _happen(story, game, waits, dice, compare)
        compare()
        play_thrown(story, game, dice.step, compare)
    return dice.step, game.ended


def _happen(
    story: Story, game: Game, waits: list[Wait], dice: Dice, compare: Callable[[], None]
) -> None:
    """Let one of *waits* happen on both sides: the oldest of its name, or all of a signal."""
    name = sorted({wait.name for wait in waits})[dice.roll(len({w.name for w in waits}), "wait")]
    wait = next(wait for wait in waits if wait.name == name)
    if wait.kind == "signal" and wait.node.awaits is not None:
        signal = wait.node.awaits.name
        keys = [key for key, awaited in story.signals.items() if awaited == signal]
        deliver(story, game, game.who_awaits(signal), keys, dice.step, compare)
        return
    key = _key_of(story, wait)
    outcome = dice.roll(6, "outcome") if wait.kind in ("job", "call") else 5
    code = CODES[dice.roll(2, "code")]
    if outcome < 2 and wait.token is not None:
        caught = game.throw(wait.token, "error", code)
        story.step(lambda e: e.throw_error(key, code, "", {}))
        if not caught and wait.kind == "job":
            story.step(lambda e: e.retry(key))
    elif outcome == 2 and wait.token is not None:
        game.throw(wait.token, "escalation", code)
        story.step(lambda e: e.throw_escalation(key, code, {}))
    elif wait.kind == "timer":
        wait.happen()
        story.step(lambda e: e.fire_timer(key))
    else:
        wait.happen()
        value = {f"v_{name}": dice.step}
        game.variables |= result_of(wait, dice.step)
        story.step(lambda e: e.complete(key, value))
    game.run()


def _key_of(story: Story, wait: Wait) -> int:
    if wait.token is None:
        return keys_of(story, wait)[0]
    return next(key for key, name in _works(story).items() if name == wait.name)


def _works(story: Story) -> dict[int, str]:
    """Return the open visits of tasks and calls, oldest first."""
    activated = story.of(facts.ElementActivated)
    works = {e.element_instance_key for e in activated if e.element_type in WORK}
    return {key: name for key, name in story.open.items() if key in works}


def _compare(story: Story, game: Game, seed: int, step: int) -> None:
    where = f"seed {seed}, step {step}"
    expected = Counter(wait.name for wait in game.waits())
    open_waits = (*story.subscriptions, *story.signals, *story.timers)
    found = Counter(element_of(story, key) for key in open_waits)
    found.update(_works(story).values())
    assert found == expected, f"{where}: waits {found - expected} / {expected - found}"
    for kind, theirs in (
        (facts.ElementCompleted, game.completed),
        (facts.ElementTerminated, game.terminated),
    ):
        ours = Counter(event.element_id for event in story.of(kind))
        assert ours == theirs, f"{where}: {kind.__name__} {ours - theirs} / {theirs - ours}"
    assert story.variables == game.variables, f"{where}: variables"
    assert (story.ended is not None) == game.ended, f"{where}: end"


def main(arguments: list[str], play_one: Callable[[int], object] = play) -> int:
    """Play, print what differs and how many; return the exit code."""
    count, first = (int(a) for a in (arguments + ["10000", "0"][len(arguments) :])[:2])
    wrong = 0
    for seed in range(first, first + count):
        try:
            play_one(seed)
        except Exception as difference:
            wrong += 1
            sys.stdout.write(f"seed {seed}: {type(difference).__name__}: {difference}\n")
    sys.stdout.write(f"{count} models, {wrong} differences\n")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

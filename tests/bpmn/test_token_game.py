"""Do tokens move as in an independent token game, on random diagrams?"""

import pytest

from tests.bpmn.harness import FakeHost, Story
from tests.bpmn.token_game import Game, Maker, pseudo_random

SEEDS = 300
MAX_STEPS = 60


class Dice:
    """Answers the gateways of both players alike; they differ from step to step."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._rounds: dict[str, int] = {}
        self.step = 0

    def choose(self, name: str, way: object, ways: object) -> bool:
        return pseudo_random(self._seed, name, int(str(way)), self.step) % int(str(ways)) == 0

    def again(self, name: str) -> bool:
        self._rounds[name] = self._rounds.get(name, 0) + 1
        return self._rounds[name] % 3 != 0


def play(seed: int) -> tuple[int, bool]:
    """Play one diagram on both; return the steps and whether it came to its end."""
    diagram, tree = Maker(seed).diagram()
    ours, theirs = Dice(seed), Dice(seed)
    host = FakeHost()
    host.feel_functions = {"choose": ours.choose, "again": ours.again}
    story = Story(diagram, host).start()
    game = Game(choose=theirs.choose, again=theirs.again)
    game.play(tree)
    for step in range(1, MAX_STEPS):
        expected = sorted(wait.name for wait in game.waits)
        found = sorted(
            [name for name in story.waiting if name.startswith("u")]
            + [wait.message_name for wait in story.subscriptions.values()]
        )
        assert found == expected, f"seed {seed}, step {step}"
        assert (story.ended is not None) == (not expected)
        if not expected:
            return step, True
        ours.step = theirs.step = step
        wait = game.waits[pseudo_random(seed, step) % len(game.waits)]
        game.happen(wait)
        if wait.name.startswith("b"):
            story.message(wait.name)
        else:
            story.complete(story.keys(wait.name)[0])
    return MAX_STEPS, False


@pytest.mark.parametrize("block", range(0, SEEDS, 50))
def test_random_diagrams_move_their_tokens_as_the_token_game_does(block: int) -> None:
    results = [play(seed) for seed in range(block, block + 50)]

    assert sum(ended for _, ended in results) > 35, "most games should come to their end"
    assert sum(steps for steps, _ in results) > 200, "the games should not be trivial"

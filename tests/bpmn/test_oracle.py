"""Do random models of all supported constructs run as BPMN says? (A slice of the long proof.)"""

import pytest

from tests.prove.bpmn_oracle import main, play

SEEDS = 300


@pytest.mark.parametrize("block", range(0, SEEDS, 50))
def test_random_models_agree_with_the_oracle(block: int) -> None:
    results = [play(seed) for seed in range(block, block + 50)]

    assert sum(ended for _, ended in results) > 30, "most games should come to their end"
    assert sum(steps for steps, _ in results) > 350, "the games should not be trivial"


def test_the_long_proof_counts_and_names_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    def differ(seed: int) -> None:
        assert seed != 8, "it differs"

    assert main(["3", "7"], differ) == 1
    assert "seed 8: AssertionError: it differs" in capsys.readouterr().out
    assert main(["1", "7"], differ) == 0

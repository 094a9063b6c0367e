"""Does every command of docs/tutorial/first-hour.md do what the tutorial says?"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.demo.cast import STORIES
from tests.e2e.shop import ROOT, Shop

TUTORIAL = ROOT / "docs" / "tutorial" / "first-hour.md"
_STEP = re.compile(r"^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
STEPS = [(m[1], (m[2] or "").splitlines()) for m in _STEP.finditer(TUTORIAL.read_text())]
_MARK = "\x1e"

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def answers(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a newcomer's terminal shows after each step."""
    script = f"printf '{_MARK}'\n".join(commands for commands, _ in STEPS)
    done = subprocess.run(
        ["sh", "-eu", "-c", script.replace("127.0.0.1:8000", f"127.0.0.1:{shop.port}")],
        cwd=tmp_path_factory.mktemp("newcomer"),
        env=os.environ | {"PATH": f"{_stand_ins()}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split(_MARK)


def _stand_ins() -> str:
    return f"{Path(__file__).parent / 'bin'}:{Path(sys.executable).parent}"


@pytest.mark.parametrize("step", range(len(STEPS)), ids=lambda n: f"step_{n + 1}")
def test_a_step_answers_what_the_tutorial_shows(answers: list[str], step: int) -> None:
    _, shown = STEPS[step]
    missing = [line for line in shown if line not in answers[step]]
    assert missing == [], answers[step]


def test_the_tutorial_has_steps_and_shows_what_they_answer() -> None:
    assert len(STEPS) >= 10
    assert sum(bool(shown) for _, shown in STEPS) >= 10


def test_the_counts_that_the_tutorial_names_are_those_of_the_demo() -> None:
    refunds = sum(story.ending.refunded > 0 for story in STORIES)
    letters = sum(sum(story.ending.letters.values()) for story in STORIES)
    promised = f"{len(STORIES)} cases, {refunds} refunds, {letters} letters"
    assert promised in TUTORIAL.read_text()

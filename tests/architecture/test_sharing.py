"""Do tests that share something dear run in one process, and the longest first?"""

import pytest

from tests.server import ROOT
from tests.sharing import FIRST, place_of, unit_of


def test_the_tests_that_visit_the_demo_are_not_parted() -> None:
    units = {unit_of(f"tests/e2e/{file}.py::test_{file}") for file in ("test_demo", "test_shop")}

    assert len(units) == 1


@pytest.mark.parametrize(
    ("other", "together"),
    [
        pytest.param("tests/web/test_work.py::test_b[en-a::b]", True, id="of-one-file"),
        pytest.param("tests/web/test_cases.py::test_a", False, id="of-two-files"),
    ],
)
def test_tests_stay_together_that_are(other: str, together: bool) -> None:
    assert (unit_of("tests/web/test_work.py::test_a") == unit_of(other)) is together


def test_what_takes_long_begins_first() -> None:
    demo, quick = "tests/e2e/test_demo.py::test_a", "tests/feel/test_logic.py::test_a"

    assert place_of(demo) == 0
    assert place_of(quick) == len(FIRST)


@pytest.mark.parametrize("name", FIRST)
def test_what_begins_first_exists(name: str) -> None:
    assert (ROOT / name).exists()

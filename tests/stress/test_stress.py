"""Do many who do anything at once leave cases that are whole, and get honest answers?"""

from pathlib import Path

import pytest

from tests.stress import shift


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_done_at_once_each_case_goes_the_way_of_its_commands_and_ends(
    database_url: str, tmp_path: Path, seed: int
) -> None:
    assert shift.faults(database_url, tmp_path, seed) == []

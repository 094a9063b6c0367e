"""Does a process that is killed, really and anywhere, lose nothing and repeat nothing?"""

from pathlib import Path

from engine.points import Point
from tests.faults.matrix import Death, survive


def test_a_node_killed_at_every_point_loses_nothing_and_repeats_no_effect(
    database_url: str, tmp_path: Path
) -> None:
    survive([Death(point) for point in Point], database_url, tmp_path)


def test_an_effect_whose_node_was_killed_before_noting_it_is_asked_for_again_and_happens_once(
    database_url: str, tmp_path: Path
) -> None:
    types = ["redress:refund", "redress:email"]
    deaths = [Death(Point.JOB_CALLED, job_type=type) for type in types]

    ledger = survive(deaths, database_url, tmp_path)

    assert ledger["requests"] > len(ledger["refunds"])
    assert sum(ledger["letters"].values()) > len(ledger["letters"])

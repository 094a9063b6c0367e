"""Is a timer that has failed before, and may run for long, tried again beside the others?"""

import threading
from pathlib import Path

import pytest
from sqlalchemy import update

from engine.persistence.schema import timer
from engine.points import Point, watched
from engine.settings import Settings
from tests.nodes.conftest import until
from tests.races.meeting import HOUR, PATIENCE, answer_in_an_hour, fired
from tests.services.conftest import NOON, Desk


@pytest.fixture
def settings(postgresql_url: str, tmp_path: Path) -> Settings:
    """PostgreSQL: on SQLite a writer holds everything."""
    return Settings(database_url=postgresql_url, document_folder=tmp_path / "documents", demo=True)


def test_while_a_timer_that_failed_before_is_tried_again_the_others_are_fired(desk: Desk) -> None:
    desk.deploy(answer_in_an_hour())
    desk.start()
    with desk.app.database.write() as connection:
        connection.execute(update(timer).values(attempts=1))
    desk.start()
    claimed, go_on = threading.Event(), threading.Event()

    def hold_the_failed_one(point: Point) -> None:
        if point is Point.TIMER_CLAIMED and fired(desk) == 1 and not claimed.is_set():
            claimed.set()
            assert go_on.wait(PATIENCE)

    desk.app.clock.pin(NOON + HOUR)
    with watched(hold_the_failed_one):
        desk.app.background._run_due()
        assert claimed.wait(PATIENCE)
        desk.start()
        desk.app.clock.pin(NOON + 2 * HOUR)
        desk.app.background._run_due()
        meanwhile = fired(desk)
        go_on.set()
        until(lambda: fired(desk) == 3, "the failed one is fired, too")

    assert meanwhile == 2

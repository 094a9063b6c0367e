"""Who may move the clock, and where?"""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import Application, build

NEXT_WEEK = datetime.now(UTC).replace(microsecond=0) + timedelta(days=7)


def milliseconds(moment: datetime) -> dict[str, int]:
    return {"timestamp": int(moment.timestamp() * 1000)}


def test_an_administrator_moves_it_forward(as_root: FlaskClient, shipped: Application) -> None:
    answer = as_root.put("/v2/clock", json=milliseconds(NEXT_WEEK))

    assert answer.status_code == 204
    assert shipped.clock.now() == NEXT_WEEK


def test_reset_returns_to_the_real_time(as_root: FlaskClient, shipped: Application) -> None:
    as_root.put("/v2/clock", json=milliseconds(NEXT_WEEK))

    assert as_root.post("/v2/clock/reset").status_code == 204

    assert shipped.clock.now() < NEXT_WEEK


def test_a_moved_clock_stays_where_it_is_through_a_restart(
    as_root: FlaskClient, shipped: Application
) -> None:
    as_root.put("/v2/clock", json=milliseconds(NEXT_WEEK))

    again = build(shipped.settings)
    assert again.clock.now() == NEXT_WEEK
    again.database.close()


def test_nobody_else_moves_it(as_ann: FlaskClient) -> None:
    assert as_ann.put("/v2/clock", json=milliseconds(NEXT_WEEK)).status_code == 403
    assert as_ann.post("/v2/clock/reset").status_code == 403


@pytest.mark.parametrize("timestamp", [-1, 253_402_300_800_000, "0", 1.5])
def test_a_time_that_is_none_is_refused(as_root: FlaskClient, timestamp: object) -> None:
    answer = as_root.put("/v2/clock", json={"timestamp": timestamp})

    assert answer.status_code == 400
    assert answer.json["errors"][0]["pointer"] == "/timestamp"


def test_staff_read_it(as_ann: FlaskClient, shipped: Application) -> None:
    answer = as_ann.get("/api/clock").json

    assert answer["isPinned"] is False
    assert abs(datetime.fromisoformat(answer["now"]) - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_pinned_clock_says_so(as_root: FlaskClient) -> None:
    as_root.put("/v2/clock", json=milliseconds(NEXT_WEEK))

    answer = as_root.get("/api/clock").json

    assert (datetime.fromisoformat(answer["now"]), answer["isPinned"]) == (NEXT_WEEK, True)

"""When does somebody in the shop act who needs so much opening time?"""

from datetime import UTC, datetime, timedelta

import pytest

from api.demo import office


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=office.SHOP_ZONE)


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        pytest.param("2026-11-08 10:00", 2, "2026-11-08 12:00", id="within_the_day"),
        pytest.param("2026-11-08 03:00", 1, "2026-11-08 10:00", id="from_the_morning_on"),
        pytest.param("2026-11-08 22:00", 1, "2026-11-09 10:00", id="from_the_next_morning_on"),
        pytest.param("2026-11-08 20:00", 2, "2026-11-09 10:00", id="across_one_night"),
        pytest.param("2026-11-08 20:00", 26, "2026-11-11 10:00", id="across_three_nights"),
        pytest.param("2026-11-08 20:00", 1, "2026-11-08 21:00", id="to_the_last_minute"),
        pytest.param("2026-11-08 10:01", 0, "2026-11-08 10:05", id="rounded_up_to_five_minutes"),
        pytest.param("2026-11-08 10:05", 0, "2026-11-08 10:05", id="not_rounded_when_round"),
    ],
)
def test_somebody_acts(since: str, hours: int, until: str) -> None:
    assert office.after(shanghai(since), timedelta(hours=hours)) == shanghai(until)


def test_the_answer_is_utc() -> None:
    assert office.after(shanghai("2026-11-08 10:00"), timedelta(0)).tzinfo is UTC


def test_midnight_is_that_of_the_shop() -> None:
    assert office.midnight(datetime(2026, 11, 7, 17, tzinfo=UTC)) == shanghai("2026-11-08 00:00")

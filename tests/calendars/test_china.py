"""Which days count as working days in China, and what is known of years not yet published?

Expected dates: notices of the General Office of the State Council for 2025 and 2026.
"""

from datetime import date

import pytest

from engine.calendars import builtin_calendars

CN = builtin_calendars()["cn"]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2025, 9, 26), True, id="an-ordinary-friday-works"),
        pytest.param(date(2025, 9, 27), False, id="an-ordinary-saturday-is-free"),
        pytest.param(date(2025, 9, 28), True, id="a-make-up-sunday-works"),
        pytest.param(date(2025, 10, 1), False, id="national-day-is-free"),
        pytest.param(date(2025, 10, 8), False, id="a-bridge-wednesday-is-free"),
        pytest.param(date(2025, 10, 9), True, id="the-first-day-after-golden-week-works"),
        pytest.param(date(2025, 10, 11), True, id="a-make-up-saturday-works"),
        pytest.param(date(2026, 2, 17), False, id="spring-festival-2026-is-free"),
        pytest.param(date(2026, 2, 28), True, id="the-make-up-saturday-after-it-works"),
    ],
)
def test_published_days_follow_the_state_council(day: date, works: bool) -> None:
    assert CN.is_workday(day) is works


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2027, 1, 1), False, id="new-year-is-fixed"),
        pytest.param(date(2027, 5, 3), True, id="labour-day-has-two-fixed-days-only"),
        pytest.param(date(2028, 5, 2), False, id="the-second-of-may-is-fixed"),
        pytest.param(date(2027, 10, 1), False, id="national-day-is-fixed"),
        pytest.param(date(2027, 10, 4), True, id="bridge-days-are-not-guessed"),
        pytest.param(date(2027, 2, 8), True, id="the-moon-is-not-guessed"),
        pytest.param(date(2027, 3, 6), False, id="saturdays-stay-free"),
    ],
)
def test_unpublished_years_know_weekends_and_fixed_dates_only(day: date, works: bool) -> None:
    assert CN.is_workday(day) is works


def test_fixed_dates_do_not_outrank_a_published_year() -> None:
    # In 2025 the holiday ran to 5 May; in 2004-2007 it was seven days, so the notice decides.
    assert not CN.is_workday(date(2007, 5, 7))


def test_days_are_provisional_after_the_last_published_year() -> None:
    assert not CN.is_provisional(date(2026, 12, 31))
    assert CN.is_provisional(date(2027, 1, 1))


def test_a_make_up_workday_says_what_it_makes_up_for() -> None:
    special = CN.special_day(date(2025, 9, 28))

    assert special is not None
    assert (special.label_en, special.label_zh) == (
        "Make-up workday (National Day)",
        "国庆节调休上班",
    )


def test_holidays_carry_chinese_and_english_names() -> None:
    special = CN.special_day(date(2026, 2, 17))

    assert special is not None
    assert (special.label_en, special.label_zh) == ("Spring Festival", "春节")

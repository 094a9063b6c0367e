"""Which texts are dates, times and durations, and how are they written?"""

import pytest

from tests.feel.evaluating import value_of


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-29",
        "10:11:12",
        "10:11:12.123456",
        "10:11:12Z",
        "10:11:12+05:30",
        "10:11:12-18:00",
        "10:11:12@Asia/Shanghai",
        "2024-02-29T10:11:12",
        "2024-02-29T10:11:12.5+02:00",
        "2024-02-29T10:11:12@Europe/Paris",
        "P0D",
        "P1D",
        "-P1DT2H3M4.5S",
        "P2DT1S",
        "P1Y2M",
        "-P11M",
        "P0Y",
    ],
)
def test_canonical_texts_come_back_as_they_were(text: str) -> None:
    assert value_of(f'string(@"{text}")') == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        pytest.param("10:11", "10:11:00", id="seconds-may-be-missing"),
        pytest.param("10:11:12.100000", "10:11:12.1", id="zeros-go"),
        pytest.param("10:11:12+00:00", "10:11:12Z", id="no-offset-is-Z"),
        pytest.param("PT36H", "P1DT12H", id="hours-become-days"),
        pytest.param("P14M", "P1Y2M", id="months-become-years"),
        pytest.param("PT90S", "PT1M30S", id="seconds-become-minutes"),
        pytest.param("T10:11:12", "10:11:12", id="a-time-may-begin-with-T"),
        pytest.param(
            "2024-07-01T10:00:00+02:00[Europe/Paris]",
            "2024-07-01T10:00:00@Europe/Paris",
            id="zone-as-java-writes-it",
        ),
        pytest.param("PT0S", "P0D", id="no-time-at-all"),
        pytest.param("P0M", "P0Y", id="no-months-at-all"),
        pytest.param("2024-12-31T24:00:00", "2025-01-01T00:00:00", id="the-end-of-a-day"),
    ],
)
def test_other_texts_come_back_in_canonical_form(text: str, canonical: str) -> None:
    assert value_of(f'string(@"{text}")') == canonical


@pytest.mark.parametrize(
    ("function", "text"),
    [
        pytest.param("date", "2023-02-29", id="no-such-day"),
        pytest.param("date", "2024-2-1", id="missing-zeros"),
        pytest.param("date", "2024-02-01T00:00:00", id="a-moment-is-no-date"),
        pytest.param("date", "12024-02-01", id="a-year-of-five-digits"),
        pytest.param("time", "25:00:00", id="no-such-hour"),
        pytest.param("time", "10:00:00+19:00", id="offset-too-large"),
        pytest.param("time", "10:00:00+01:60", id="offset-with-60-minutes"),
        pytest.param("time", "10:00:00+01:00@Europe/Paris", id="offset-and-zone"),
        pytest.param("time", "10:00:00@Mars/Base", id="no-such-zone"),
        pytest.param("time", "10:00:00@../../etc/passwd", id="a-zone-is-no-path"),
        pytest.param("date and time", "2024-01-01 10:00:00", id="blank-for-T"),
        pytest.param("date and time", "2024-01-01T", id="nothing-after-T"),
        pytest.param("date and time", "9999-12-31T24:00:00", id="beyond-the-last-day"),
        pytest.param("duration", "P", id="empty-duration"),
        pytest.param("duration", "P1DT", id="nothing-after-T-in-a-duration"),
        pytest.param("duration", "P1Y1D", id="both-kinds-at-once"),
        pytest.param("duration", "1D", id="no-P"),
        pytest.param("duration", "P9999999999D", id="duration-too-long"),
        pytest.param("duration", "P999999999999Y", id="months-too-many"),
        pytest.param("date", "٢٠٢٤-٠١-٠١", id="other-digits"),
    ],
)
def test_other_texts_are_null(function: str, text: str) -> None:
    assert value_of(f'{function}("{text}")') is None

"""When people are at work: every day from nine to nine, Shanghai time, in a shop."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHOP_ZONE = ZoneInfo("Asia/Shanghai")
OPENS = time(9)
CLOSES = time(21)
STEP = timedelta(minutes=5)
"""People look at the clock every five minutes: times of the demo are multiples of it."""


def after(moment: datetime, opening_time: timedelta) -> datetime:
    """Return when *opening_time* (not negative) has passed since *moment*, rounded up to `STEP`.

    The result lies within opening hours; night does not count.
    """
    here = _opened(moment.astimezone(SHOP_ZONE))
    left = opening_time
    while left > (until_closing := datetime.combine(here, CLOSES, SHOP_ZONE) - here):
        left -= until_closing
        here = datetime.combine(here.date() + timedelta(days=1), OPENS, SHOP_ZONE)
    return _rounded_up((here + left).astimezone(UTC))


def midnight(moment: datetime) -> datetime:
    """Return the beginning of the shop's day that holds *moment*, in UTC."""
    return datetime.combine(moment.astimezone(SHOP_ZONE), time(0), SHOP_ZONE).astimezone(UTC)


def _opened(here: datetime) -> datetime:
    if here.time() < OPENS:
        return datetime.combine(here, OPENS, SHOP_ZONE)
    if here.time() >= CLOSES:
        return datetime.combine(here.date() + timedelta(days=1), OPENS, SHOP_ZONE)
    return here


def _rounded_up(moment: datetime) -> datetime:
    beyond = (moment - datetime.min.replace(tzinfo=UTC)) % STEP
    return moment + (STEP - beyond if beyond else timedelta(0))

"""The built-in calendar ``cn``: mainland China's holidays and make-up workdays.

The dates come from the kept library ``chinesecalendar``, which follows the yearly notices of the
State Council; nothing else imports it. Years not yet published are never guessed: there only the
statutory days with a fixed date are known (Regulation on Public Holidays for National Annual
Festivals and Memorial Days, revision in force since 2025), because the others follow the moon and
bridge days are decided each year.
"""

from datetime import date
from zoneinfo import ZoneInfo

import chinese_calendar

from engine.calendars.calendar import Calendar, SpecialDay, Window

_SHOP_HOURS = (Window.parse("09:00-18:00"),)
_NEW_YEAR = SpecialDay(label_en="New Year's Day", label_zh="元旦")
_LABOUR_DAY = SpecialDay(label_en="Labour Day", label_zh="劳动节")
_NATIONAL_DAY = SpecialDay(label_en="National Day", label_zh="国庆节")

_FIXED_DATES = {
    (1, 1): _NEW_YEAR,
    (5, 1): _LABOUR_DAY,
    (5, 2): _LABOUR_DAY,
    (10, 1): _NATIONAL_DAY,
    (10, 2): _NATIONAL_DAY,
    (10, 3): _NATIONAL_DAY,
}


def china() -> Calendar:
    """Return the calendar ``cn``: Monday to Friday 09:00-18:00 in Asia/Shanghai.

    Make-up workdays (调休上班) have the same hours and count as working days.
    """
    return Calendar(
        id="cn",
        zone=ZoneInfo("Asia/Shanghai"),
        week=(_SHOP_HOURS,) * 5 + ((),) * 2,
        special_days=_published_days(),
        published_until=date(max(chinese_calendar.holidays).year, 12, 31),
        yearly_holidays=_FIXED_DATES,
    )


def _published_days() -> dict[date, SpecialDay]:
    chinese = {name.value: name.chinese for name in chinese_calendar.Holiday}
    days = {
        day: SpecialDay(label_en=name, label_zh=chinese[name])
        for day, name in chinese_calendar.holidays.items()
    }
    for day, name in chinese_calendar.workdays.items():
        days[day] = SpecialDay(
            label_en=f"Make-up workday ({name})",
            label_zh=f"{chinese[name]}调休上班",
            windows=_SHOP_HOURS,
        )
    return days

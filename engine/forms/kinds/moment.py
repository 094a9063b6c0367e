"""Dates, times of day, and both together."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from engine.forms.kinds.base import Kind, Wrong, wrong_type
from engine.forms.properties import Properties
from engine.forms.scopes import Request, Scope

_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?"
_ZONES = {
    "no_timezone": "",
    "utc_normalized": "Z",
    "utc_offset": r"(?:Z|[+-]\d{2}:\d{2})",
}
_READERS: dict[str, Callable[[str], date | time | datetime]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime": datetime.fromisoformat,
}
_EXAMPLES = {"date": "2025-09-30", "time": "15:00", "datetime": "2025-09-30T15:00"}
_EXAMPLE_ZONES = {"no_timezone": "", "utc_normalized": "Z", "utc_offset": "+08:00"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentKind(Kind):
    """``datetime``. ``subtype``: date, time or datetime; ``zone``: how a time tells its zone."""

    subtype: str
    zone: str
    disallow_past: bool

    @classmethod
    def read(cls, properties: Properties) -> "MomentKind":
        """Read the subtype, the way of writing times, and whether past dates are refused."""
        return cls(
            subtype=properties.one_of("subtype", tuple(_READERS), "date"),
            zone=properties.one_of("timeSerializingFormat", tuple(_ZONES), "no_timezone"),
            disallow_past=properties.flag("disallowPassedDates"),
        )

    def initial(self, value: object, request: Request) -> object:
        """Show what is a moment of this subtype, in any zone notation, and nothing else."""
        if isinstance(value, str) and any(self._parse(value, zone) for zone in _ZONES):
            return value
        return None

    def check(self, value: object, scope: Scope) -> object:
        """Accept text in this subtype's ISO 8601 form; null and "" mean none."""
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise wrong_type("text")
        moment = self._parse(value, self.zone)
        if moment is None:
            example = self._example()
            raise Wrong("format", f"Write it like {example}.", example=example)
        if self.disallow_past and self._is_past(moment, scope.request):
            raise Wrong("past", "The date must not be in the past.")
        return value

    def _example(self) -> str:
        zone = "" if self.subtype == "date" else _EXAMPLE_ZONES[self.zone]
        return _EXAMPLES[self.subtype] + zone

    def _parse(self, text: str, zone: str) -> date | time | datetime | None:
        parts = {"date": _DATE, "time": _TIME + _ZONES[zone]}
        shape = parts.get(self.subtype) or f"{parts['date']}T{parts['time']}"
        if not re.fullmatch(shape, text, re.ASCII):
            return None
        try:
            return _READERS[self.subtype](text)
        except ValueError:
            return None

    def _is_past(self, moment: date | time | datetime, request: Request) -> bool:
        if isinstance(moment, time):
            return False
        if isinstance(moment, datetime):
            moment = (moment.astimezone(request.zone) if moment.tzinfo else moment).date()
        return moment < request.now.astimezone(request.zone).date()

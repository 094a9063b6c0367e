"""What a story is made of: who begins it, who does what to each task, and how it ends.

A story is data. It remembers nothing: what is to be done next follows from the tasks that are
open on the server, so that a demo that was killed goes on where it stopped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Literal

Values = Mapping[str, object]
Language = Literal["en", "zh"]
Segment = Literal["core", "important", "ordinary", "potential", "lapsed"]
ServiceType = Literal["product", "service", "after_sales", "logistics", "system", "price", "other"]
Channel = Literal["store", "phone", "email", "web", "app", "marketplace", "social"]

ONLINE: frozenset[Channel] = frozenset({"web", "app", "marketplace", "social"})
"""Channels that the service standard counts as online; ``marketplace`` is e-commerce platforms."""


class Shown(Enum):
    """The value that the form shows, taken over as it stands."""

    SHOWN = "shown"


SHOWN = Shown.SHOWN


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a form, counted from the day on which the form is filled in."""

    days_ahead: int = 0


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the goods, uploaded before the form that names it is sent."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completes:
    """A colleague completes the task *after* so much opening time since it appeared.

    ``once`` names another user task that must have been done in the case before; time counts
    from then on. ``refused`` is somebody who tries first and may not. A task that belongs to
    somebody is done by that person, unless the one named here ``takes_over``.
    """

    by: str
    after: timedelta
    values: Values
    once: str | None = None
    refused: str | None = None
    takes_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tells:
    """The customer sends a message while staff have the task open; it goes to the same instance."""

    message: str
    after: timedelta
    values: Values = field(default_factory=dict)


Move = Completes | Tells
Moves = Mapping[str, tuple[Move, ...]]
"""By id of the user task: what happens on the first visit, the second, ...; the last repeats.

A task without moves stays open.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The traits that matter to the story; the world gives the name and the address."""

    language: Language = "zh"
    segment: Segment = "ordinary"
    consent: bool = True
    has_email: bool = True
    surveyed_days_ago: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What was bought: one line of ``quantity`` pieces, delivered that many days before day 0."""

    sku: str
    delivered_days_ago: int
    quantity: int = 1
    online: bool = True


Place = str
"""Where an instance stands: its end event when it has ended, else an element that is active."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What must be true of a case on the last day, whatever the hour and the calendar.

    ``places`` gives for each process of the case the places of its instance, any of which will
    do. ``letters`` counts e-mails by the element that sends them. ``refunded`` is in CNY.
    """

    places: Mapping[str, tuple[Place, ...]]
    letters: Mapping[str, int] = field(default_factory=dict)
    refunded: Decimal = Decimal(0)
    points: int = 0
    denials: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One case. ``number`` is the business id of its instances, unique among the stories."""

    number: str
    service_type: ServiceType
    channel: Channel
    process_id: Literal["complaint", "return", "follow_up"]
    day: int
    at: time
    by: str
    customer: Customer
    purchase: Purchase | None
    opening: Values
    moves: Moves
    ending: Ending

    @property
    def is_online(self) -> bool:
        """Tell whether the case came in by an online channel."""
        return self.channel in ONLINE

    @property
    def begins_after(self) -> timedelta:
        """Return the time from the midnight that begins day 0."""
        return timedelta(days=self.day, hours=self.at.hour, minutes=self.at.minute)

    @property
    def customer_id(self) -> str:
        """Return the id of the customer whose case it is."""
        return f"K-{self.number[2:]}"

    @property
    def order_id(self) -> str:
        """Return the id of the order that it is about, if it is about one."""
        return f"O-{self.number[2:]}"

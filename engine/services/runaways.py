"""Messages whose receiver runs away: the publisher is not to blame and the message is not lost.

A receiver that never comes to rest would undo the whole publication, for all other receivers too.
So the publication is done again without delivering to that one: the message counts as received
there, and an incident at the element that waited for it keeps the message, however short its time
to live, until somebody resolves the incident; then it is delivered again. A process that the
message starts has its instance then, which stands at the start event with an incident.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from engine.domain.events import IncidentRaised
from engine.domain.identity import Actor
from engine.errors import LimitExceeded
from engine.persistence.stores import messages
from engine.persistence.stores.waits import SubscriptionRow
from engine.services.command import Command, Running, run
from engine.services.context import Context

T = TypeVar("T")

RUNAWAY = "UNKNOWN"
"""The type of the incident; Camunda has no word for a diagram that never comes to rest."""

MAX_RUNAWAYS = 5
"""Receivers of one message that may run away; each costs a whole attempt."""

RanAway = Mapping[int, str]
"""What must not run now, and why: by the key of the waiting element, or of the start's wait."""


class ReceiverRanAway(LimitExceeded):
    """The element instance, or start event's wait, ``receiver`` led to no rest after a message."""

    def __init__(self, receiver: int, cause: LimitExceeded) -> None:
        super().__init__(str(cause))
        self.receiver = receiver


def run_past(context: Context, actor: Actor, work: Callable[[Command, RanAway], T]) -> T:
    """Run a command that publishes; again without each receiver that runs away."""
    ran_away: dict[int, str] = {}
    while True:
        try:
            return run(context, actor, lambda command: work(command, dict(ran_away)))
        except ReceiverRanAway as runaway:
            if len(ran_away) >= MAX_RUNAWAYS:
                raise
            ran_away[runaway.receiver] = str(runaway)


def hold_back(
    command: Command, running: Running, wait: SubscriptionRow, message_key: int, reason: str
) -> None:
    """Count a message as received, and open the incident that keeps it for the receiver."""
    messages.record_correlation(
        command.connection,
        message_key=message_key,
        process_id=running.row.process_id,
        instance_key=running.row.key,
        at=command.now,
    )
    command.open_incident(
        running,
        IncidentRaised(
            element_instance_key=wait.element_instance_key or 0,
            element_id=wait.element_id,
            error_type=RUNAWAY,
            message=f"after the message was received: {reason}",
        ),
        message_key=message_key,
    )

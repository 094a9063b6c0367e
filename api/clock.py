"""``/v2/clock``: moves the virtual clock of a demo or a test installation."""

from datetime import UTC, datetime, timedelta

from pydantic import Field

from api.context import Context
from api.models import Model, Moment
from api.operation import operation
from engine.errors import Conflict, Forbidden, InvalidInput

TAG = "Clock"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MILLISECOND = 253_402_300_799_999  # the end of the year 9999


class ClockPinRequest(Model):
    """Where to move the clock."""

    timestamp: int = Field(
        ge=0, le=_LAST_MILLISECOND, description="Milliseconds since 1970-01-01T00:00:00Z."
    )


class ClockReading(Model):
    """What the clock says."""

    now: Moment
    is_pinned: bool = Field(description="True while the time is virtual and stands still.")


@operation("GET", "/api/clock", tag=TAG, summary="Read the clock")
def get_clock(context: Context) -> ClockReading:
    """Return the time of this installation: the machine's, or the virtual one of a demo."""
    clock = context.application.clock
    return ClockReading(now=clock.now(), is_pinned=clock.is_pinned)


@operation(
    "PUT",
    "/v2/clock",
    tag=TAG,
    status=204,
    repeatable=True,
    summary="Pin the clock",
    errors=(Forbidden, Conflict, InvalidInput),
)
def pin_clock(context: Context, body: ClockPinRequest) -> None:
    """Move the clock forward and live through everything that is due on the way.

    Only in an installation that was started for demos or tests (REDRESS_DEMO), and only by an
    administrator; anywhere else it is a conflict.
    """
    at = _EPOCH + timedelta(milliseconds=body.timestamp)
    context.application.clock_control.pin(context.actor, at)


@operation(
    "POST",
    "/v2/clock/reset",
    tag=TAG,
    status=204,
    repeatable=True,
    summary="Let the clock follow the real time again",
    errors=(Forbidden, Conflict),
)
def reset_clock(context: Context) -> None:
    """Return to the machine's time."""
    context.application.clock_control.reset(context.actor)

"""``/v2/clock``: moves the virtual clock of a demo or a test installation."""

from datetime import UTC, datetime, timedelta

from pydantic import Field

from api.context import Context
from api.models import Model
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


@operation(
    "PUT",
    "/v2/clock",
    tag=TAG,
    status=204,
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
    summary="Let the clock follow the real time again",
    errors=(Forbidden, Conflict),
)
def reset_clock(context: Context) -> None:
    """Return to the machine's time."""
    context.application.clock_control.reset(context.actor)

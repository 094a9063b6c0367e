"""``/v2/signals``."""

from api.context import Context
from api.operation import operation
from api.v2.models.signals import SignalBroadcastRequest, SignalBroadcastResult
from engine.errors import Forbidden

TAG = "Signal"


@operation(
    "POST",
    "/v2/signals/broadcast",
    tag=TAG,
    summary="Broadcast a signal",
    errors=(Forbidden,),
)
def broadcast_signal(context: Context, body: SignalBroadcastRequest) -> SignalBroadcastResult:
    """Broadcast a signal to every instance that waits for it and every process it starts."""
    key = context.application.signals.broadcast(
        context.actor, name=body.signal_name, variables=body.variables
    )
    return SignalBroadcastResult(signal_key=key)

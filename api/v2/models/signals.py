"""Signals."""

from pydantic import Field

from api.models import Key, Model
from api.v2.models.common import Name, Tenanted, TenantId, Variables


class SignalBroadcastRequest(Model):
    """A signal for all who wait for it right now."""

    signal_name: Name
    variables: Variables = Field(default_factory=dict)
    tenant_id: TenantId = "<default>"


class SignalBroadcastResult(Tenanted):
    """The signal was taken; its receivers have it right afterwards."""

    signal_key: Key

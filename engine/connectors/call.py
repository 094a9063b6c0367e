"""What every connector takes and may answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.errors import RedressError

_LONGEST_KEY = 255


class BusinessError(RedressError):
    """An outside system said no for a reason that the process model can handle.

    ``code`` is the BPMN error code that a boundary event catches, such as ``refund_rejected``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorCall:
    """One attempt at one job.

    Attributes:
        idempotency_key: The same for every attempt at the job; printable ASCII, 1 to 255 long.
        inputs: The job's local variables; JSON values.
        now: When the attempt is made, aware.
        process_instance_key: For whom, for messages and logs.
        element_id: The service task in the model, for messages and logs.

    Raises:
        ValueError: The key or the time is not of that kind.
    """

    idempotency_key: str
    inputs: Mapping[str, object]
    now: datetime
    process_instance_key: int
    element_id: str

    def __post_init__(self) -> None:
        key = self.idempotency_key
        if not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
            raise ValueError(f"an idempotency key is 1 to 255 printable ASCII, not {key!r}")
        if self.now.tzinfo is None:
            raise ValueError("now must be aware")


class Connector(Protocol):
    """Carries out the service tasks of one job type."""

    @property
    def job_type(self) -> str:
        """The ``type`` of ``zeebe:taskDefinition`` that it serves, such as ``redress:refund``."""
        ...

    def execute(self, call: ConnectorCall) -> Mapping[str, object]:
        """Carry out the effect once per idempotency key.

        Returns:
            JSON values for the variable that the task header ``resultVariable`` names.

        Raises:
            ConnectorUnavailable: Another attempt may succeed.
            ConnectorRejected: No attempt can succeed until somebody mends something.
            BusinessError: The outside system said no; the model may catch its code.
        """
        ...

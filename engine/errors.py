"""Every error Redress raises on purpose.

RedressError
├── NotFound                  nothing has that key, or nothing that you may see
├── Conflict                  the thing exists, but not in a state that allows this
│   └── RevisionConflict      somebody else changed the instance first; worth one more try
├── Outdated                  the thing was changed since you read it; says by whom and when
├── Forbidden                 you are known, but may not do this to this object
├── Unauthenticated           nobody, or a wrong password or token
├── TooManyAttempts           a wrong password too often; says how long to wait
├── InvalidInput              a value breaks its rule; carries one problem per field
├── DeploymentRefused         a model cannot be deployed; carries findings by element id
│   └── WarningsToConfirm     it can be deployed once its warnings were read and confirmed
├── ExpressionError           a FEEL text does not compile or cannot be evaluated
├── LimitExceeded             a bound (steps, size, depth) was reached
├── NotSupported              a part of the contract that we do not have, refused by name
├── Unavailable               Redress starts or stops, or its database is away
├── StorageFull               the disk of the database or of the files is full
└── ConnectorError            an outside system answered badly
    ├── ConnectorUnavailable  worth another try; the job is retried
    └── ConnectorRejected     not worth another try; becomes an incident
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


class RedressError(Exception):
    """Base of all errors raised on purpose; ``code`` is stable, clients and docs refer to it."""

    code = "error"


class NotFound(RedressError):
    """No such thing, or none that you may see."""

    code = "not-found"


class Conflict(RedressError):
    """The thing exists, but its state does not allow this."""

    code = "conflict"


class RevisionConflict(Conflict):
    """Somebody else changed the process instance at the same moment."""

    code = "revision-conflict"


class Outdated(RedressError):
    """The thing was changed since you read it; ``changed_by`` and ``changed_at`` say by whom."""

    code = "outdated"

    def __init__(
        self, message: str, *, changed_by: str | None = None, changed_at: datetime | None = None
    ) -> None:
        super().__init__(message)
        self.changed_by = changed_by
        self.changed_at = changed_at


class Forbidden(RedressError):
    """You may not do this to this object.

    Refused attempts are recorded: in the history of ``instance_key`` where the object belongs to
    a process instance, else in the history of the system.
    """

    code = "forbidden"

    def __init__(
        self, message: str, *, instance_key: int | None = None, element_id: str | None = None
    ) -> None:
        super().__init__(message)
        self.instance_key = instance_key
        self.element_id = element_id


class Unauthenticated(RedressError):
    """Sign in first: no valid password, token or session was sent."""

    code = "unauthenticated"


class TooManyAttempts(RedressError):
    """Too many failed attempts; wait ``retry_after_seconds`` before the next one."""

    code = "too-many-attempts"

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """One thing wrong with one value of a request.

    ``pointer`` is a JSON pointer (RFC 6901) into the request body, ``code`` a stable word such
    as ``required`` or ``pattern``, ``message`` a sentence for the person who typed the value and
    ``params`` what a translation needs (limits, the options).
    """

    pointer: str
    code: str
    message: str
    params: dict[str, object] = field(default_factory=dict)


class InvalidInput(RedressError):
    """A value breaks its rule; nothing was changed."""

    code = "invalid-input"

    def __init__(self, message: str, problems: Sequence[FieldProblem] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class DeploymentRefused(RedressError):
    """A model cannot be deployed; nothing was stored. ``findings`` name the elements."""

    code = "deployment-refused"

    def __init__(self, message: str, findings: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class WarningsToConfirm(DeploymentRefused):
    """The model can be deployed, once somebody has read its ``findings`` and confirmed them."""

    code = "warnings-to-confirm"


class ExpressionError(RedressError):
    """A FEEL expression does not compile or cannot be evaluated.

    ``position`` is the offset of the offending character in ``source``, None at run time.
    """

    code = "expression-error"

    def __init__(self, message: str, *, source: str = "", position: int | None = None) -> None:
        super().__init__(message)
        self.source = source
        self.position = position


class LimitExceeded(RedressError):
    """A bound was reached: too many steps, too deep, too large or too long."""

    code = "limit-exceeded"


class NotSupported(RedressError):
    """A part of the contract that Redress does not have."""

    code = "not-supported"


class Unavailable(RedressError):
    """Redress or its database cannot answer now; the same request will succeed later."""

    code = "unavailable"


class StorageFull(RedressError):
    """There is no space left to store anything; nothing was changed."""

    code = "storage-full"


class ConnectorError(RedressError):
    """An outside system answered badly, or not at all."""

    code = "connector-error"


class ConnectorUnavailable(ConnectorError):
    """The outside system did not answer; a later attempt may succeed."""

    code = "connector-unavailable"


class ConnectorRejected(ConnectorError):
    """The outside system refused the request; repeating it cannot help."""

    code = "connector-rejected"

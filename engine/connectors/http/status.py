"""What an HTTP status means for a job."""

from engine.errors import ConnectorRejected, ConnectorUnavailable

_WORTH_ANOTHER_TRY = frozenset({408, 425, 429})


def is_success(status: int) -> bool:
    """Say whether the receiver took the request: 2xx."""
    return 200 <= status < 300


def refuse(system: str, status: int) -> ConnectorRejected | ConnectorUnavailable:
    """Return the error for a status other than 2xx.

    5xx and 408, 425, 429 are worth another try. All others are not; nor are redirects, which could
    lead to where the request must not go.
    """
    failure = f"{system} answered HTTP {status}"
    if status >= 500 or status in _WORTH_ANOTHER_TRY:
        return ConnectorUnavailable(failure)
    return ConnectorRejected(failure)

"""What is known of the connection that a request came by."""

import socket
from collections.abc import Mapping


def caller_left(environ: Mapping[str, object]) -> bool:
    """Tell whether the caller has hung up; False where that cannot be known (no gunicorn).

    Looks at the socket and takes nothing from it: a caller who sends the next request already
    has not left.
    """
    connection = environ.get("gunicorn.socket")
    if not isinstance(connection, socket.socket):
        return False
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True

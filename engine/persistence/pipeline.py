"""Statements sent to PostgreSQL at once, in a transaction that it goes on watching.

PostgreSQL ends a transaction that says nothing for too long
(``idle_in_transaction_session_timeout``). It watches from when it is ready for the next query until
anything else comes. psycopg 3.3 ends a pipeline with a Sync, which makes the server ready, and then
a Flush: a node that freezes there would keep its locks for ever. A Flush is for what no Sync
follows, so here it is left out; what the socket could not take at once is sent without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.abc import PQGen
from psycopg.waiting import READY_R, WAIT_RW


class _WatchedPipeline(psycopg.Pipeline):
    """Ends with a Sync and nothing behind it."""

    def _exit_gen(self) -> PQGen[None]:
        try:
            self._enqueue_sync()
            yield from self._communicate_gen()
            yield from self._send_rest()
        finally:
            yield from self._fetch_gen(flush=False)

    def _send_rest(self) -> PQGen[None]:
        """Send what is larger than the socket's buffer; read meanwhile, or both sides may wait."""
        while self.pgconn.flush():
            if (yield WAIT_RW) & READY_R:
                self.pgconn.consume_input()


@contextmanager
def watched_pipeline(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Let what is executed inside be sent at once, as `psycopg.Connection.pipeline` does."""
    connection._pipeline = pipeline = _WatchedPipeline(connection)
    try:
        with pipeline:
            yield
    finally:
        connection._pipeline = None

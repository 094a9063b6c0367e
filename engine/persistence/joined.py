"""One transaction for all that a request writes, whichever services it calls."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from sqlalchemy import Connection

from engine.persistence.failures import explained


class Joined:
    """The transaction that the writes of one thread share, begun by the first of them.

    Until then nothing is locked: who only reads, checks, hashes or waits holds nobody up. A first
    write that fails is rolled back as a whole, so it may be tried again; each later one is a
    savepoint, so its failure undoes what it did itself and nothing else.

    ``connection`` is None until the transaction has begun; ``first`` is called when it does, and
    ``transaction`` ends it. ``after_commit`` and ``afterwards`` are what then is to be called.
    """

    def __init__(
        self,
        begin: Callable[[], AbstractContextManager[Connection]],
        first: Callable[[Connection], None],
    ) -> None:
        self._begin = begin
        self._first = first
        self.transaction = ExitStack()
        self.connection: Connection | None = None
        self.after_commit: list[Callable[[], None]] = []
        self.afterwards: list[Callable[[], None]] = []

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open one write of several; what it does is undone on any exception."""
        if self.connection is not None:
            with explained(), self.connection.begin_nested():
                yield self.connection
            return
        with ExitStack() as begun:
            connection = begun.enter_context(self._begin())
            self._first(connection)
            self.connection = connection
            try:
                yield connection
            except BaseException:
                self.connection = None
                raise
            self.transaction.enter_context(begun.pop_all())

    def calls(self, *, committed: bool) -> list[Callable[[], None]]:
        """Return what is to be called now that it has ended, and how."""
        return [*(self.after_commit if committed else ()), *self.afterwards]


class Here(threading.local):
    """What the current thread has joined its writes to; nothing, unless it does so."""

    joined: Joined | None = None

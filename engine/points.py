"""Named points of the program at which it may be killed or held, and must not mind.

A point stands behind every effect that a crash could separate from the next one: a flush, a
commit, a call to another system, a file on the disk. Nothing happens at a point unless somebody
watches; the tests do, to kill the process there or to hold one of two who race (decision 0003).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum


class Point(StrEnum):
    """Every point, in the order in which a command or a piece of background work meets them."""

    KEYS_TAKEN = "keys taken"  # a block of keys is committed, none of it used
    COMMAND_BEGUN = "command begun"  # the transaction is open, nothing is read
    PARENT_TOLD = "parent told"  # a caller went on because its called instance ended
    MESSAGE_KEPT = "message kept"  # a published message is written, nobody has it
    MESSAGE_DELIVERED = "message delivered"  # it is noted who had it, the receiver goes on
    SIGNAL_ADDRESSED = "signal addressed"  # who has to get it is written, nobody has it
    SIGNAL_DELIVERED = "signal delivered"  # the delivery is gone, the receiver goes on
    DEFINITIONS_STORED = "definitions stored"  # new versions are written, not their start events
    ROWS_WRITTEN = "rows written"  # all rows, states and history; nothing is committed
    ANSWER_KEPT = "answer kept"  # the answer to a keyed request is written beside its effect
    COMMITTED = "committed"  # nobody was told yet
    TIMER_CLAIMED = "timer claimed"  # taken, not fired
    TIMER_FIRED = "timer fired"  # fired and committed, the next one is not looked for
    JOBS_LEASED = "jobs leased"  # leased and committed, not begun
    JOB_CALLED = "job called"  # the other system has done it, we have not noted that
    JOB_RECORDED = "job recorded"  # noted and committed
    FILE_WRITTEN = "file written"  # a document's bytes are on the disk, its row is not there
    FILE_ORPHANED = "file orphaned"  # a document's row is gone, its bytes are on the disk
    PERSON_STORED = "person stored"  # an account, group or session is written, not committed


Watcher = Callable[[Point], None]

_watcher: Watcher | None = None


def reached(point: Point) -> None:
    """Say that the program has come to *point*."""
    if _watcher is not None:
        _watcher(point)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Call *watcher* at every point that any thread of this process reaches, within the block.

    Raises:
        RuntimeError: somebody watches already.
    """
    global _watcher  # one process, one watcher: a point costs one comparison
    if _watcher is not None:
        raise RuntimeError("the points are watched already")
    _watcher = watcher
    try:
        yield
    finally:
        _watcher = None

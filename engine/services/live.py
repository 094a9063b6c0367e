"""Process instances kept in memory between commands, so that most need not be restored.

What is kept is only worth something while the database says the same: an entry is taken out
with the revision that its command has read under lock, and one of any other revision is dropped.
Whoever takes an execution has it alone and puts it back after the commit; a command that fails
or loses a race does not, so nothing spoilt is ever met again.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from engine.bpmn import Execution

MAX_BYTES = 24 * 1024 * 1024
BYTES_OF_ONE = 48 * 1024
"""What an instance takes besides its variables; a complaint, measured, takes less."""
BYTES_PER_CHARACTER = 8
"""What a character of a variable's JSON text takes as Python values, at most on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """An execution at a revision; ``characters`` counts the JSON text of its variables."""

    execution: Execution
    revision: int
    characters: int

    @property
    def bytes(self) -> int:
        """Return about how much memory it takes."""
        return BYTES_OF_ONE + BYTES_PER_CHARACTER * self.characters


class LiveExecutions:
    """The executions that one process keeps; the least recently used make room for others."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, Live] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def take(self, key: int, revision: int) -> Live | None:
        """Take out the execution of an instance; None unless it is of that very revision."""
        with self._lock:
            kept = self._kept.pop(key, None)
            if kept is None:
                return None
            self._bytes -= kept.bytes
        return kept if kept.revision == revision else None

    def keep(self, key: int, live: Live) -> None:
        """Keep the execution of an instance as it was just committed."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = live
            self._bytes += live.bytes - (before.bytes if before else 0)
            while self._bytes > self._max_bytes:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.bytes

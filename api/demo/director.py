"""Plays the stories against a running server, over HTTP, from due moment to due moment.

What happens next is decided from the server's state alone: its clock, the cases begun, the user
tasks open and done. So a play that was killed goes on as if it had not been.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from api.demo import office
from api.demo.client import Refused
from api.demo.shopfloor import Shopfloor, Task
from api.demo.story import Completes, Move, Story

_FORBIDDEN = 403
_CONFLICT = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The virtual days: from the midnight that begins day 0 to the moment when they are over."""

    begins_at: datetime
    ends_at: datetime

    def share(self, moment: datetime) -> float:
        """Return how much of the period is over at *moment*, from 0 to 1."""
        return (moment - self.begins_at) / (self.ends_at - self.begins_at)


class Director:
    """Lets the people of the stories act when their time has come."""

    def __init__(self, floor: Shopfloor, stories: Iterable[Story], period: Period) -> None:
        self._floor = floor
        self._stories = {story.number: story for story in stories}
        self._period = period
        self._shortest = min(
            move.after
            for story in self._stories.values()
            for moves in story.moves.values()
            for move in moves
        )
        self._begun: set[str] = set()
        self._done: dict[tuple[str, str], list[datetime]] = defaultdict(list)

    def play(self, progress: Callable[[float], None]) -> None:
        """Play from where the server's clock stands to the end of the period.

        *progress* is told the share that is over. Raises Refused if the server refuses what a
        story says, ConnectionError if it is gone; then play anew.
        """
        self._recall()
        now, _ = self._floor.clock()
        while True:
            self._begin_cases(now)
            next_at = self._act(now)
            progress(self._period.share(now))
            if now >= self._period.ends_at:
                return
            now = min(next_at, self._period.ends_at)
            self._floor.move_clock(now)

    def _recall(self) -> None:
        self._begun = set(self._floor.begun())
        self._done.clear()
        for task in sorted(self._floor.done_tasks(), key=lambda task: task.at):
            self._done[task.number, task.element_id].append(task.at)

    def _begin_cases(self, now: datetime) -> None:
        for story in self._stories.values():
            if story.number not in self._begun and self._begins_at(story) <= now:
                self._floor.begin(story, now)
                self._begun.add(story.number)

    def _begins_at(self, story: Story) -> datetime:
        return self._period.begins_at + story.begins_after

    def _act(self, now: datetime) -> datetime:
        """Do what is due, and return the earliest moment at which something may be due again."""
        # A task that is not there yet is done by nobody sooner than this.
        next_at = office.after(now, self._shortest)
        planned = []
        for task in self._floor.open_tasks():
            move = self._move(task)
            due = self._due(task, move) if move else None
            if move and due:
                planned.append((due, task.key, task, move))
        for due, _, task, move in sorted(planned, key=lambda plan: plan[:2]):
            if due <= now:
                self._make_if_open(task, move, now)
            else:
                next_at = min(next_at, due)
        waiting = (
            self._begins_at(s) for s in self._stories.values() if s.number not in self._begun
        )
        return min(next_at, *waiting, self._period.ends_at)

    def _move(self, task: Task) -> Move | None:
        story = self._stories.get(task.number)
        moves = story.moves.get(task.element_id) if story else None
        if not moves:
            return None
        visits = len(self._done[task.number, task.element_id])
        return moves[min(visits, len(moves) - 1)]

    def _due(self, task: Task, move: Move) -> datetime | None:
        """Return when the move is made; None while it waits for another task to be done."""
        since = task.at
        if isinstance(move, Completes) and move.once:
            other = self._done[task.number, move.once]
            if not other:
                return None
            since = max(since, other[-1])
        return office.after(since, move.after)

    def _make_if_open(self, task: Task, move: Move, now: datetime) -> None:
        """Make the move, unless an earlier one of the same moment has ended the task."""
        try:
            self._make(task, move, now)
        except Refused as refused:
            if refused.status != _CONFLICT or self._floor.is_open(task):
                raise

    def _make(self, task: Task, move: Move, now: datetime) -> None:
        if not isinstance(move, Completes):
            self._floor.tell(task, move.message, move.values)
            return
        if move.refused and not self._floor.was_refused(task.number, move.refused):
            self._try_in_vain(task, move, move.refused, now)
        who = move.by if move.takes_over else task.assignee or move.by
        if task.assignee != who:
            self._floor.claim(task, who, take_over=move.takes_over)
        self._floor.complete(task, who, move.values, now)
        self._done[task.number, task.element_id].append(now)

    def _try_in_vain(self, task: Task, move: Completes, who: str, now: datetime) -> None:
        try:
            self._floor.complete(task, who, move.values, now)
        except Refused as refused:
            if refused.status != _FORBIDDEN:
                raise
        else:
            raise AssertionError(f"{who} was not refused {task.element_id} of {task.number}")

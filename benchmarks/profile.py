"""Where the CPU of a form goes: the stack is looked at with every tick of CPU time.

A kernel ticks a hundred to a thousand times a second, whatever is asked for: it takes many forms.

Each look belongs to the innermost frame whose file and function a part names, so that a library's
time counts for whoever called it.
"""

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from benchmarks.measure import Prepare
from benchmarks.report import Section

_EVERY_SECONDS = 0.001
_PARTS: tuple[tuple[str, str, str], ...] = (
    ("the commit", "sqlalchemy/engine", "_commit_impl"),
    ("writing rows: bound and sent", "engine/persistence/batch.py", ""),
    ("writing rows: bound and sent", "engine/persistence/shapes.py", ""),
    ("reading rows, connection, transaction", "engine/persistence/", ""),
    ("history: payloads and digests", "engine/services/recorder.py", ""),
    ("checking the form", "engine/forms/", ""),
    ("the decision and FEEL", "engine/dmn/", ""),
    ("the decision and FEEL", "engine/feel/", ""),
    ("moving tokens: SpiffWorkflow and its corrections", "SpiffWorkflow/", ""),
    ("moving tokens: SpiffWorkflow and its corrections", "engine/bpmn/", ""),
    ("the services: permissions, loading, rows made of events", "engine/services/", ""),
)
"""A part, a piece of a file's path, and a function in it; no function means any."""

_OTHER = "the rest"


def measure(contestants: Mapping[str, Prepare], *, rounds: int) -> Section:
    """Let each do its rounds; return the share of each part in each of them."""
    shares = {name: _shares(prepare, rounds) for name, prepare in contestants.items()}
    parts = list(dict.fromkeys([part for part, _, _ in _PARTS] + [_OTHER]))
    return Section(
        title="Where the CPU of a form goes",
        text="The first form of the complaint in process, by looking at the stack with every tick "
        "of CPU time. PostgreSQL's own processes are not in it.",
        head=("part", *shares),
        rows=[(part, *(f"{share[part]:.0%}" for share in shares.values())) for part in parts],
    )


def _shares(prepare: Prepare, rounds: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    for _ in range(rounds):
        one_round = prepare()
        with _looking(lambda frame: seen.update([_part(frame)])):
            one_round()
    total = seen.total() or 1
    return Counter({part: count / total for part, count in seen.items()})


@contextmanager
def _looking(look: Callable[[FrameType], None]) -> Iterator[None]:
    def on_signal(_number: int, frame: FrameType | None) -> None:
        if frame is not None:
            look(frame)

    before = signal.signal(signal.SIGPROF, on_signal)
    signal.setitimer(signal.ITIMER_PROF, _EVERY_SECONDS, _EVERY_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _part(frame: FrameType | None) -> str:
    while frame is not None:
        code = frame.f_code
        for part, path, function in _PARTS:
            if path in code.co_filename and function in ("", code.co_name):
                return part
        frame = frame.f_back
    return _OTHER

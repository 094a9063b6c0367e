"""What an instance that is kept in memory takes, and how many a process may keep."""

import gc
import tracemalloc
from contextlib import ExitStack
from pathlib import Path

from benchmarks import complaint
from benchmarks.engines import application
from benchmarks.report import Section
from engine.services.live import MAX_BYTES


def measure(folder: Path, *, quick: bool) -> list[Section]:
    """Open complaints, and let go of what is kept of them."""
    count = 5 if quick else 40
    with ExitStack() as stack:
        app = application(stack, folder / "memory.db")
        complaint.prepare(app)
        complaint.open_complaint(app)  # what all share is there now
        live = app.instances._context.live
        live._kept.clear()
        live._bytes = 0
        gc.collect()
        tracemalloc.start()
        for _ in range(count):
            complaint.open_complaint(app)
        gc.collect()
        with_all, _ = tracemalloc.get_traced_memory()
        kept, counted = len(live), live._bytes
        live._kept.clear()
        gc.collect()
        without, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    taken, reckoned = (with_all - without) / kept, counted / kept
    return [
        Section(
            title="Instances in memory",
            text="A process keeps the instances it has last worked on, as long as its reckoning of "
            "their size stays within a bound. Measured: a complaint that waits for its first form.",
            head=("", "value"),
            rows=[
                ("KiB that an instance takes", taken / 1024),
                ("KiB that it is reckoned at", reckoned / 1024),
                ("complaints that a process keeps at most", int(MAX_BYTES // reckoned)),
                ("MiB that the bound allows", MAX_BYTES / 1024**2),
                ("MiB that so many take", MAX_BYTES / reckoned * taken / 1024**2),
            ],
        )
    ]

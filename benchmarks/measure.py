"""Fair measuring on a busy machine: interleaved rounds, medians, ratios within one run.

What is compared takes turns in short rounds, so that whatever else the machine does hits all of
them alike; the median of the rounds is reported, and ratios are those of medians.
"""

import gc
import resource
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Round = Callable[[], int]
"""Does some work once and returns how many units of it were done."""

Prepare = Callable[[], Round]
"""Gets ready, outside the time that is taken, and returns the round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds that one unit takes, by the clock and of this process's CPU."""

    wall: float
    cpu: float

    @property
    def per_second(self) -> float:
        """Return how many units fit into a second of wall time."""
        return 1 / self.wall


def interleaved(contestants: Mapping[str, Prepare], *, repeat: int = 7) -> dict[str, Cost]:
    """Let all *contestants* take turns *repeat* times; return the median cost of a unit of each."""
    costs: dict[str, list[Cost]] = {name: [] for name in contestants}
    for _ in range(repeat):
        for name, prepare in contestants.items():
            costs[name].append(_cost(prepare()))
    return {
        name: Cost(wall=median(c.wall for c in seen), cpu=median(c.cpu for c in seen))
        for name, seen in costs.items()
    }


def _cost(one_round: Round) -> Cost:
    gc.collect()
    cpu, wall = _cpu_seconds(), perf_counter()
    units = one_round()
    wall_taken, cpu_taken = perf_counter() - wall, _cpu_seconds() - cpu
    return Cost(wall=wall_taken / units, cpu=cpu_taken / units)


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

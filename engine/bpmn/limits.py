"""How far one command may go before the engine calls the diagram a runaway."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one command; reaching one raises `engine.errors.LimitExceeded`.

    ``steps`` counts visits of flow nodes, ``tokens`` those alive at the same time, ``seconds`` is
    the time on the clock, looked at every `STEPS_PER_LOOK` steps. Ten thousand rounds of a loop
    of four nodes fit; a loop that never ends does not.
    """

    steps: int = 50_000
    tokens: int = 10_000
    seconds: float = 15.0


STEPS_PER_LOOK = 100
"""How many steps may pass before the clock is asked again."""

DEFAULT_LIMITS = Limits()

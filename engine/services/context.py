"""What every service shares; made once by `engine.bootstrap`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from engine.bpmn import DEFAULT_LIMITS, Limits
from engine.clock import Clock
from engine.persistence.database import Database
from engine.persistence.keys import KeyGenerator
from engine.services.case_numbers import CaseNumbers
from engine.services.live import LiveExecutions
from engine.services.models import Models


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The parts a command needs.

    ``zone`` is that of the shops; ``functions`` are FEEL's host functions, by name.
    ``limits`` bound what one command may do to one instance.
    ``woken`` is called after each commit that may have made something due.
    """

    database: Database
    keys: KeyGenerator
    clock: Clock
    zone: ZoneInfo
    functions: Mapping[str, Callable[..., object]]
    models: Models = field(default_factory=Models)
    case_numbers: CaseNumbers = field(default_factory=CaseNumbers)
    live: LiveExecutions = field(default_factory=LiveExecutions)
    limits: Limits = DEFAULT_LIMITS
    woken: list[Callable[[], None]] = field(default_factory=list)

"""The bounds that keep every expression small, fast and finite.

An expression comes from a diagram, so a stranger may have written it. Each of these bounds turns
"hangs" or "eats the memory" into :class:`engine.errors.LimitExceeded`.
"""

from engine.errors import LimitExceeded

MAX_SOURCE_LENGTH = 100_000
"""Characters of one expression."""

MAX_NESTING = 60
"""Brackets, branches and calls inside one another, as written."""

MAX_TREE_DEPTH = 250
"""Depth of the syntax tree; long chains such as ``a + b + c`` count one level per operator."""

MAX_CALL_DEPTH = 60
"""Calls of functions written in FEEL that are open at the same moment (recursion)."""

MAX_STEPS = 1_000_000
"""Work of one evaluation: nodes evaluated in loops, list items and characters touched."""

MAX_LIST_LENGTH = 100_000
"""Items of one list."""

MAX_STRING_LENGTH = 1_000_000
"""Characters of one string."""

MAX_VALUE_DEPTH = 100
"""Lists and contexts inside one another in a value that the host passes in or reads back."""

CHARACTERS_PER_STEP = 32
"""Characters that a string function may touch for one step."""


TRANSCENDENTAL_COST = 50
"""Steps of a power, logarithm or exponential with 34 digits."""


class Budget:
    """What one evaluation may still spend."""

    __slots__ = ("open_calls", "steps_left")

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.steps_left = steps
        self.open_calls = 0

    def spend(self, steps: int) -> None:
        """Take *steps* from the budget, or raise LimitExceeded when it is used up."""
        self.steps_left -= steps
        if self.steps_left < 0:
            raise LimitExceeded(f"The expression needs more than {MAX_STEPS} steps.")

    def spend_on(self, value: object) -> None:
        """Pay for touching each item or character of *value* once."""
        if isinstance(value, str):
            check_string_length(len(value))
            self.spend(1 + len(value) // CHARACTERS_PER_STEP)
        elif isinstance(value, list | dict):
            check_list_length(len(value))
            self.spend(1 + len(value))


def check_list_length(length: int) -> None:
    """Refuse a list of *length* items when that is too many."""
    if length > MAX_LIST_LENGTH:
        raise LimitExceeded(f"A list has more than {MAX_LIST_LENGTH} items.")


def check_string_length(length: int) -> None:
    """Refuse a string of *length* characters when that is too many."""
    if length > MAX_STRING_LENGTH:
        raise LimitExceeded(f"A string has more than {MAX_STRING_LENGTH} characters.")

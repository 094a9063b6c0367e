"""Bounds the work of an analysis, so that a hostile file cannot occupy the server."""

MAX_EFFORT_OF_CHECK = 500_000
"""Steps of one check of one table: cells evaluated and sets compared; less than a second."""

MAX_EFFORT_OF_FILE = 2_000_000
"""Steps of all checks of all tables of a file."""


class TooMuchEffort(Exception):
    """There is too much to be checked in full."""


class Effort:
    """What may still be spent, on one check or on a file."""

    def __init__(self, steps: int = MAX_EFFORT_OF_FILE, whole: "Effort | None" = None) -> None:
        self._left = steps
        self._whole = whole

    def of_one_check(self) -> "Effort":
        """Return the effort of one check, which is taken from this one as well."""
        return Effort(MAX_EFFORT_OF_CHECK, self)

    def spend(self, steps: int) -> None:
        """Take *steps*, or raise TooMuchEffort when they are used up."""
        self._left -= steps
        if self._left < 0:
            raise TooMuchEffort
        if self._whole is not None:
            self._whole.spend(steps)

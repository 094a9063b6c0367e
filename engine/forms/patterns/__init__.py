"""Regular expressions of forms, as a browser understands them, in bounded time.

A form's ``pattern`` is a JavaScript regular expression. Python's ``re`` reads some of them
differently and can be made to run for years; here the cost is at most the length of the text times
the size of the pattern, and that product is bounded too.
"""

from functools import lru_cache

from engine.forms.patterns.automaton import Automaton
from engine.forms.patterns.parsing import PatternError, parse_pattern

__all__ = ["Automaton", "PatternError", "compile_pattern"]


@lru_cache(maxsize=1024)
def compile_pattern(source: str) -> Automaton:
    """Compile a JavaScript regular expression (no flags).

    Raises:
        PatternError: *source* is wrong, too large, or uses look-around or back-references.
    """
    return Automaton(parse_pattern(source))

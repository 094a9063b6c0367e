"""Regular expressions of XQuery and XPath 3.1, matched in bounded time.

Python's ``re`` has no bound on its steps, and patterns come from files and from data: one
``(a+)+$`` would stop the server. So a pattern is compiled to a small program whose every state is
visited at most once per place in the text, which makes matching linear in both. Back-references
make that impossible; patterns that use them run until the budget of the evaluation is used up.

Source: XQuery and XPath Functions and Operators 3.1, section 5.6 (flags s, m, i, x, q).
Look-around, ``\\b`` and named groups, which Java has and XPath has not, are refused by name.
"""

from engine.feel.regex.matcher import Match, Pattern, compile_pattern
from engine.feel.regex.syntax import PatternError, UnsupportedPattern

__all__ = ["Match", "Pattern", "PatternError", "UnsupportedPattern", "compile_pattern"]

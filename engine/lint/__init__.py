"""The linter: what will go wrong, or may, in models that could be deployed.

Deployment refuses what cannot run as drawn. `lint_files` looks further, at the files of one
bundle together: paths that never end, joins that wait for ever, names that nobody writes, texts
in one language only. Everything it says is a finding; a rule has one id wherever it is shown.
"""

from engine.lint.files import lint_files
from engine.lint.rules import RULES

__all__ = ["RULES", "lint_files"]

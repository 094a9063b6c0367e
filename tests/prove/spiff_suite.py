"""Runs SpiffWorkflow's own tests twice, alone and with engine.bpmn, and compares each result.

    python -m tests.prove.spiff_suite PATH [--failures]

PATH is a checkout of SpiffWorkflow whose tests fit the installed version (its release is printed).
The installed package is tested, not the one of the checkout. Our corrections are subclasses that
stock code never meets, so not one result may differ; the exit code is 1 when one does, or when no
test ran. Nothing of the checkout is kept here.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from importlib.metadata import version
from pathlib import Path

_CHILD = """
import json, sys, unittest
folder, with_engine = sys.argv[1:]
sys.path.insert(0, folder)
if with_engine == "True":
    import engine.bpmn
    assert "SpiffWorkflow" in sys.modules

class Results(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.outcomes = {}
    def stopTest(self, test):
        super().stopTest(test)
        self.outcomes.setdefault(test.id(), "passed")
    def addError(self, test, error):
        self.outcomes[test.id()] = "error: " + error[0].__name__
    def addFailure(self, test, error):
        self.outcomes[test.id()] = "failed"
    def addSkip(self, test, reason):
        self.outcomes[test.id()] = "skipped"
    def addExpectedFailure(self, test, error):
        self.outcomes[test.id()] = "expected failure"
    def addUnexpectedSuccess(self, test):
        self.outcomes[test.id()] = "unexpected success"

suite = unittest.defaultTestLoader.discover(
    folder + "/tests/SpiffWorkflow", pattern="*Test.py", top_level_dir=folder
)
results = Results()
suite.run(results)
sys.__stdout__.write("\\n" + json.dumps(results.outcomes))
"""


def run_suite(checkout: Path, *, with_engine: bool) -> dict[str, str]:
    """Return the outcome of each test of the checkout, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("tests", "docs", "doc"):
            (Path(folder) / part).symlink_to((checkout / part).resolve())
        command = [sys.executable, "-c", _CHILD, folder, str(with_engine)]
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        raise RuntimeError(f"the suite did not run: {ended.stderr[-2_000:]}")
    outcomes: dict[str, str] = json.loads(ended.stdout.splitlines()[-1])
    return outcomes


def main(arguments: list[str]) -> int:
    """Run both, print the counts and every difference, and return the exit code."""
    if not arguments:
        sys.stdout.write(str(__doc__))
        return 2
    checkout = Path(arguments[0])
    alone = run_suite(checkout, with_engine=False)
    beside = run_suite(checkout, with_engine=True)
    counts = Counter(outcome.partition(":")[0] for outcome in alone.values())
    told = ", ".join(f"{number} {outcome}" for outcome, number in counts.most_common())
    sys.stdout.write(f"SpiffWorkflow {version('SpiffWorkflow')}: {len(alone)} tests: {told}\n")
    if "--failures" in arguments:
        for test, outcome in alone.items():
            if outcome.startswith(("failed", "error")):
                sys.stdout.write(f"  {test}: {outcome}\n")
    different = [
        test for test in sorted(alone.keys() | beside.keys()) if alone.get(test) != beside.get(test)
    ]
    for test in different:
        sys.stdout.write(f"differs: {test}: {alone.get(test)} alone, {beside.get(test)} beside\n")
    sys.stdout.write(f"with engine.bpmn: {len(different)} results differ\n")
    return 1 if different or not alone else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

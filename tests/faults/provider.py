"""The world outside, as a process of its own: payments behind HTTP and a mail server.

It survives the nodes that are killed and keeps count: what was asked under which key, how often,
and what took effect. ``python -m tests.faults.provider`` prints its addresses as one JSON line,
then answers each line that comes in with its ledger, and ends with its standard input.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.connectors import mail_server, retail_system

ROOT = Path(__file__).parents[2]


class Provider:
    """The provider's process, seen from a test."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        addresses = self._read()
        self.payments_url = str(addresses["payments_url"])
        self.smtp_port = int(addresses["smtp_port"])

    def ledger(self) -> dict[str, Any]:
        """Return ``refunds`` by key, ``paid`` in all, and ``letters``: addresses by Message-ID."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        read: dict[str, Any] = json.loads(self._process.stdout.readline())
        return read


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider as long as the block lasts."""
    with subprocess.Popen(  # our own module
        [sys.executable, "-m", "tests.faults.provider"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        try:
            yield Provider(process)
        finally:
            process.kill()


def _main() -> None:
    rich = 10_000_000.0
    system = retail_system.RetailSystem(left_to_refund={"O-1": rich})
    server = retail_system.serve(system)
    post = mail_server.MailServer()
    mail = mail_server.serve(post)
    _say({"payments_url": system.url, "smtp_port": post.port})
    for _ in sys.stdin:
        letters = Counter(str(letter["Message-ID"]) for letter in post.taken)
        _say(
            {
                "refunds": {key: effect["asked"] for key, effect in system.effects.items()},
                "requests": len(system.received),
                "paid": rich - system.left_to_refund["O-1"],
                "letters": dict(letters),
            }
        )
    mail.stop()
    server.shutdown()


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main()

"""The shop that all end-to-end tests visit: one demo, played once, killed on the way.

It is the whole demo, on a real server process with a real SMTP server.
"""

from collections.abc import Iterator

import pytest

from tests.connectors.mail_server import MailServer, serve
from tests.e2e.shop import KILLED_AT, Shop


@pytest.fixture(scope="session")
def mail() -> Iterator[MailServer]:
    """The SMTP server that the shop writes to."""
    handler = MailServer()
    controller = serve(handler)
    yield handler
    controller.stop()


@pytest.fixture(scope="session")
def shop(
    tmp_path_factory: pytest.TempPathFactory, testrun_uid: str, mail: MailServer
) -> Iterator[Shop]:
    """The shop after its fortnight, during which the server was killed three times.

    It takes a minute: all tests of a run visit the same one (tests/sharing.py).
    """
    once = tmp_path_factory.getbasetemp().parent / f"shop-{testrun_uid}"
    once.mkdir(exist_ok=False)
    made = Shop(tmp_path_factory.mktemp("shop"), smtp_port=mail.port)
    try:
        for share in KILLED_AT:
            made.start()
            made.greet()
            made.wait_until_loaded(share, seconds=240)
            made.kill()
        made.start()
        made.wait_until_loaded(1, seconds=400)
        yield made
    finally:
        made.stop()

"""When a mail server takes longer than a lease to answer, is the letter sent once?"""

import asyncio
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from engine.bootstrap import Application, build
from engine.clock import ManualClock
from engine.services import background
from engine.services.connector_jobs import LEASE
from engine.services.time_travel import SwitchableClock
from engine.settings import Settings
from tests.connectors.mail_server import MailServer, serve
from tests.faults.conftest import asking
from tests.services.conftest import NOON, ROOT, Desk

PATIENCE_SECONDS = 25  # for another thread; the mail connector itself waits 30 for an answer
BEAT = timedelta(milliseconds=20)


class SlowMailServer(MailServer):
    """Answers no letter before ``may_answer``."""

    def __init__(self) -> None:
        super().__init__()
        self.has_letter = threading.Event()
        self.may_answer = threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the letter and think."""
        self.has_letter.set()
        await asyncio.to_thread(self.may_answer.wait)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def mail() -> Iterator[SlowMailServer]:
    handler = SlowMailServer()
    controller = serve(handler)
    yield handler
    handler.may_answer.set()
    controller.stop()


@pytest.fixture
def nodes(
    database_url: str, tmp_path: Path, mail: SlowMailServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Application, Application]]:
    """Two nodes whose common clock the test moves, while their hearts beat in real time."""
    monkeypatch.setattr(background, "HEARTBEAT_EVERY", BEAT)
    settings = Settings(
        database_url=database_url,
        sqlite_synchronous="OFF",
        document_folder=tmp_path / "documents",
        smtp_host="127.0.0.1",
        smtp_port=mail.port,
    )
    clock = SwitchableClock(ManualClock(NOON))
    made = build(settings, clock=clock), build(settings, clock=clock)
    yield made
    mail.may_answer.set()
    for node in made:
        node.stop()


def wait_until_prolonged(desk: Desk) -> None:
    """Wait until the letter's lease is as long as the clock allows."""
    end = time.monotonic() + PATIENCE_SECONDS
    while desk.rows("job")[0]["lease_until"] != desk.app.clock.now() + LEASE:
        assert time.monotonic() < end, "no beat has prolonged the lease"
        time.sleep(0.01)


def test_the_beat_holds_the_lease_until_the_answer_and_no_other_node_sends_the_letter_too(
    nodes: tuple[Application, Application], mail: SlowMailServer
) -> None:
    desk, other = Desk(nodes[0]), nodes[1]
    desk.deploy(asking())
    desk.start()
    desk.app.background.start()
    desk.app.user_tasks.complete(ROOT, desk.task("ask"), {})
    assert mail.has_letter.wait(PATIENCE_SECONDS)

    for _ in range(4):  # twice the lease in all
        desk.app.clock.pin(desk.app.clock.now() + LEASE / 2)
        wait_until_prolonged(desk)
        other.background.run_until_idle()
    mail.may_answer.set()

    assert desk.app.background.stop(within=timedelta(seconds=PATIENCE_SECONDS))
    other.background.run_until_idle()
    assert len(mail.taken) == 1
    assert [(row["state"], row["attempts"]) for row in desk.rows("job")] == [("COMPLETED", 1)]
    assert desk.open_tasks() == ["file"]

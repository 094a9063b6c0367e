"""When the same request arrives twice at once, on two nodes, does it happen once?"""

import pytest

from engine.clock import SystemClock
from engine.errors import InvalidInput
from engine.points import Point
from engine.services.answers import Answer, AnsweredBefore, Answers
from tests.races.meeting import Meeting, answer_in_an_hour
from tests.services.conftest import ALICE, Desk

MESSAGES = [Point.COMMAND_BEGUN, Point.ROWS_WRITTEN, Point.ANSWER_KEPT]


class Client:
    """Starts an instance with a key, and remembers how it was answered."""

    def __init__(self, desk: Desk, *, sha256: str = "same") -> None:
        self._desk = desk
        self._sha256 = sha256
        self._answers = Answers(desk.app.database, SystemClock())
        self.answered = b""

    def send(self) -> None:
        try:
            with self._answers.once(ALICE, "order-1", self._sha256) as keep:
                self.answered = str(self._desk.start()).encode()
                keep(Answer(status=200, content_type="text/plain", body=self.answered))
        except AnsweredBefore as before:
            self.answered = before.answer.body


@pytest.mark.parametrize("at", MESSAGES)
def test_the_second_waits_and_gets_the_answer_of_the_first(
    desk: Desk, other: Desk, meeting: Meeting, at: Point
) -> None:
    desk.deploy(answer_in_an_hour())
    first, second = Client(desk), Client(other)

    outcomes = meeting.of(first.send, second.send, at=at)

    assert outcomes == (None, None)
    (instance,) = desk.rows("process_instance")
    assert first.answered == second.answered == str(instance["key"]).encode()


@pytest.mark.parametrize("at", MESSAGES)
def test_the_second_with_another_body_waits_and_is_refused(
    desk: Desk, other: Desk, meeting: Meeting, at: Point
) -> None:
    desk.deploy(answer_in_an_hour())

    outcomes = meeting.of(Client(desk).send, Client(other, sha256="other").send, at=at)

    assert [type(o) for o in outcomes] == [type(None), InvalidInput]
    assert len(desk.rows("process_instance")) == 1


def test_when_the_first_is_refused_the_second_is_carried_out(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(answer_in_an_hour())
    second = Client(other)

    def fail() -> None:
        with Answers(desk.app.database, SystemClock()).once(ALICE, "order-1", "same"):
            desk.start()
            raise InvalidInput("no")

    outcomes = meeting.of(fail, second.send)

    assert [type(o) for o in outcomes] == [InvalidInput, type(None)]
    (instance,) = desk.rows("process_instance")
    assert second.answered == str(instance["key"]).encode()

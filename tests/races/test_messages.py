"""When a message meets its receiver, or another message, is it had once and never lost?"""

from itertools import product

import pytest

from engine.points import Point
from tests.bpmn.build import Diagram
from tests.races.meeting import HOUR, Meeting, pay, waiting_for_money
from tests.services.conftest import ALICE, Desk

MEETING_POINTS = (Point.COMMAND_BEGUN, Point.ROWS_WRITTEN)


@pytest.mark.parametrize(
    ("first", "at"),
    [*product(["message", "receiver"], MEETING_POINTS), ("message", Point.MESSAGE_KEPT)],
)
def test_a_message_and_its_receiver_do_not_miss_each_other(
    desk: Desk, other: Desk, meeting: Meeting, first: str, at: Point
) -> None:
    desk.deploy(waiting_for_money())
    desk.start(order="0")  # parsed and cached before they meet
    pair = [lambda: pay(desk), lambda: other.start(order="1")]

    outcomes = meeting.of(*(pair if first == "message" else reversed(pair)), at=at)

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["ship"]


@pytest.mark.parametrize("at", MEETING_POINTS)
def test_a_message_meets_a_receiver_that_an_answer_makes_wait(
    desk: Desk, other: Desk, meeting: Meeting, at: Point
) -> None:
    diagram = Diagram().message("paid", key="=order")
    diagram.start().user("ask").add("receiveTask", "wait", messageRef="message_paid")
    diagram.user("ship").end().chain("start", "ask", "wait", "ship", "end")
    desk.deploy(diagram)
    desk.start(order="1")

    outcomes = meeting.of(lambda: other.complete("ask"), lambda: pay(desk), at=at)

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["ship"]


@pytest.mark.parametrize("at", [*MEETING_POINTS, Point.MESSAGE_KEPT, Point.MESSAGE_DELIVERED])
def test_of_two_messages_for_one_receiver_it_gets_one_and_the_other_is_kept(
    desk: Desk, other: Desk, meeting: Meeting, at: Point
) -> None:
    desk.deploy(waiting_for_money())
    desk.start(order="1")

    outcomes = meeting.of(lambda: pay(desk), lambda: pay(other), at=at)

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["ship"]
    desk.start(order="1")
    assert desk.open_tasks() == ["ship", "ship"]
    desk.start(order="1")
    assert desk.open_tasks() == ["ship", "ship"]


def test_of_two_receivers_that_begin_to_wait_at_once_one_gets_a_kept_message(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(waiting_for_money())
    desk.start(order="0")
    pay(desk)

    outcomes = meeting.of(lambda: desk.start(order="1"), lambda: other.start(order="1"))

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["ship"]
    pay(desk)
    assert desk.open_tasks() == ["ship", "ship"]


def test_the_same_message_published_twice_at_once_is_one_message(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    desk.deploy(waiting_for_money())
    desk.start(order="1")

    def publish(node: Desk) -> None:
        node.app.messages.publish(
            ALICE,
            name="paid",
            correlation_key="1",
            variables={},
            message_id="invoice 7",
            time_to_live=HOUR,
        )

    outcomes = meeting.of(lambda: publish(desk), lambda: publish(other))

    assert [type(o).__name__ for o in outcomes] == ["NoneType", "Conflict"]
    desk.start(order="1")
    assert desk.open_tasks() == ["ship"]


def test_messages_that_lock_two_receivers_in_opposite_order_both_arrive(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    """Each message lets its receiver wait for what the other message is for."""
    diagram = Diagram().message("paid", key="=order").message("packed", key="=parcel")
    diagram.start().add("receiveTask", "money", messageRef="message_paid")
    diagram.add("receiveTask", "parcel", messageRef="message_packed").user("ship").end()
    diagram.chain("start", "money", "parcel", "ship", "end")
    mirror = Diagram("mirror").message("paid", key="=order").message("packed", key="=parcel")
    mirror.start().add("receiveTask", "parcel", messageRef="message_packed")
    mirror.add("receiveTask", "money", messageRef="message_paid").user("send").end()
    mirror.chain("start", "parcel", "money", "send", "end")
    desk.deploy(diagram, mirror)
    desk.start("process", order="1", parcel="2")
    desk.start("mirror", order="1", parcel="2")

    def packed(node: Desk) -> None:
        node.app.messages.publish(
            ALICE, name="packed", correlation_key="2", variables={}, time_to_live=HOUR
        )

    outcomes = meeting.of(lambda: pay(desk), lambda: packed(other), at=Point.MESSAGE_DELIVERED)

    assert outcomes == (None, None)
    assert desk.open_tasks() == ["send", "ship"]


def test_two_publishers_of_different_messages_do_not_wait_for_each_other(
    desk: Desk, other: Desk, meeting: Meeting
) -> None:
    """On SQLite writers queue anyway."""

    def publish(node: Desk, key: str) -> None:
        node.app.messages.publish(
            ALICE, name="paid", correlation_key=key, variables={}, time_to_live=HOUR
        )

    ended: list[str] = []

    def first() -> None:
        publish(desk, "1")
        ended.append("first")

    def second() -> None:
        publish(other, "2")
        ended.append("second")

    assert meeting.of(first, second) == (None, None)

    is_alone = desk.app.database.is_sqlite
    assert ended == (["first", "second"] if is_alone else ["second", "first"])

"""Which message does an instance wait for?"""

import pytest

from engine.bpmn import ErrorType
from engine.domain import events as facts
from engine.errors import Conflict, InvalidInput
from tests.bpmn.build import Diagram, caught, id_of
from tests.bpmn.harness import Story, story


def waiting(key: str = "=case_number", name: str = "paid") -> Diagram:
    diagram = Diagram().message(name, key).start().user("after")
    diagram.add("receiveTask", "wait", messageRef=id_of("message", name))
    return diagram.chain("start", "wait", "after")


KEYS = {
    "a-text": ("=case_number", "c1"),
    "a-number": ("=number", "17"),
    "a-path": ("=order.id", "o9"),
    "a-fixed-text": ("always", "always"),
}


@pytest.mark.parametrize(("key", "expected"), KEYS.values(), ids=KEYS.keys())
def test_the_correlation_key_is(key: str, expected: str) -> None:
    instance = story(waiting(key), case_number="c1", number=17, order={"id": "o9"})

    (opened,) = instance.of(facts.SubscriptionOpened)
    assert (opened.message_name, opened.correlation_key) == ("paid", expected)


@pytest.mark.parametrize("key", ["=nothing", '=""', "=true", "=1.5", "=[1]"])
def test_a_correlation_key_that_is_no_text_and_no_whole_number_is_an_incident(key: str) -> None:
    instance = story(waiting(key))

    assert [i.error_type for i in instance.incidents.values()] == [ErrorType.EXTRACT_VALUE_ERROR]
    assert not instance.subscriptions


def test_a_message_name_may_be_an_expression() -> None:
    instance = story(waiting(name='="paid-" + shop'), case_number="c1", shop="s7")

    (opened,) = instance.of(facts.SubscriptionOpened)
    assert opened.message_name == "paid-s7"


def test_an_edge_says_whether_it_interrupts() -> None:
    diagram = Diagram().message("a").message("b").start().user("work")
    diagram.boundary("stops", "work", caught("message", "a"))
    diagram.boundary("notes", "work", caught("message", "b"), interrupting=False)

    opened = story(diagram.chain("start", "work"), case_number="c1").of(facts.SubscriptionOpened)

    assert {e.element_id: e.interrupting for e in opened} == {"stops": True, "notes": False}


def test_a_message_that_came_once_is_not_waited_for_any_more() -> None:
    instance = story(waiting(), case_number="c1")
    (key,) = instance.subscriptions
    instance.complete(key)

    with pytest.raises(Conflict, match="not waiting"):
        instance.complete(key)


def starts() -> Diagram:
    diagram = Diagram().message("asked", key="").start("plain")
    diagram.start("by_message", caught("message", "asked"))
    return diagram.user("work").chain("plain", "work").chain("by_message", "work")


@pytest.mark.parametrize(("start", "path"), [(None, "plain"), ("by_message", "by_message")])
def test_an_instance_begins_at_one_start_event(start: str | None, path: str) -> None:
    assert Story(starts()).start(start).path == [path]


def test_an_unknown_start_event_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no start event"):
        Story(starts()).start("elsewhere")


def test_a_process_that_only_messages_start_has_no_plain_start() -> None:
    diagram = Diagram().message("asked", key="").start("s", caught("message", "asked")).end()

    with pytest.raises(InvalidInput, match="plain start event"):
        Story(diagram.chain("s", "end")).start()


def test_a_model_knows_its_start_events_and_messages() -> None:
    model = Story(starts()).model

    assert [(e.id, e.message_name) for e in model.start_events] == [
        ("plain", None),
        ("by_message", "asked"),
    ]
    assert model.message_names == {"asked"}

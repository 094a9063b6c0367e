"""Are the stories told in the mix of the service standard, and in the words of the diagrams?"""

from collections import Counter

import pytest

from api.demo.cast import STORIES
from api.demo.goods import ARTICLES
from api.demo.people import PEOPLE
from api.demo.story import Completes, Move, Story
from engine.bpmn import parse_process
from engine.bpmn.model import ProcessModel
from engine.resources import shipped_models

TYPES = Counter(story.service_type for story in STORIES)
STORY_IDS = [story.number for story in STORIES]


@pytest.fixture(scope="module")
def processes() -> dict[str, ProcessModel]:
    """The shipped processes by id."""
    parsed = (
        parse_process(content, resource_name=name)
        for name, content in shipped_models().items()
        if name.endswith(".bpmn")
    )
    return {process.process_id: process for file in parsed for process in file.processes}


def moves_of(story: Story) -> list[tuple[str, Move]]:
    return [(task, move) for task, moves in story.moves.items() for move in moves]


def test_there_are_120_cases() -> None:
    assert len({story.number for story in STORIES}) == len(STORIES) == 120


@pytest.mark.parametrize(
    ("service_type", "percent"), [("product", 42), ("service", 30), ("after_sales", 20)]
)
def test_the_share_of_a_service_type_is_that_of_the_standard(
    service_type: str, percent: int
) -> None:
    assert round(100 * TYPES[service_type] / len(STORIES)) == percent


def test_forty_percent_come_in_online() -> None:
    assert sum(story.is_online for story in STORIES) == len(STORIES) * 40 // 100


def test_sixty_percent_of_the_online_cases_come_from_marketplaces() -> None:
    online = [story for story in STORIES if story.is_online]
    marketplace = sum(story.channel == "marketplace" for story in online)
    assert round(100 * marketplace / len(online)) == 60


def test_they_are_in_the_order_in_which_they_begin() -> None:
    begins = [story.begins_after for story in STORIES]
    assert begins == sorted(begins)


def test_cases_come_in_on_each_of_fourteen_days() -> None:
    assert {story.day for story in STORIES} == set(range(14))


@pytest.mark.parametrize("story", STORIES, ids=STORY_IDS)
def test_its_moves_are_user_tasks_of_the_diagrams(
    story: Story, processes: dict[str, ProcessModel]
) -> None:
    user_tasks = {
        element.id
        for process in processes.values()
        for element in process.elements.values()
        if element.type == "USER_TASK"
    }
    waited_for = {move.once for _, move in moves_of(story) if isinstance(move, Completes)}
    assert set(story.moves) | (waited_for - {None}) <= user_tasks


@pytest.mark.parametrize("story", STORIES, ids=STORY_IDS)
def test_its_ending_names_elements_of_the_diagrams(
    story: Story, processes: dict[str, ProcessModel]
) -> None:
    for process_id, places in story.ending.places.items():
        assert set(places) <= set(processes[process_id].elements)
    senders = {e for process in processes.values() for e in process.elements}
    assert set(story.ending.letters) <= senders


@pytest.mark.parametrize("story", STORIES, ids=STORY_IDS)
def test_its_people_have_accounts(story: Story) -> None:
    known = {person.username for person in PEOPLE}
    actors = {story.by} | {m.by for _, m in moves_of(story) if isinstance(m, Completes)}
    assert actors <= known


@pytest.mark.parametrize("story", [s for s in STORIES if s.purchase], ids=lambda s: s.number)
def test_it_refunds_no_more_than_was_paid(story: Story) -> None:
    assert story.purchase
    paid = ARTICLES[story.purchase.sku].price_minor * story.purchase.quantity
    assert story.ending.refunded * 100 <= paid


def test_a_refund_needs_an_order() -> None:
    assert [s.number for s in STORIES if s.ending.refunded and not s.purchase] == []


def test_four_eyes_refuse_somebody_in_two_stories() -> None:
    assert sum(story.ending.denials for story in STORIES) == 2


def test_no_task_is_done_by_somebody_who_does_the_next_with_other_eyes(
    processes: dict[str, ProcessModel],
) -> None:
    pairs = {k: v for p in processes.values() for k, v in p.four_eyes.items()}
    same = [
        (story.number, task)
        for story in STORIES
        for task, other in pairs.items()
        for first in story.moves.get(other, ())
        for second in story.moves.get(task, ())
        if isinstance(first, Completes) and isinstance(second, Completes) and first.by == second.by
    ]
    assert same == []

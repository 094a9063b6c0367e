"""Do operators see what waits and what has stopped, in words?"""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from engine.bpmn.incidents import ErrorType
from engine.domain.search import Search, SortBy
from engine.errors import Forbidden
from engine.services.incident_words import words_for
from tests.bpmn.build import Diagram, setting, timer
from tests.services.conftest import ALICE, NOON, OTTO, WANDA, Desk

AGENTS = setting("assignmentDefinition", candidateGroups="agent")
ENGINE = Path(__file__).parents[2] / "engine"


@pytest.fixture
def stopped(desk: Desk) -> Desk:
    """One instance that stands at a condition without an answer, and one that waits for a day."""
    diagram = Diagram(process_id="choice")
    diagram.start().exclusive("which").end().chain("start", "which")
    diagram.flow("which", "end", condition="=missing > 1")
    waiting = Diagram(process_id="waiting")
    due = setting("taskSchedule", dueDate="2026-03-02T13:00:00Z")
    waiting.start().user("answer", settings=AGENTS + due).end().chain("start", "answer", "end")
    waiting.boundary("late", "answer", timer("Duration", "P1D"))
    waiting.chain("late", "end")
    desk.deploy(diagram, waiting)
    desk.start("choice")
    desk.start("waiting")
    return desk


def test_an_incident_says_what_happened_and_what_to_do(stopped: Desk) -> None:
    (entry,) = stopped.app.queries.operations.incidents(OTTO, Search()).items

    assert entry.view.element_id == "which"
    assert entry.view.business_id == "2026-000001"
    assert entry.words == words_for("EXTRACT_VALUE_ERROR")
    assert entry.words.en != entry.words.zh


def test_who_does_not_see_the_case_does_not_see_its_incident(stopped: Desk) -> None:
    assert not stopped.app.queries.operations.incidents(WANDA, Search()).items


def test_every_cause_that_is_raised_has_words_of_its_own() -> None:
    raised = {
        *(cause.value for cause in ErrorType if cause is not ErrorType.UNSPECIFIED),
        *(
            word
            for path in (ENGINE / "services").rglob("*.py")
            for word in re.findall(r'error_type="([A-Z_]+)"', path.read_text(encoding="utf-8"))
        ),
    }

    assert [cause for cause in sorted(raised) if words_for(cause) == words_for("")] == []


def test_a_timer_says_when_and_in_which_case(stopped: Desk) -> None:
    asked = Search(sort=[SortBy(field="due_at")])

    (entry,) = stopped.app.queries.operations.timers(OTTO, asked).items

    assert (entry.view.element_id, entry.process_id) == ("late", "waiting")
    assert (entry.view.due_at, entry.view.case_number) == (NOON + timedelta(days=1), "2026-000002")


def test_an_agent_sees_no_timers_and_no_totals(stopped: Desk) -> None:
    with pytest.raises(Forbidden):
        stopped.app.queries.operations.timers(ALICE, Search())
    with pytest.raises(Forbidden):
        stopped.app.queries.operations.overview(ALICE)


def test_the_overview_counts_what_is_open_and_overdue(stopped: Desk) -> None:
    before = stopped.app.queries.operations.overview(OTTO)
    stopped.passes(timedelta(hours=2))
    after = stopped.app.queries.operations.overview(OTTO)

    assert (before.active_instances, before.open_tasks, before.unassigned_tasks) == (2, 1, 1)
    assert (before.incidents, before.timers, before.overdue_timers) == (1, 1, 0)
    assert (before.overdue_tasks, after.overdue_tasks) == (0, 1)

"""What is asked of people, workers, decisions and scripts?"""

from datetime import UTC, datetime, timedelta

import pytest

from engine.bpmn import ErrorType
from engine.domain import events as facts
from engine.domain.events import Binding, Reference
from engine.errors import ExpressionError, LimitExceeded, NotFound
from tests.bpmn.build import Content, Diagram, caught, element, mapping, setting
from tests.bpmn.harness import FakeHost, Story, story


def asked(settings: str = "", **variables: object) -> facts.UserTaskCreated:
    diagram = Diagram().start().user("work", settings=settings).chain("start", "work")
    (created,) = story(diagram, **variables).of(facts.UserTaskCreated)
    return created


def test_a_plain_user_task_is_for_nobody_in_particular() -> None:
    created = asked()

    assert (created.assignee, created.candidate_groups, created.candidate_users) == (None, (), ())
    assert (created.due_date, created.follow_up_date, created.priority) == (None, None, 50)
    assert created.form is None


ASSIGNMENTS = {
    "one-person": ({"assignee": "li"}, ("li", (), ())),
    "a-person-from-a-variable": ({"assignee": "=owner"}, ("wang", (), ())),
    "no-person-when-the-variable-is-null": ({"assignee": "=nobody"}, (None, (), ())),
    "no-person-when-the-variable-is-empty": ({"assignee": '=""'}, (None, (), ())),
    "groups-as-a-list-with-commas": ({"candidateGroups": "a, b ,c"}, (None, ("a", "b", "c"), ())),
    "groups-as-a-feel-list": ({"candidateGroups": '=["a", "b c"]'}, (None, ("a", "b c"), ())),
    "groups-from-a-feel-text": ({"candidateGroups": '="a,b"'}, (None, ("a", "b"), ())),
    "no-groups-when-null": ({"candidateGroups": "=nobody"}, (None, (), ())),
    "users": ({"candidateUsers": "li, wang"}, (None, (), ("li", "wang"))),
}


@pytest.mark.parametrize(("given", "expected"), ASSIGNMENTS.values(), ids=ASSIGNMENTS.keys())
def test_a_user_task_is_for(given: dict[str, str], expected: tuple[object, ...]) -> None:
    created = asked(setting("assignmentDefinition", **given), owner="wang")

    assert (created.assignee, created.candidate_groups, created.candidate_users) == expected


def test_groups_must_be_texts() -> None:
    settings = setting("assignmentDefinition", candidateGroups="=[1]")
    diagram = Diagram().start().user("work", settings=settings).chain("start", "work")

    (incident,) = story(diagram).incidents.values()

    assert incident.error_type == ErrorType.EXTRACT_VALUE_ERROR


def in_lane(settings: str = "", properties: str = "") -> facts.UserTaskCreated:
    diagram = Diagram().start().user("work", settings=settings).chain("start", "work")
    reference = "<bpmn:flowNodeRef>work</bpmn:flowNodeRef>"
    inner = element("lane", "team_b", reference, settings=properties, name="Team B")
    nested = element("childLaneSet", "inner", inner)
    diagram.parts.append(element("laneSet", "lanes", element("lane", "team_a", reference, nested)))
    (created,) = story(diagram).of(facts.UserTaskCreated)
    return created


def test_the_innermost_lane_stands_in_for_a_missing_assignment() -> None:
    assert in_lane().candidate_groups == ("team_b",)


def test_a_lane_may_name_its_group() -> None:
    properties = setting("properties", setting("property", name="group", value="agent"))

    assert in_lane(properties=properties).candidate_groups == ("agent",)


def test_a_named_person_goes_before_the_lane() -> None:
    created = in_lane(setting("assignmentDefinition", assignee="li"))

    assert (created.assignee, created.candidate_groups) == ("li", ())


def test_the_lane_around_a_sub_process_stands_in_inside_it_too() -> None:
    inner = Content().start("in").user("work").chain("in", "work")
    diagram = Diagram().start().sub("part", inner).chain("start", "part")
    reference = "<bpmn:flowNodeRef>part</bpmn:flowNodeRef>"
    diagram.parts.append(element("laneSet", "lanes", element("lane", "team_a", reference)))

    (created,) = story(diagram).of(facts.UserTaskCreated)

    assert created.candidate_groups == ("team_a",)


@pytest.mark.parametrize("text", ["=1", '=""', "=nothing"])
def test_a_job_type_that_is_no_text_is_an_incident(text: str) -> None:
    settings = setting("taskDefinition", type=text)
    diagram = Diagram().start().add("serviceTask", "work", settings=settings)

    instance = story(diagram.chain("start", "work"))

    assert [i.error_type for i in instance.incidents.values()] == [ErrorType.EXTRACT_VALUE_ERROR]
    assert not instance.of(facts.JobCreated)


DATES = {
    "a-fixed-time": ("2026-03-02T12:00:00+08:00", datetime(2026, 3, 2, 4, tzinfo=UTC)),
    "a-feel-time": ('=now() + duration("PT1H")', datetime(2026, 3, 2, 13, tzinfo=UTC)),
    "a-text-from-a-variable": ("=due", datetime(2026, 5, 1, 10, tzinfo=UTC)),
    "no-time-when-null": ("=nothing", None),
}


@pytest.mark.parametrize(("text", "expected"), DATES.values(), ids=DATES.keys())
def test_a_user_task_is_due_at(text: str, expected: datetime | None) -> None:
    settings = setting("taskSchedule", dueDate=text, followUpDate=text)

    created = asked(settings, due="2026-05-01T10:00:00Z")

    assert (created.due_date, created.follow_up_date) == (expected, expected)


def test_a_due_date_without_a_time_zone_is_an_incident() -> None:
    settings = setting("taskSchedule", dueDate="=due")
    diagram = Diagram().start().user("work", settings=settings).chain("start", "work")

    (incident,) = story(diagram, due="2026-05-01T10:00:00").incidents.values()

    assert "time zone" in incident.message


@pytest.mark.parametrize(
    ("text", "priority"), [("0", 0), ("=100", 100), ("80", 80), ("=10 + 1", 11), ('="7"', 7)]
)
def test_a_user_task_has_a_priority(text: str, priority: int) -> None:
    assert asked(setting("priorityDefinition", priority=text)).priority == priority


@pytest.mark.parametrize("text", ["=101", "=-1", "=1.5", '="high"', "=true", "=nothing"])
def test_a_priority_is_a_whole_number_between_0_and_100(text: str) -> None:
    settings = setting("priorityDefinition", priority=text)
    diagram = Diagram().start().user("work", settings=settings).chain("start", "work")

    assert story(diagram).incidents


def test_a_user_task_carries_its_form_and_properties() -> None:
    settings = setting("formDefinition", formId="check", bindingType="deployment")
    settings += setting("properties", setting("property", name="name.zh", value="核对"))

    created = asked(settings)

    assert created.form == Reference(id="check", binding=Binding.DEPLOYMENT)
    assert created.properties == {"name.zh": "核对"}


def test_a_job_carries_its_type_retries_and_headers() -> None:
    own = setting("taskDefinition", type='="pay-" + kind', retries="=2 + 3")
    own += setting("taskHeaders", setting("header", key="to", value="bank"))
    diagram = Diagram().start().add("serviceTask", "pay", settings=own).chain("start", "pay")

    (job,) = story(diagram, kind="card").of(facts.JobCreated)

    assert (job.type, job.retries, job.headers) == ("pay-card", 5, {"to": "bank"})


JOB_ELEMENTS = {
    "service-task": ("serviceTask", ""),
    "send-task": ("sendTask", ""),
    "script-task": ("scriptTask", ""),
    "business-rule-task": ("businessRuleTask", ""),
    "message-throw-event": ("intermediateThrowEvent", caught("message", "out")),
    "message-end-event": ("endEvent", caught("message", "out")),
}


@pytest.mark.parametrize(("tag", "event"), JOB_ELEMENTS.values(), ids=JOB_ELEMENTS.keys())
def test_a_job_is_left_and_awaited_by(tag: str, event: str) -> None:
    diagram = Diagram().message("out", key="").start()
    diagram.add(tag, "work", event, settings=setting("taskDefinition", type="t"))

    instance = story(diagram.chain("start", "work"))

    assert [job.type for job in instance.of(facts.JobCreated)] == ["t"]
    assert instance.complete("work", a=1).ended
    assert instance.variables == {"a": 1}


@pytest.mark.parametrize("tag", ["task", "manualTask", "intermediateThrowEvent"])
def test_nothing_is_awaited_at(tag: str) -> None:
    diagram = Diagram().start().add(tag, "passed").end().chain("start", "passed", "end")

    assert story(diagram).path == ["start", "passed", "end"]


def test_a_script_that_fails_is_an_incident_and_can_be_retried() -> None:
    diagram = Diagram().start().script("count", "=assert(n, n > 0)", "m").user("after")

    instance = story(diagram.chain("start", "count", "after"), n=0)
    assert instance.waiting == ["count"]

    assert instance.set("process", n=1).retry("count").variables == {"n": 1, "m": 1}


def deciding(settings: str = "") -> Diagram:
    called = setting("calledDecision", decisionId="limits", resultVariable="limit")
    diagram = Diagram().start().user("after")
    diagram.add("businessRuleTask", "decide", settings=called + settings)
    return diagram.chain("start", "decide", "after")


def decided(diagram: Diagram, decision: object, **variables: object) -> Story:
    host = FakeHost()
    host.decisions["limits"] = decision
    return Story(diagram, host).start(**variables)


def test_a_decision_sees_the_variables_and_leaves_its_result() -> None:
    instance = decided(deciding(), lambda context: context["amount"] * 2, amount=5)

    assert instance.variables == {"amount": 5, "limit": 10}


def test_a_decision_sees_the_inputs_of_its_task() -> None:
    settings = mapping({"amount": "=price"}, {"allowed": "=limit"})

    instance = decided(deciding(settings), lambda context: context["amount"], price=7)

    assert instance.variables == {"price": 7, "allowed": 7}


def test_how_a_decision_was_made_is_told() -> None:
    (made,) = decided(deciding(), lambda _: 1).of(facts.DecisionMade)

    assert made.decision == Reference(id="limits")
    assert (made.decision_key, made.output) == (77, 1)
    assert made.evaluations == ({"decision": "limits"},)


FAILURES = {
    "that-is-not-deployed": (NotFound("no decision"), ErrorType.CALLED_DECISION_ERROR),
    "that-cannot-be-evaluated": (ExpressionError("bad"), ErrorType.DECISION_EVALUATION_ERROR),
    "that-takes-too-long": (LimitExceeded("long"), ErrorType.DECISION_EVALUATION_ERROR),
}


@pytest.mark.parametrize(("problem", "error_type"), FAILURES.values(), ids=FAILURES.keys())
def test_a_decision_is_an_incident(problem: Exception, error_type: ErrorType) -> None:
    def fail(_: object) -> object:
        raise problem

    instance = decided(deciding(), fail)

    assert [i.error_type for i in instance.incidents.values()] == [error_type]
    instance.host.decisions["limits"] = lambda _: 3
    assert instance.retry("decide").variables == {"limit": 3}


def test_time_stands_still_during_a_command() -> None:
    diagram = Diagram().start().script("first", "=now()", "a").script("second", "=now()", "b")
    host = FakeHost()
    host.now = lambda: host.clock.advance(timedelta(seconds=1)) or host.clock.now()

    instance = Story(diagram.chain("start", "first", "second"), host).start()

    assert instance.variables["a"] == instance.variables["b"]


def test_functions_of_the_host_are_known_in_every_expression() -> None:
    host = FakeHost()
    host.feel_functions = {"working time": lambda start, hours: hours * 2}
    diagram = Diagram().start().script("count", "=working time(1, 4)", "n").chain("start", "count")

    assert Story(diagram, host).start().variables == {"n": 8}

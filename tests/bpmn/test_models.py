"""What does a process model tell those who deploy and show it?"""

import pytest

from engine.bpmn import ElementReference, ProcessModel, ReferenceKind, parse_process
from engine.domain.events import Binding, Reference
from engine.resources import shipped_models
from tests.bpmn.build import Content, Diagram, caught, element, loop, setting, timer
from tests.bpmn.harness import model_of


def shown() -> ProcessModel:
    """A process with one of everything that a model tells about."""
    own = setting("versionTag", value="v7")
    own += setting("properties", setting("property", name="name.zh", value="投诉"))
    four_eyes = setting("properties", setting("property", name="fourEyesWith", value="check"))
    decision = setting("calledDecision", decisionId="limits", resultVariable="limit")
    inner = Content().start("in").user("approve", settings=four_eyes).chain("in", "approve")
    diagram = Diagram("complaint", settings=own).message("paid").error("failed")
    diagram.start("start", settings=setting("formDefinition", formId="ask"))
    form = setting("formDefinition", formId="check", bindingType="deployment")
    diagram.user("check", loop("=[1]"), settings=form, name="Check it")
    diagram.add("businessRuleTask", "decide", settings=decision).call("return", process="return")
    diagram.job("pay", type="pay").job("other", type="=kind").sub("part", inner)
    diagram.boundary("late", "check", timer("Duration", "PT1H"))
    diagram.boundary("paid", "check", caught("message", "paid"))
    names = ["start", "check", "decide", "return", "pay", "other", "part"]
    return model_of(diagram.chain(*names))


def test_a_model_knows_its_process() -> None:
    model = shown()

    assert (model.process_id, model.version_tag) == ("complaint", "v7")
    assert model.properties == {"name.zh": "投诉"}


def test_a_model_knows_the_names_of_a_flow_in_every_language() -> None:
    flows = parse_process(shipped_models()["complaint.bpmn"], resource_name="c").processes[0].flows

    named = flows["acknowledged_by_email_to_send_acknowledgement"].properties
    assert (named["name.en"], named["name.zh"]) == ("Yes", "是")


def test_a_process_without_a_version_tag_has_none() -> None:
    assert model_of(Diagram().start()).version_tag is None


def test_a_model_lists_what_it_refers_to() -> None:
    links = [
        (ReferenceKind.FORM, "start", Reference(id="ask")),
        (ReferenceKind.FORM, "check", Reference(id="check", binding=Binding.DEPLOYMENT)),
        (ReferenceKind.DECISION, "decide", Reference(id="limits")),
        (ReferenceKind.PROCESS, "return", Reference(id="return")),
    ]

    assert sorted(shown().references, key=lambda link: link.element_id) == sorted(
        (ElementReference(kind=k, element_id=e, reference=r) for k, e, r in links),
        key=lambda link: link.element_id,
    )


def test_a_model_lists_the_fixed_job_types_and_messages() -> None:
    assert shown().job_types == {"pay"}
    assert shown().message_names == {"paid"}


@pytest.mark.parametrize(
    ("assignment", "groups"),
    [
        pytest.param({"candidateGroups": "agent, finance"}, ("agent", "finance"), id="named"),
        pytest.param({"candidateGroups": "=team"}, (), id="an-expression"),
        pytest.param({"candidateUsers": "ann"}, (), id="a-person-in-a-lane"),
        pytest.param({"assignee": "ann"}, (), id="given-to-a-person-in-a-lane"),
        pytest.param({}, ("team_a",), id="the-lane"),
    ],
)
def test_a_model_lists_the_fixed_groups_of_a_user_task(
    assignment: dict[str, str], groups: tuple[str, ...]
) -> None:
    diagram = Diagram().start()
    settings = setting("assignmentDefinition", **assignment) if assignment else ""
    diagram.user("ask", settings=settings).chain("start", "ask")
    lane = element("lane", "team_a", "<bpmn:flowNodeRef>ask</bpmn:flowNodeRef>")
    diagram.parts.append(element("laneSet", "lanes", lane))

    assert model_of(diagram).candidate_groups == {"ask": groups}


def test_a_model_knows_who_may_not_do_what_another_did() -> None:
    assert shown().four_eyes == {"approve": "check"}


def test_a_model_describes_each_element() -> None:
    elements = shown().elements

    check = elements["check"]
    assert (check.name, check.type, check.parent_id) == ("Check it", "USER_TASK", "complaint")
    assert check.multi_instance
    assert elements["approve"].parent_id == "part"
    assert elements["late"].attached_to == "check"


def test_a_model_knows_its_sequence_flows() -> None:
    flow = shown().flows["start_to_check_1"]

    assert (flow.source, flow.target) == ("start", "check")


def test_the_graph_that_spiff_knows_is_the_one_that_is_drawn() -> None:
    specs = shown().specs["complaint"].task_specs

    assert [spec.name for spec in specs["decide"].outputs] == ["return"]
    assert [spec.name for spec in specs["decide"].inputs] == ["check"]


def test_a_model_knows_the_form_that_starts_it() -> None:
    (start,) = shown().start_events

    assert start.form == Reference(id="ask")

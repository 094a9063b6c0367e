"""Does a task with a form take only what the form allows?"""

import orjson
import pytest

from engine.errors import DeploymentRefused, InvalidInput
from tests.bpmn.build import Diagram, setting
from tests.services.conftest import Desk

FORM = orjson.dumps(
    {
        "id": "answer_form",
        "type": "default",
        "schemaVersion": 18,
        "components": [
            {
                "id": "a",
                "key": "answer",
                "label": "Answer",
                "type": "textfield",
                "validate": {"required": True},
                "properties": {"classification": "personal"},
            },
            {"id": "b", "key": "amount", "label": "Amount", "type": "number"},
        ],
    }
)


def with_form() -> Diagram:
    linked = setting("assignmentDefinition", candidateGroups="agent") + setting(
        "formDefinition", formId="answer_form", bindingType="deployment"
    )
    diagram = Diagram()
    diagram.start().user("answer", settings=linked).end().chain("start", "answer", "end")
    return diagram


def test_a_missing_form_refuses_the_deployment_and_names_the_task(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused) as refusal:
        desk.deploy(with_form())

    (finding,) = refusal.value.findings
    assert (finding.rule, finding.element_id) == ("missing-form", "answer")


def test_a_refused_deployment_stores_nothing(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused):
        desk.deploy(with_form())

    desk.deploy(with_form(), answer_form__form=FORM)
    assert desk.app.instances.create is not None
    assert desk.deploy(with_form(), answer_form__form=FORM).keys() == {"process", "answer_form"}


def test_a_missing_required_field_is_named_by_its_pointer_and_changes_nothing(desk: Desk) -> None:
    desk.deploy(with_form(), answer_form__form=FORM)
    desk.start()

    with pytest.raises(InvalidInput) as refusal:
        desk.complete("answer", amount=3)

    assert [(p.pointer, p.code) for p in refusal.value.problems] == [("/answer", "required")]
    assert desk.open_tasks() == ["answer"]


def test_an_unknown_field_is_refused(desk: Desk) -> None:
    desk.deploy(with_form(), answer_form__form=FORM)
    desk.start()

    with pytest.raises(InvalidInput) as refusal:
        desk.complete("answer", answer="yes", is_admin=True)

    assert [p.pointer for p in refusal.value.problems] == ["/is_admin"]


def test_valid_values_reach_the_process(desk: Desk) -> None:
    desk.deploy(with_form(), answer_form__form=FORM)
    key = desk.start()

    desk.complete("answer", answer="yes", amount=3)

    assert desk.variables(key) == {"answer": '"yes"', "amount": "3"}


def test_a_running_task_keeps_the_form_it_was_deployed_with(desk: Desk) -> None:
    desk.deploy(with_form(), answer_form__form=FORM)
    desk.start()
    stricter = orjson.loads(FORM)
    stricter["components"][1]["validate"] = {"required": True}
    desk.deploy(with_form(), answer_form__form=orjson.dumps(stricter))

    desk.complete("answer", answer="yes")

    assert desk.open_tasks() == []


def test_a_new_instance_has_the_new_form_though_the_diagram_did_not_change(desk: Desk) -> None:
    desk.deploy(with_form(), answer_form__form=FORM)
    stricter = orjson.loads(FORM)
    stricter["components"][1]["validate"] = {"required": True}
    desk.deploy(with_form(), answer_form__form=orjson.dumps(stricter))
    desk.start()

    with pytest.raises(InvalidInput):
        desk.complete("answer", answer="yes")


def started_with_form() -> Diagram:
    linked = setting("formDefinition", formId="answer_form", bindingType="deployment")
    diagram = Diagram()
    diagram.start(settings=linked).user("check").end().chain("start", "check", "end")
    return diagram


def test_a_start_that_breaks_the_start_form_is_refused_by_field_and_starts_nothing(
    desk: Desk,
) -> None:
    desk.deploy(started_with_form(), answer_form__form=FORM)

    with pytest.raises(InvalidInput) as refusal:
        desk.start(amount="many")

    assert {p.pointer for p in refusal.value.problems} == {"/answer", "/amount"}
    assert desk.rows("process_instance") == []


def test_a_program_may_start_with_more_than_the_form_asks(desk: Desk) -> None:
    desk.deploy(started_with_form(), answer_form__form=FORM)

    key = desk.start(answer="yes", shop="S-1")

    assert desk.variables(key) == {"answer": '"yes"', "amount": "null", "shop": '"S-1"'}

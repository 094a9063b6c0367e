"""May a form name any file, and what becomes of the files it names?"""

import orjson
import pytest

from engine.errors import Conflict, InvalidInput
from tests.bpmn.build import Diagram, setting
from tests.services.conftest import ADAM, ALICE, Desk

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
FORM = orjson.dumps(
    {
        "id": "evidence_form",
        "type": "default",
        "schemaVersion": 18,
        "components": [
            {"id": "p", "key": "photos", "label": "Photos", "type": "filepicker", "multiple": True}
        ],
    }
)


def with_photos() -> Diagram:
    linked = setting("assignmentDefinition", candidateGroups="agent") + setting(
        "formDefinition", formId="evidence_form", bindingType="deployment"
    )
    diagram = Diagram()
    diagram.start().user("show", settings=linked).end().chain("start", "show", "end")
    return diagram


@pytest.fixture
def started(desk: Desk) -> int:
    desk.deploy(with_photos(), evidence_form__form=FORM)
    return desk.start()


def test_the_process_gets_a_reference_that_says_what_the_server_knows(
    desk: Desk, started: int
) -> None:
    desk.app.documents.upload(ALICE, file_name="crack.png", content=PNG, document_id="crack")

    desk.complete("show", actor=ALICE, photos=[{"documentId": "crack", "size": 1}])

    (reference,) = orjson.loads(str(desk.variables(started)["photos"]))
    assert (reference["documentId"], reference["metadata"]["size"]) == ("crack", len(PNG))


def test_a_file_that_nobody_uploaded_is_refused(desk: Desk, started: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        desk.complete("show", actor=ALICE, photos=["nowhere"])

    assert [p.code for p in refusal.value.problems] == ["unknown-document"]


def test_a_file_of_somebody_else_is_refused(desk: Desk, started: int) -> None:
    desk.app.documents.upload(ADAM, file_name="his.png", content=PNG, document_id="his")

    with pytest.raises(InvalidInput) as refusal:
        desk.complete("show", actor=ALICE, photos=["his"])

    assert [p.code for p in refusal.value.problems] == ["unknown-document"]


def test_a_file_of_another_case_is_refused(desk: Desk, started: int) -> None:
    desk.app.documents.upload(
        ALICE, file_name="b.png", content=PNG, document_id="b", process_instance_key=started
    )
    other = desk.start()

    with pytest.raises(InvalidInput):
        desk.app.user_tasks.complete(ALICE, desk.task("show", other), {"photos": ["b"]})


def test_a_file_named_in_a_form_stays_with_the_case(desk: Desk, started: int) -> None:
    desk.app.documents.upload(ALICE, file_name="a.png", content=PNG, document_id="a")

    desk.complete("show", actor=ALICE, photos=["a"])

    with pytest.raises(Conflict, match="belongs to a case"):
        desk.app.documents.delete(ALICE, "a")

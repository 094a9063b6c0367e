"""Are files kept safely, and given only to those who may see them?"""

import pytest

from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests.bpmn.build import Diagram
from tests.services.conftest import ADAM, ALICE, OTTO, WANDA, Desk

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def test_an_uploaded_file_can_be_read_again(desk: Desk) -> None:
    row = desk.app.documents.upload(ALICE, file_name="crack.png", content=PNG)

    found, stream = desk.app.documents.content(ADAM, row.id)

    with stream:
        assert (found.file_name, found.content_type, stream.read()) == (
            "crack.png",
            "image/png",
            PNG,
        )


def test_a_file_that_is_not_what_its_name_says_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput):
        desk.app.documents.upload(ALICE, file_name="photo.png", content=b"<html><script>")


def test_a_file_larger_than_the_bound_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="larger"):
        desk.app.documents.upload(ALICE, file_name="big.png", content=PNG + b"\x00" * 21_000_000)


def test_an_id_that_is_taken_is_a_conflict(desk: Desk) -> None:
    desk.app.documents.upload(ALICE, file_name="a.png", content=PNG, document_id="one")

    with pytest.raises(Conflict):
        desk.app.documents.upload(ALICE, file_name="b.png", content=PNG, document_id="one")


def test_a_deleted_file_is_gone(desk: Desk) -> None:
    row = desk.app.documents.upload(ALICE, file_name="a.png", content=PNG)

    desk.app.documents.delete(ALICE, row.id)

    with pytest.raises(NotFound):
        desk.app.documents.content(ALICE, row.id)


def test_deleting_one_of_two_equal_files_leaves_the_other(desk: Desk) -> None:
    first = desk.app.documents.upload(ALICE, file_name="a.png", content=PNG)
    second = desk.app.documents.upload(ADAM, file_name="b.png", content=PNG)

    desk.app.documents.delete(ALICE, first.id)

    _, stream = desk.app.documents.content(ADAM, second.id)
    with stream:
        assert stream.read() == PNG


def test_somebody_elses_file_is_not_deleted(desk: Desk) -> None:
    row = desk.app.documents.upload(ALICE, file_name="a.png", content=PNG)

    with pytest.raises(Forbidden):
        desk.app.documents.delete(ADAM, row.id)


def test_evidence_of_a_case_is_kept_with_it(desk: Desk) -> None:
    diagram = Diagram()
    diagram.start().user("answer").end().chain("start", "answer", "end")
    desk.deploy(diagram)
    key = desk.start()
    row = desk.app.documents.upload(ALICE, file_name="a.png", content=PNG, process_instance_key=key)

    with pytest.raises(Conflict, match="belongs to a case"):
        desk.app.documents.delete(ALICE, row.id)


def test_a_file_of_a_case_is_not_found_by_somebody_who_may_not_see_the_case(desk: Desk) -> None:
    diagram = Diagram()
    diagram.start().user("answer").end().chain("start", "answer", "end")
    desk.deploy(diagram)
    row = desk.app.documents.upload(
        OTTO, file_name="a.png", content=PNG, process_instance_key=desk.start()
    )

    with pytest.raises(NotFound):
        desk.app.documents.content(WANDA, row.id)

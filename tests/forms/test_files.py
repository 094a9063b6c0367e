"""Which files may a form refer to?"""

import pytest

from engine.domain.documents import StoredDocument
from engine.forms.kinds.files import MAX_FILES
from tests.forms.conftest import Component, Problems, Submit


def stored(number: int, name: str, content_type: str) -> StoredDocument:
    return StoredDocument(
        document_id=f"d{number}",
        file_name=name,
        content_type=content_type,
        size=number,
        sha256=f"{number:064}",
    )


DOCUMENTS = {
    document.document_id: document
    for document in (
        stored(1, "crack.JPG", "image/jpeg"),
        stored(2, "receipt.pdf", "application/pdf"),
        stored(3, "notes.txt", "text/plain"),
    )
}
SEVERAL: Component = {"type": "filepicker", "key": "f", "multiple": True}
SINGLE: Component = {"type": "filepicker", "key": "f"}
FIND = {"find_document": DOCUMENTS.get}


def reference(document_id: str) -> dict[str, object]:
    return DOCUMENTS[document_id].reference()


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        pytest.param(SEVERAL, ["d1", "d2"], ["d1", "d2"], id="ids"),
        pytest.param(SINGLE, "d1", ["d1"], id="a-single-id"),
        pytest.param(SINGLE, [reference("d1")], ["d1"], id="a-reference"),
        pytest.param({**SINGLE, "accept": "image/*"}, ["d1"], ["d1"], id="any-image"),
        pytest.param({**SINGLE, "accept": ".png, .jpg"}, ["d1"], ["d1"], id="by-ending"),
        pytest.param({**SINGLE, "accept": "application/pdf"}, ["d2"], ["d2"], id="by-type"),
        pytest.param({**SINGLE, "accept": "=kinds"}, ["d2"], ["d2"], id="computed-types"),
        pytest.param({**SEVERAL, "multiple": "=many"}, ["d1", "d2"], ["d1", "d2"], id="computed"),
    ],
)
def test_stored_files_become_references(
    field: Component, sent: object, kept: list[str], submit: Submit
) -> None:
    context = {"kinds": "image/*,.pdf", "many": True}

    submitted = submit(field, {"f": sent}, context=context, **FIND)

    assert submitted == {"f": [reference(document_id) for document_id in kept]}


@pytest.mark.parametrize("sent", [None, "", []])
def test_no_file_is_null(sent: object, submit: Submit) -> None:
    assert submit(SEVERAL, {"f": sent}, **FIND) == {"f": None}


def test_what_a_client_says_about_a_file_is_thrown_away(submit: Submit) -> None:
    forged = {**reference("d1"), "metadata": {"fileName": "virus.exe", "size": 0}, "extra": 1}

    assert submit(SINGLE, {"f": [forged]}, **FIND) == {"f": [reference("d1")]}


@pytest.mark.parametrize(
    ("field", "sent", "code"),
    [
        pytest.param(SEVERAL, ["d9"], "unknown-document", id="a-file-that-is-not-there"),
        pytest.param(SEVERAL, "files::abc", "unknown-document", id="a-file-not-yet-uploaded"),
        pytest.param(SEVERAL, [5], "type", id="a-number"),
        pytest.param(SEVERAL, [{"documentId": 5}], "type", id="a-reference-without-id"),
        pytest.param(SINGLE, ["d1", "d2"], "too-many-files", id="two-where-one-is-asked"),
        pytest.param({**SEVERAL, "multiple": "=many"}, ["d1", "d2"], "too-many-files", id="null"),
        pytest.param(SEVERAL, ["d1", "d1"], "duplicate", id="a-file-twice"),
        pytest.param({**SEVERAL, "accept": "image/*"}, ["d1", "d3"], "media-type", id="a-type"),
        pytest.param({**SEVERAL, "accept": ".png"}, ["d1"], "media-type", id="an-ending"),
        pytest.param(SEVERAL, ["d1"] * (MAX_FILES + 1), "too-many-files", id="a-flood"),
        pytest.param({**SEVERAL, "validate": {"required": True}}, [], "required", id="none"),
        pytest.param(
            {**SEVERAL, "properties": {"maxFiles": "1"}}, ["d1", "d2"], "too-many-files", id="max"
        ),
        pytest.param({**SEVERAL, "properties": {"minFiles": 2}}, ["d1"], "too-few-files", id="min"),
    ],
)
def test_other_files_are_refused(
    field: Component, sent: object, code: str, problems: Problems
) -> None:
    assert problems(field, {"f": sent}, **FIND) == [("/f", code)]


def test_files_of_a_variable_stay_without_being_looked_up(submit: Submit) -> None:
    before = {"f": [reference("d1")]}

    assert submit(SEVERAL, {}, context=before) == before


def test_without_a_document_store_no_file_is_known(problems: Problems) -> None:
    assert problems(SINGLE, {"f": ["d1"]}) == [("/f", "unknown-document")]

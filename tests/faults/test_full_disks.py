"""When a disk is full, is everybody told, is nothing half done, and does all go on with space?"""

import gc
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import event
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from engine.errors import StorageFull
from tests.faults.conftest import Office, asking, office
from tests.services.conftest import ROOT

LARGE = "x" * 400_000
MIB = 1024 * 1024
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(8 * MIB)


@pytest.fixture
def place(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    made = office(sqlite_url, tmp_path)
    made.desk.deploy(asking())
    made.desk.start()
    yield made
    made.app.stop()


@contextmanager
def no_page_left(place: Office) -> Iterator[None]:
    """Let SQLite's file grow no more: it answers SQLITE_FULL, as on a full disk."""

    def limit(pages: int) -> None:
        for listener in listeners:
            event.remove(engine, "begin", listener)
        listeners.clear()

        def on_begin(connection: object) -> None:
            connection.exec_driver_sql(f"pragma max_page_count = {pages}")  # type: ignore[attr-defined]

        listeners.append(on_begin)
        event.listen(engine, "begin", on_begin)

    engine = place.app.database._engine
    listeners: list[object] = []
    limit(1)  # less than there are means: not one more
    yield
    limit(1_000_000)


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond *size* bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def assert_full(response: TestResponse) -> None:
    assert response.status_code == 507
    assert response.mimetype == "application/problem+json"
    assert response.json["code"] == "storage-full"
    assert int(response.headers["Retry-After"]) > 0


def start(place: Office) -> TestResponse:
    return place.post(
        "/v2/process-instances",
        json={"processDefinitionId": "process", "variables": {"text": LARGE}},
    )


def test_a_full_disk_refuses_what_would_grow_and_changes_nothing(place: Office) -> None:
    facts = len(place.desk.rows("history"))

    with no_page_left(place):
        assert_full(start(place))
        assert place.desk.open_tasks() == ["ask"]
        assert len(place.desk.rows("history")) == facts

    assert start(place).status_code == 200
    assert place.desk.open_tasks() == ["ask", "ask"]


def test_with_a_full_disk_people_still_see_their_work(place: Office) -> None:
    with no_page_left(place):
        assert_full(start(place))
        found = place.post("/v2/user-tasks/search", json={})

    assert [task["elementId"] for task in found.json["items"]] == ["ask"]


def test_a_document_for_which_there_is_no_space_leaves_nothing_behind(
    place: Office, tmp_path: Path
) -> None:
    documents = place.app.documents

    with files_up_to(4 * MIB), pytest.raises(StorageFull):
        documents.upload(ROOT, file_name="photo.png", content=PHOTO)

    assert [path for path in (tmp_path / "documents").rglob("*") if path.is_file()] == []
    documents.upload(ROOT, file_name="photo.png", content=PHOTO)


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Werkzeug leaves the closing to Python
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_upload_that_finds_no_space_while_it_is_received_is_told_so(place: Office) -> None:
    parts = MultiDict([("file", FileStorage(BytesIO(PHOTO), "photo.png"))])
    boundary, body = encode_multipart(parts)

    def upload() -> TestResponse:
        kind = f'multipart/form-data; boundary="{boundary}"'
        return place.post("/v2/documents", data=body, content_type=kind)

    with files_up_to(MIB):
        assert_full(upload())

    gc.collect()
    assert upload().status_code == 201

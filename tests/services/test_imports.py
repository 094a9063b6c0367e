"""Is a diagram of another tool kept as it came, with what it became and what was said?"""

import pytest

from engine.domain.search import PageRequest
from engine.errors import Forbidden, InvalidInput, NotFound
from tests.importer.building import between, file_of
from tests.services.conftest import ALICE, OLIVIA, Desk

GOOD = file_of(between('<userTask id="x" name="Call"/>'))


def test_an_import_survives_as_it_was_made(desk: Desk) -> None:
    made = desk.app.imports.import_file(OLIVIA, file_name="old.bpmn", content=GOOD)

    kept = desk.another().imports.get(OLIVIA, made.key)

    assert kept == made
    assert kept.original == GOOD
    assert kept.imported_by == "olivia"


def test_one_that_can_be_deployed_is_executable(desk: Desk) -> None:
    made = desk.app.imports.import_file(OLIVIA, file_name="old.bpmn", content=GOOD)

    forms = {name: text.encode() for name, text in made.forms.items()}
    deployed = desk.app.deployments.deploy(OLIVIA, {"new.bpmn": made.bpmn, **forms})

    assert made.executable
    assert [member.definition.id for member in deployed.members] == ["p"]


def test_one_with_errors_is_kept_as_a_drawing(desk: Desk) -> None:
    made = desk.app.imports.import_file(OLIVIA, file_name="old.bpmn", content=b"no xml")

    (listed,) = desk.app.imports.search(OLIVIA, PageRequest()).items

    assert (listed.key, listed.executable, listed.errors) == (made.key, False, 1)


def test_importing_changes_no_process(desk: Desk) -> None:
    desk.app.imports.import_file(OLIVIA, file_name="old.bpmn", content=GOOD)

    with pytest.raises(NotFound):
        desk.start("p")


def test_only_process_owners_import(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.app.imports.import_file(ALICE, file_name="old.bpmn", content=GOOD)


def test_others_do_not_see_that_there_is_an_import(desk: Desk) -> None:
    made = desk.app.imports.import_file(OLIVIA, file_name="old.bpmn", content=GOOD)

    assert desk.app.imports.search(ALICE, PageRequest()).items == ()
    with pytest.raises(NotFound):
        desk.app.imports.get(ALICE, made.key)


def test_a_file_that_is_too_large_is_refused_and_not_kept(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="larger"):
        desk.app.imports.import_file(OLIVIA, file_name="old.bpmn", content=b" " * 4_000_001)

    assert desk.app.imports.search(OLIVIA, PageRequest()).items == ()


@pytest.mark.parametrize("name", ["", "n" * 256, "a\x00b", "a\nb"])
def test_a_file_needs_a_name_that_can_be_shown(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidInput):
        desk.app.imports.import_file(OLIVIA, file_name=name, content=GOOD)

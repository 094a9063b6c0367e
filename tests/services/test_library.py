"""Can owners work on files together, and deploy them knowing what they do?"""

import pytest
from sqlalchemy import select

from engine.domain.definitions import DefinitionKind
from engine.domain.search import PageRequest, Search
from engine.errors import (
    Conflict,
    DeploymentRefused,
    Forbidden,
    InvalidInput,
    NotFound,
    Outdated,
    WarningsToConfirm,
)
from engine.persistence.schema import history
from tests.bpmn.build import Diagram, setting
from tests.services.conftest import ALICE, OLIVIA, WANDA, Desk

NAMED = (
    "<zeebe:properties><zeebe:property name='name.en' value='Complaint'/>"
    "<zeebe:property name='name.zh' value='投诉'/></zeebe:properties>"
)


def simple(process_id: str = "process", *steps: str) -> bytes:
    diagram = Diagram(process_id=process_id)
    diagram.start()
    for step in steps or ("do",):
        diagram.user(step, name=step.title())
    return diagram.end().chain("start", *(steps or ("do",)), "end").xml()


def save(desk: Desk, content: bytes = b"<x/>", *, over: int | None = None) -> int:
    return desk.app.file_drafts.save(OLIVIA, "process.bpmn", content, over=over).revision


def test_a_draft_is_saved_over_the_one_that_was_read(desk: Desk) -> None:
    first = save(desk, b"<a/>")
    second = save(desk, b"<b/>", over=first)

    assert (first, second) == (1, 2)
    assert desk.app.file_drafts.get(OLIVIA, "process.bpmn").content == b"<b/>"


@pytest.mark.parametrize("over", [None, 1, 7])
def test_nobody_saves_over_what_he_has_not_read(desk: Desk, over: int | None) -> None:
    save(desk)
    save(desk, over=1)

    with pytest.raises(Outdated) as refused:
        save(desk, over=over)

    assert refused.value.changed_by == "olivia"
    assert refused.value.changed_at == desk.app.clock.now()


def test_only_what_was_read_is_thrown_away(desk: Desk) -> None:
    save(desk)
    save(desk, over=1)

    for revision in (None, 1):
        with pytest.raises(Outdated):
            desk.app.file_drafts.delete(OLIVIA, "process.bpmn", revision=revision)
    desk.app.file_drafts.delete(OLIVIA, "process.bpmn", revision=2)

    with pytest.raises(NotFound):
        desk.app.file_drafts.get(OLIVIA, "process.bpmn")


@pytest.mark.parametrize("name", ["", "a.txt", "../a.bpmn", "a\x00.bpmn", "x" * 251 + ".bpmn"])
def test_a_draft_has_the_name_of_a_model(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidInput):
        desk.app.file_drafts.save(OLIVIA, name, b"", over=None)


def test_only_owners_have_drafts(desk: Desk) -> None:
    save(desk)

    with pytest.raises(Forbidden):
        desk.app.file_drafts.get(ALICE, "process.bpmn")
    with pytest.raises(Forbidden):
        desk.app.file_drafts.search(ALICE, Search())


def test_a_deployed_draft_is_gone_and_live(desk: Desk) -> None:
    save(desk, simple())

    deployment, _ = desk.app.library.deploy(
        OLIVIA, {}, drafts=["process.bpmn"], comment="New standard", confirmed=True
    )

    with pytest.raises(NotFound):
        desk.app.file_drafts.get(OLIVIA, "process.bpmn")
    (live,) = desk.app.queries.library.latest(ALICE, DefinitionKind.PROCESS, PageRequest()).items
    assert (live.row.deployment_key, live.row.comment) == (deployment.key, "New standard")
    assert (live.row.deployed_by, live.row.draft_saved_by) == ("olivia", None)


def test_why_it_was_deployed_is_part_of_history(desk: Desk) -> None:
    desk.app.library.deploy(
        OLIVIA, {"process.bpmn": simple()}, comment="New standard", confirmed=True
    )

    with desk.app.database.read() as connection:
        payload = connection.execute(select(history.c.payload).where(history.c.kind == "deployed"))
        assert '"comment":"New standard"' in payload.scalar_one()


def test_a_draft_that_was_saved_meanwhile_is_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(desk, simple())
    read = desk.app.file_drafts.get(OLIVIA, "process.bpmn")
    save(desk, simple("process", "do", "more"), over=1)
    monkeypatch.setattr(desk.app.library._drafts, "get", lambda actor, name: read)

    with pytest.raises(Outdated):
        desk.app.library.deploy(OLIVIA, {}, drafts=["process.bpmn"], confirmed=True)

    monkeypatch.undo()
    assert desk.app.file_drafts.get(OLIVIA, "process.bpmn").revision == 2
    assert not desk.app.queries.library.latest(ALICE, DefinitionKind.PROCESS, PageRequest()).items


def test_warnings_stand_in_the_way_until_they_are_confirmed(desk: Desk) -> None:
    nameless = Diagram().start().user("do").end().chain("start", "do", "end")
    files = {"process.bpmn": nameless.xml()}

    with pytest.raises(WarningsToConfirm) as refused:
        desk.app.library.deploy(OLIVIA, files)
    _, findings = desk.app.library.deploy(OLIVIA, files, confirmed=True)

    assert list(refused.value.findings) == findings
    assert "name-missing" in {finding.rule for finding in findings}


def test_errors_cannot_be_confirmed_away(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        desk.app.library.deploy(OLIVIA, {"process.bpmn": b"<x/>"}, confirmed=True)

    assert not isinstance(refused.value, WarningsToConfirm)


def test_a_file_is_not_there_twice(desk: Desk) -> None:
    save(desk, simple())

    with pytest.raises(InvalidInput):
        desk.app.library.deploy(OLIVIA, {"process.bpmn": simple()}, drafts=["process.bpmn"])


def test_only_owners_deploy(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.app.library.deploy(ALICE, {"process.bpmn": simple()})


def test_the_library_counts_what_runs_on_all_versions_and_on_each(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": simple()})
    desk.start()
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": simple("process", "do", "more")})
    desk.start()
    desk.start()
    library = desk.app.queries.library

    (live,) = library.latest(ALICE, DefinitionKind.PROCESS, PageRequest()).items
    versions = library.versions(ALICE, DefinitionKind.PROCESS, "process", PageRequest()).items

    assert (live.row.version, live.running) == (2, 3)
    assert [(one.row.version, one.running) for one in versions] == [(2, 2), (1, 1)]


def test_a_process_is_called_by_both_its_names(desk: Desk) -> None:
    diagram = Diagram(settings=NAMED)
    diagram.start().end().chain("start", "end")
    desk.deploy(diagram)

    (live,) = desk.app.queries.library.latest(ALICE, DefinitionKind.PROCESS, PageRequest()).items

    assert (live.names.en, live.names.zh) == ("Complaint", "投诉")


def test_a_draft_shows_beside_its_live_version(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": simple()})
    save(desk)

    (live,) = desk.app.queries.library.latest(ALICE, DefinitionKind.PROCESS, PageRequest()).items

    assert live.row.draft_saved_by == "olivia"


def test_who_may_start_sees_what_starts_by_hand(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": simple()})
    library = desk.app.queries.library

    assert [one.row.id for one in library.startable(WANDA)] == ["process"]
    assert library.startable(OLIVIA)[0].form_key is None


def test_what_starts_by_a_message_is_not_started_by_hand(desk: Desk) -> None:
    by_message = Diagram()
    by_message.message("order")
    event = "<bpmn:messageEventDefinition messageRef='message_order'/>"
    by_message.add("startEvent", "start", event)
    by_message.end().chain("start", "end")
    desk.deploy(by_message)

    assert desk.app.queries.library.startable(ALICE) == []


def test_a_first_draft_is_saved_by_one_of_two(desk: Desk) -> None:
    save(desk)

    with pytest.raises(Outdated):
        desk.app.file_drafts.save(OLIVIA, "process.bpmn", b"<other/>", over=None)
    assert not issubclass(Outdated, Conflict)


FORM = b'{"id": "request", "type": "default", "components": []}'
OTHER_FORM = b'{"id": "request", "type": "default", "components": [{"type": "text", "text": "Hi"}]}'


def bound(*steps: str) -> bytes:
    linked = setting("formDefinition", formId="request", bindingType="deployment")
    diagram = Diagram().start()
    for step in steps:
        diagram.user(step, settings=linked)
    return diagram.end().chain("start", *steps, "end").xml()


def bundle_of(desk: Desk) -> set[tuple[str, int]]:
    """Return what the newest deployment holds, by file and version."""
    deployment, _ = desk.app.library.deploy(
        OLIVIA, {"process.bpmn": bound("do", "more")}, confirmed=True
    )
    return {(one.resource_name, one.definition.version) for one in deployment.members}


def test_a_diagram_deployed_alone_brings_the_forms_it_is_bound_to(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": bound("do"), "request.form": FORM})

    assert bundle_of(desk) == {("process.bpmn", 2), ("request.form", 1)}


def test_what_comes_along_is_the_newest_version(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": bound("do"), "request.form": FORM})
    desk.app.deployments.deploy(OLIVIA, {"request.form": OTHER_FORM})

    assert bundle_of(desk) == {("process.bpmn", 2), ("request.form", 2)}


def test_a_file_that_was_given_is_not_replaced_by_a_deployed_one(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": bound("do"), "request.form": FORM})

    desk.app.library.deploy(
        OLIVIA, {"process.bpmn": bound("do"), "request.form": OTHER_FORM}, confirmed=True
    )

    (form,) = desk.app.queries.library.latest(ALICE, DefinitionKind.FORM, PageRequest()).items
    assert form.row.version == 2


def test_a_form_that_is_nowhere_refuses_the_deployment(desk: Desk) -> None:
    with pytest.raises(DeploymentRefused, match="missing"):
        desk.app.library.deploy(OLIVIA, {"process.bpmn": bound("do")}, confirmed=True)


def test_a_check_knows_what_is_deployed_and_speaks_of_the_given_files_only(desk: Desk) -> None:
    alone = {finding.rule for finding in desk.app.library.lint(OLIVIA, {"p.bpmn": bound("do")})}
    desk.app.deployments.deploy(OLIVIA, {"request.form": FORM, "other.bpmn": bound("do")})

    beside = desk.app.library.lint(OLIVIA, {"p.bpmn": bound("do")})

    assert "unknown-form" in alone
    assert "unknown-form" not in {finding.rule for finding in beside}
    assert {finding.resource for finding in beside} <= {"p.bpmn"}


def uses_of(desk: Desk, id: str = "request") -> list[tuple[int, bool, int, str, int | None]]:
    """Return who uses a form: process version, whether it is the newest, cases, step, version."""
    found = desk.app.queries.uses.of(ALICE, DefinitionKind.FORM, id)
    return [
        (one.process.version, one.is_newest, one.running, one.element_id, one.version)
        for one in found
    ]


def test_each_step_that_uses_a_form_is_named_with_the_version_that_it_gets(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": bound("do", "more"), "r.form": FORM})
    desk.app.deployments.deploy(OLIVIA, {"r.form": OTHER_FORM})

    assert uses_of(desk) == [(1, True, 0, "do", 1), (1, True, 0, "more", 1)]


def test_a_version_with_running_cases_still_uses_its_form(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": bound("do"), "r.form": FORM})
    desk.start()
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": bound("more"), "r.form": OTHER_FORM})
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": bound("last"), "r.form": OTHER_FORM})

    assert uses_of(desk) == [(3, True, 0, "last", 2), (1, False, 1, "do", 1)]


def test_a_form_that_was_never_deployed_has_no_uses_to_show(desk: Desk) -> None:
    with pytest.raises(NotFound):
        uses_of(desk, "unknown")


def test_a_list_counts_the_processes_whose_newest_version_uses_a_form(desk: Desk) -> None:
    files = {"process.bpmn": bound("do", "more"), "r.form": FORM, "plain.bpmn": simple("plain")}
    desk.app.deployments.deploy(OLIVIA, files)

    def used() -> int:
        (form,) = desk.app.queries.library.latest(ALICE, DefinitionKind.FORM, PageRequest()).items
        return form.used_by

    assert used() == 1
    desk.start()
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": simple()})
    assert used() == 0


def test_a_form_deployed_with_its_process_is_what_the_next_case_gets(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": bound("do"), "request.form": FORM})

    desk.app.library.deploy(OLIVIA, {"request.form": OTHER_FORM}, confirmed=True)
    alone = uses_of(desk)
    desk.app.library.deploy(
        OLIVIA, {"request.form": OTHER_FORM}, processes=["process"], confirmed=True
    )

    assert alone == [(1, True, 0, "do", 1)]
    assert uses_of(desk) == [(2, True, 0, "do", 2)]


def test_a_process_that_is_not_there_is_not_deployed_again(desk: Desk) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        desk.app.library.deploy(OLIVIA, {"request.form": FORM}, processes=["nowhere"])
    assert not desk.app.queries.library.latest(ALICE, DefinitionKind.FORM, PageRequest()).items


def test_a_process_given_as_draft_is_not_replaced_by_what_is_deployed(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"process.bpmn": bound("do"), "request.form": FORM})
    save(desk, bound("changed"))

    desk.app.library.deploy(
        OLIVIA, {}, drafts=["process.bpmn"], processes=["process"], confirmed=True
    )

    assert uses_of(desk) == [(2, True, 0, "changed", 1)]


def test_files_of_one_name_are_not_deployed_again_together(desk: Desk) -> None:
    desk.app.deployments.deploy(OLIVIA, {"p.bpmn": simple("one")})
    desk.app.deployments.deploy(OLIVIA, {"p.bpmn": simple("two")})

    with pytest.raises(InvalidInput, match=r"p\.bpmn"):
        desk.app.library.deploy(OLIVIA, {}, processes=["one", "two"], confirmed=True)


def test_a_form_is_called_by_its_title_in_each_language(desk: Desk) -> None:
    titled = b"""{"id": "request", "type": "default", "components": [], "title": "Request",
        "translations": {"zh": {"title": "\xe8\xaf\xb7\xe6\xb1\x82"}}}"""
    desk.app.deployments.deploy(OLIVIA, {"request.form": titled})

    (form,) = desk.app.queries.library.latest(ALICE, DefinitionKind.FORM, PageRequest()).items

    assert (form.names.en, form.names.zh, form.row.name) == ("Request", "请求", "Request")

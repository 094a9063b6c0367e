"""What does the command ``redress`` do, and what does it say when it cannot?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import main
from tests.dmn.building import decision, definitions, table

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``redress`` with arguments on an installation of its own."""
    monkeypatch.setenv("REDRESS_DATABASE_URL", f"sqlite:///{tmp_path / 'redress.db'}")
    monkeypatch.setenv("REDRESS_DOCUMENT_FOLDER", str(tmp_path / "documents"))

    def invoke(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, arguments, input=typed)

    return invoke


def test_migrate_makes_the_database(run: Run, tmp_path: Path) -> None:
    assert run("migrate").exit_code == 0

    assert (tmp_path / "redress.db").exists()


def test_a_person_is_added_with_a_password_typed_twice(run: Run) -> None:
    result = run("user", "add", "ann", "--group", "agent", typed="long password\nlong password\n")

    assert result.exit_code == 0
    assert "long password" not in result.output
    assert run("user", "list").output == "ann: ann, agent\n"


def test_a_password_can_come_from_standard_input(run: Run) -> None:
    result = run("user", "add", "ann", "--password-file", "-", typed="long password\n")

    assert result.exit_code == 0


def test_a_person_is_disabled_enabled_and_put_into_groups(run: Run) -> None:
    run("user", "add", "ann", "--password-file", "-", typed="long password\n")

    run("user", "join", "ann", "finance")
    run("user", "join", "ann", "agent")
    run("user", "leave", "ann", "finance")
    run("user", "disable", "ann")
    assert run("user", "list").output == "ann: ann, agent (disabled)\n"

    run("user", "enable", "ann")
    assert run("user", "list").output == "ann: ann, agent\n"


def test_a_program_is_added_and_its_secret_shown_once(run: Run) -> None:
    run("user", "add", "ann", "--password-file", "-", typed="long password\n")

    result = run("client", "add", "till", "--as", "ann")

    assert result.exit_code == 0
    assert len(result.output.strip()) >= 43


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("user", "password", "nobody"), "there is no account", id="unknown-person"),
        pytest.param(("user", "join", "nobody", "agent"), "no account", id="unknown-member"),
        pytest.param(("client", "add", "till", "--as", "nobody"), "no account", id="unknown-as"),
    ],
)
def test_a_refusal_is_one_sentence_and_status_1(
    run: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = run(*arguments, typed="long password\nlong password\n")

    assert result.exit_code == 1
    assert message in result.stderr.splitlines()[-1]


def test_an_unknown_setting_is_named_and_status_2(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDRESS_PROT", "1")

    result = run("migrate")

    assert result.exit_code == 2
    assert "REDRESS_PROT" in result.stderr


def test_lint_says_which_files_could_not_be_deployed(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear customer")

    result = run("lint", str(letter))

    assert result.exit_code == 1
    assert result.stderr.startswith("letter.txt: error: ")


def test_deploying_prints_what_a_table_leaves_open(run: Run, tmp_path: Path) -> None:
    limits = tmp_path / "limits.dmn"
    limits.write_bytes(
        definitions(decision("limits", table(["value"], {"out": ""}, [["> 5", "1"]])))
    )

    result = run("deploy", str(limits))

    assert result.exit_code == 0
    assert "limits.dmn:limits: warning: No rule matches value = 4:" in result.output


def test_files_that_are_not_there_are_a_wrong_use(run: Run) -> None:
    assert run("deploy", "nowhere.bpmn").exit_code == 2


def test_two_files_of_one_name_are_a_wrong_use(run: Run, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.form").write_text("{}")

    result = run("lint", str(tmp_path / "a" / "one.form"), str(tmp_path / "b" / "one.form"))

    assert result.exit_code == 2
    assert "two files are called one.form" in result.stderr


def test_a_backup_is_restored_into_another_database(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("user", "add", "ann", "--password-file", "-", typed="long password\n")
    archive = str(tmp_path / "shop.backup")

    taken = run("backup", archive)
    monkeypatch.setenv("REDRESS_DATABASE_URL", f"sqlite:///{tmp_path / 'other' / 'redress.db'}")
    restored = run("restore", archive)

    assert (taken.exit_code, restored.exit_code) == (0, 0)
    assert "0 documents" in taken.output
    assert run("user", "list").output == "ann: ann, no group\n"


def test_a_restore_over_an_installation_is_refused_in_words(run: Run, tmp_path: Path) -> None:
    run("migrate")
    run("backup", str(tmp_path / "shop.backup"))

    result = run("restore", str(tmp_path / "shop.backup"))

    assert result.exit_code == 1
    assert "restore into a new one" in result.output


def test_a_database_of_an_older_version_is_not_backed_up(run: Run, tmp_path: Path) -> None:
    result = run("backup", str(tmp_path / "shop.backup"))

    assert result.exit_code == 1
    assert "redress migrate" in result.output

"""What is there before the first case, and whose installation is left alone?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.demo import people
from api.demo.play import prepare
from api.demo.world import world_exists
from engine.bootstrap import Application, build
from engine.domain.identity import ENGINE, Role
from engine.errors import Conflict
from engine.settings import Settings
from tests.server import quick_identity

UNTIL = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 7, 16, tzinfo=UTC)


@pytest.fixture
def application(sqlite_url: str, tmp_path: Path) -> Iterator[Application]:
    made = build(
        Settings(
            database_url=sqlite_url,
            document_folder=tmp_path / "documents",
            demo=True,
        )
    )
    yield replace(made, identity=quick_identity(made))
    made.database.close()


def test_the_clock_stands_at_a_midnight_of_the_shop_fourteen_days_before(
    application: Application,
) -> None:
    prepare(application, until=UNTIL)
    assert application.clock.now() == MIDNIGHT


def test_every_role_has_somebody(application: Application) -> None:
    prepare(application, until=UNTIL)
    accounts = application.identity.people.accounts(ENGINE)
    assert {group for account in accounts for group in account.groups} == set(Role)


def test_people_sign_in_with_their_user_name(application: Application) -> None:
    people.hire(application.identity)
    actor = application.identity.authenticate_password("mei", "mei")
    assert actor.groups == {Role.AGENT}


def test_the_channels_get_a_token(application: Application) -> None:
    people.hire(application.identity)
    issued = application.identity.issue_token(people.CLIENT_ID, people.CLIENT_SECRET)
    assert application.identity.authenticate_token(issued.token).username == people.CHANNELS


def test_people_who_are_there_are_not_hired_twice(application: Application) -> None:
    people.hire(application.identity)
    people.hire(application.identity)
    assert len(application.identity.people.accounts(ENGINE)) == len(people.PEOPLE)


def test_a_second_start_leaves_everything_as_it_is(application: Application) -> None:
    prepare(application, until=UNTIL)
    application.clock_control.reset(ENGINE)

    prepare(application, until=UNTIL)

    assert application.clock.is_pinned is False


def test_a_preparation_that_was_killed_is_done_again(application: Application) -> None:
    application.clock_control.pin(ENGINE, MIDNIGHT)
    people.hire(application.identity)

    prepare(application, until=UNTIL)

    assert world_exists(application.database)


def test_an_installation_in_use_is_left_alone(application: Application) -> None:
    application.identity.people.create_account(
        ENGINE, username="somebody", name="Somebody", password="long enough"
    )

    with pytest.raises(Conflict, match="in use"):
        prepare(application, until=UNTIL)

    assert application.clock.is_pinned is False
    assert not world_exists(application.database)

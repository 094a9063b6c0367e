"""How long does a browser stay signed in, and who can end that?"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from benchmarks.statements import traced
from engine.clock import ManualClock
from engine.domain.identity import ENGINE, Actor, Role
from engine.errors import Forbidden, NotFound, TooManyAttempts, Unauthenticated
from engine.persistence.database import Database
from engine.persistence.schema import history, web_session
from engine.services.identity import IdentityService
from engine.services.identity.sessions import SESSIONS_AT_MOST, csrf_token
from tests.server import CHEAP

ANN = Actor(username="ann", groups=frozenset({Role.AGENT}))
ROOT = Actor(username="root", groups=frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def token(identity: IdentityService) -> str:
    """A session of Ann's."""
    return identity.sign_in("ann", "ann's password", agent="Firefox")


@pytest.fixture
def other_node(
    database: Database, clock: ManualClock, wall_clock: ManualClock, identity: IdentityService
) -> IdentityService:
    """A second node on the same database, which remembers nothing."""
    return IdentityService(database, clock, cost=CHEAP, wall_clock=wall_clock)


def test_a_session_stands_for_its_account_and_groups(identity: IdentityService, token: str) -> None:
    session = identity.sessions.authenticate(token)

    assert session.actor == ANN
    assert session.name == "Ann"


def test_a_wrong_password_starts_no_session(identity: IdentityService, database: Database) -> None:
    with pytest.raises(Unauthenticated):
        identity.sign_in("ann", "guess", agent="")

    with database.read() as connection:
        assert connection.execute(select(web_session)).all() == []


def test_the_token_is_stored_nowhere(
    identity: IdentityService, token: str, database: Database
) -> None:
    with database.read() as connection:
        stored = [*connection.execute(select(web_session)).one()]
        facts = list(connection.execute(select(history.c.payload)).scalars())

    assert not [text for text in map(str, [*stored, *facts]) if token in text]


def test_finding_a_session_takes_one_statement_and_then_none(
    other_node: IdentityService, token: str, database: Database
) -> None:
    with traced(database) as first:
        other_node.sessions.authenticate(token)
    with traced(database) as then:
        other_node.sessions.authenticate(token)

    assert [text.split()[0] for text in first.statements] == ["SELECT"]
    assert then.statements == []


@pytest.mark.parametrize(
    ("steps", "still_there"),
    [
        pytest.param([timedelta(minutes=59)], True, id="used-before-it-was-idle-too-long"),
        pytest.param([timedelta(minutes=60)], False, id="idle-too-long"),
        pytest.param([timedelta(minutes=40)] * 17, True, id="used-again-and-again"),
        pytest.param([timedelta(minutes=40)] * 18, False, id="twelve-hours-after-the-sign-in"),
    ],
)
def test_a_session_ends_when_idle_and_at_the_end_of_the_day(
    identity: IdentityService,
    token: str,
    wall_clock: ManualClock,
    steps: list[timedelta],
    *,
    still_there: bool,
) -> None:
    for step in steps:
        wall_clock.set(wall_clock.now() + step)
        identity.sessions._memory.clear()
        found = identity.sessions.find(token)

    assert (found is not None) == still_there


def test_signing_out_ends_the_session_at_once(
    identity: IdentityService, other_node: IdentityService, token: str
) -> None:
    session = identity.sessions.authenticate(token)

    identity.sessions.end(ANN, session.id)

    assert identity.sessions.find(token) is None
    assert other_node.sessions.find(token) is None


def test_a_session_that_ends_while_a_request_reads_it_is_not_remembered(
    identity: IdentityService, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (session,) = identity.sessions.of(ANN, "ann")

    def end_meanwhile(token: str) -> str:
        identity.sessions.end(ANN, session.id)
        return csrf_token(token)

    monkeypatch.setattr("engine.services.identity.sessions.csrf_token", end_meanwhile)
    assert identity.sessions.find(token) is not None  # it had been read before

    assert identity.sessions.find(token) is None


def test_another_node_notices_the_end_within_seconds(
    identity: IdentityService,
    other_node: IdentityService,
    token: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seconds = 1000.0
    monkeypatch.setattr("engine.services.identity.sessions.monotonic_seconds", lambda: seconds)
    session = other_node.sessions.authenticate(token)
    identity.sessions.end(ANN, session.id)

    seconds += 3.0

    assert other_node.sessions.find(token) is None


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda people: people.change_account(
                ENGINE, "ann", name="Ann", email=None, enabled=False
            ),
            id="disabled",
        ),
        pytest.param(
            lambda people: people.change_account(
                ENGINE, "ann", name="Ann", email=None, password="a new password"
            ),
            id="given-a-new-password",
        ),
        pytest.param(
            lambda people: people.set_own_password(
                ANN, current="ann's password", password="a new password"
            ),
            id="took-a-new-password",
        ),
    ],
)
def test_an_account_that_was_changed_has_to_sign_in_again(
    identity: IdentityService, token: str, change: object
) -> None:
    identity.sessions.authenticate(token)

    change(identity.people)

    assert identity.sessions.find(token) is None


def test_who_takes_a_new_password_stays_signed_in_where_that_was(
    identity: IdentityService, token: str
) -> None:
    here = identity.sessions.authenticate(token)
    elsewhere = identity.sign_in("ann", "ann's password", agent="Chrome")

    identity.people.set_own_password(
        ANN, current="ann's password", password="a new password", keep_session=here.id
    )

    assert identity.sessions.find(token) is not None
    assert identity.sessions.find(elsewhere) is None


def test_guessing_the_current_password_is_slowed_down(identity: IdentityService) -> None:
    def guess() -> None:
        identity.people.set_own_password(ANN, current="guess", password="a new password")

    for _ in range(5):
        with pytest.raises(Forbidden):
            guess()

    with pytest.raises(TooManyAttempts):
        guess()


def test_a_lost_group_counts_in_the_session(identity: IdentityService, token: str) -> None:
    assert identity.sessions.authenticate(token).actor.groups == {Role.AGENT}

    identity.people.remove_member(ENGINE, Role.AGENT, "ann")

    assert identity.sessions.authenticate(token).actor.groups == frozenset()


def test_of_very_many_sessions_the_oldest_ends(
    identity: IdentityService, token: str, wall_clock: ManualClock
) -> None:
    for _ in range(SESSIONS_AT_MOST):
        wall_clock.set(wall_clock.now() + timedelta(seconds=1))
        identity.sign_in("ann", "ann's password", agent="Firefox")

    assert identity.sessions.find(token) is None
    assert len(identity.sessions.of(ANN, "ann")) == SESSIONS_AT_MOST


def test_only_administrators_see_and_end_the_sessions_of_others(
    identity: IdentityService, token: str
) -> None:
    other = identity.sessions.authenticate(identity.sign_in("root", "root's password", agent=""))

    with pytest.raises(Forbidden):
        identity.sessions.of(ANN, "root")
    with pytest.raises(Forbidden):
        identity.sessions.end(ANN, other.id)
    (shown,) = identity.sessions.of(ROOT, "ann")
    identity.sessions.end(ROOT, shown.id)

    assert identity.sessions.find(token) is None


def test_a_session_that_does_not_exist_cannot_be_ended(identity: IdentityService) -> None:
    with pytest.raises(NotFound):
        identity.sessions.end(ROOT, "nothing")


def test_history_knows_who_signed_in_and_out(
    identity: IdentityService, token: str, database: Database
) -> None:
    identity.sessions.end(ANN, identity.sessions.authenticate(token).id)

    with database.read() as connection:
        facts = connection.execute(
            select(history.c.kind, history.c.actor).where(history.c.actor == "ann")
        )
        assert facts.all() == [("session_started", "ann"), ("session_ended", "ann")]


def test_expired_sessions_are_forgotten_at_the_next_sign_in(
    identity: IdentityService, token: str, wall_clock: ManualClock, database: Database
) -> None:
    wall_clock.set(wall_clock.now() + timedelta(hours=12))

    identity.sign_in("root", "root's password", agent="")

    with database.read() as connection:
        assert list(connection.execute(select(web_session.c.username)).scalars()) == ["root"]

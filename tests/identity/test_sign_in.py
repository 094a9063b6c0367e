"""Who gets in, and what does everybody else learn?"""

from datetime import timedelta

import orjson
import pytest

from engine.clock import ManualClock
from engine.domain.identity import ENGINE, Actor, Role
from engine.errors import TooManyAttempts, Unauthenticated
from engine.persistence.database import Database
from engine.persistence.stores import history, people
from engine.services.identity import IdentityService, passwords
from engine.services.identity.passwords import PasswordHasher
from engine.services.recorder import SYSTEM_STREAM

ANN = Actor(username="ann", groups=frozenset({Role.AGENT}))
PASSWORD = "ann's password"


def denials(database: Database) -> list[dict[str, object]]:
    with database.read() as connection:
        rows = history.of_roots(connection, [SYSTEM_STREAM])
    return [orjson.loads(r.payload)["details"] for r in rows if r.kind == "sign_in_denied"]


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were hashed for verification."""
    seen: list[str] = []
    matches = PasswordHasher.matches

    def counting(self: PasswordHasher, password: str, stored: str | None) -> bool:
        seen.append(password)
        return matches(self, password, stored)

    monkeypatch.setattr(PasswordHasher, "matches", counting)
    return seen


def test_the_right_password_returns_the_person_with_all_groups(identity: IdentityService) -> None:
    identity.people.create_group(ENGINE, group_id="store-7", name="Store 7")
    identity.people.add_member(ENGINE, "store-7", "ann")

    assert identity.authenticate_password("ann", PASSWORD) == Actor(
        username="ann", groups=frozenset({"agent", "store-7"})
    )


@pytest.mark.parametrize(
    ("username", "password"),
    [
        pytest.param("ann", "wrong", id="a-wrong-password"),
        pytest.param("ann", "", id="no-password"),
        pytest.param("nobody", PASSWORD, id="an-unknown-name"),
        pytest.param("ANN", PASSWORD, id="a-name-in-other-letters"),
    ],
)
def test_nobody_learns_which_half_was_wrong(
    identity: IdentityService, username: str, password: str
) -> None:
    with pytest.raises(Unauthenticated, match=r"^wrong user name or password$"):
        identity.authenticate_password(username, password)


def test_an_unknown_name_costs_a_hash_as_a_known_one_does(
    identity: IdentityService, hashed: list[str]
) -> None:
    with pytest.raises(Unauthenticated):
        identity.authenticate_password("nobody", "guess")

    assert hashed == ["guess"]


def test_a_password_is_hashed_once_and_then_remembered(
    identity: IdentityService, hashed: list[str]
) -> None:
    for _ in range(3):
        identity.authenticate_password("ann", PASSWORD)

    assert hashed == [PASSWORD]


def test_what_is_remembered_is_forgotten_after_a_while(
    identity: IdentityService, hashed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    identity.authenticate_password("ann", PASSWORD)
    later = passwords.monotonic_seconds() + passwords.REMEMBERED_SECONDS + 1

    monkeypatch.setattr(passwords, "monotonic_seconds", lambda: later)
    identity.authenticate_password("ann", PASSWORD)

    assert hashed == [PASSWORD, PASSWORD]


def test_memory_is_bounded_and_forgets_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "REMEMBERED_AT_MOST", 2)
    memory = passwords.VerifiedPasswords()

    for name in ("a", "b", "c"):
        memory.remember(name, "password", "hash")

    assert [memory.knows(n, "password", "hash") for n in ("a", "b", "c")] == [False, True, True]


def test_a_changed_password_ends_the_old_one_at_once(identity: IdentityService) -> None:
    identity.authenticate_password("ann", PASSWORD)

    identity.people.set_own_password(ANN, current=PASSWORD, password="another password")

    with pytest.raises(Unauthenticated):
        identity.authenticate_password("ann", PASSWORD)
    assert identity.authenticate_password("ann", "another password").username == "ann"


def test_a_password_that_is_changed_while_it_is_verified_is_not_good_afterwards(
    identity: IdentityService, monkeypatch: pytest.MonkeyPatch
) -> None:
    matches = PasswordHasher.matches

    def change_meanwhile(self: PasswordHasher, password: str, stored: str | None) -> bool:
        matched = matches(self, password, stored)
        monkeypatch.setattr(PasswordHasher, "matches", matches)
        identity.people.set_own_password(ANN, current=PASSWORD, password="another password")
        return matched

    monkeypatch.setattr(PasswordHasher, "matches", change_meanwhile)
    identity.authenticate_password("ann", PASSWORD)  # it was right when it was read

    with pytest.raises(Unauthenticated):
        identity.authenticate_password("ann", PASSWORD)


def test_a_disabled_account_is_out_at_once(identity: IdentityService) -> None:
    identity.authenticate_password("ann", PASSWORD)

    identity.people.change_account(ENGINE, "ann", name="Ann", email=None, enabled=False)

    with pytest.raises(Unauthenticated, match="wrong user name or password"):
        identity.authenticate_password("ann", PASSWORD)


def test_a_group_counts_from_the_next_request_on(identity: IdentityService) -> None:
    identity.authenticate_password("ann", PASSWORD)

    identity.people.add_member(ENGINE, "finance", "ann")

    assert "finance" in identity.authenticate_password("ann", PASSWORD).groups


def test_a_password_is_stored_as_argon2id_only(
    identity: IdentityService, database: Database
) -> None:
    with database.read() as connection:
        stored = people.find_account(connection, "ann")

    assert stored is not None
    assert str(stored.password_hash).startswith("$argon2id$v=19$")


def test_a_denied_sign_in_is_recorded_with_the_account(
    identity: IdentityService, database: Database
) -> None:
    with pytest.raises(Unauthenticated):
        identity.authenticate_password("ann", "wrong")

    assert denials(database) == [{"username": "ann", "method": "password"}]


def test_a_mistyped_name_is_not_recorded_for_it_may_be_a_password(
    identity: IdentityService, database: Database
) -> None:
    with pytest.raises(Unauthenticated):
        identity.authenticate_password("my secret password", "")

    assert denials(database) == [{"username": None, "method": "password"}]


def test_after_five_failures_a_name_has_to_wait(
    identity: IdentityService, hashed: list[str]
) -> None:
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            identity.authenticate_password("ann", "guess")

    with pytest.raises(TooManyAttempts) as refused:
        identity.authenticate_password("ann", PASSWORD)

    assert refused.value.retry_after_seconds == 1
    assert len(hashed) == 5


def test_who_signed_in_before_is_not_held_up_by_somebody_who_guesses(
    identity: IdentityService,
) -> None:
    identity.authenticate_password("ann", PASSWORD)
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            identity.authenticate_password("ann", "guess")

    assert identity.authenticate_password("ann", PASSWORD) == ANN


# -- tokens --------------------------------------------------------------------------------------


@pytest.fixture
def secret(identity: IdentityService) -> str:
    """The secret of a client that acts as Ann."""
    return identity.people.create_client(ENGINE, client_id="till", username="ann")


def test_a_client_gets_a_token_and_acts_as_its_account(
    identity: IdentityService, secret: str
) -> None:
    issued = identity.issue_token("till", secret)

    assert identity.authenticate_token(issued.token) == ANN
    assert issued.expires_in == timedelta(hours=1)


def test_two_tokens_are_never_the_same(identity: IdentityService, secret: str) -> None:
    tokens = {identity.issue_token("till", secret).token for _ in range(3)}

    assert len(tokens) == 3


@pytest.mark.parametrize("client_id", ["till", "unknown"])
def test_a_wrong_secret_or_client_gets_nothing(
    identity: IdentityService, secret: str, client_id: str
) -> None:
    with pytest.raises(Unauthenticated, match=r"^wrong client id or secret$"):
        identity.issue_token(client_id, "not the secret")


def test_a_client_of_a_disabled_account_gets_nothing(
    identity: IdentityService, secret: str
) -> None:
    identity.people.change_account(ENGINE, "ann", name="Ann", email=None, enabled=False)

    with pytest.raises(Unauthenticated):
        identity.issue_token("till", secret)


def test_guessing_a_secret_is_slowed_down_and_recorded(
    identity: IdentityService, secret: str, database: Database
) -> None:
    for _ in range(5):
        with pytest.raises(Unauthenticated):
            identity.issue_token("till", "guess")

    with pytest.raises(TooManyAttempts):
        identity.issue_token("till", secret)
    assert denials(database) == [{"username": "ann", "method": "client_credentials"}] * 5


def test_a_token_ends_with_its_hour(
    identity: IdentityService, secret: str, wall_clock: ManualClock
) -> None:
    token = identity.issue_token("till", secret).token

    wall_clock.advance(timedelta(minutes=59, seconds=59))
    assert identity.authenticate_token(token) == ANN
    wall_clock.advance(timedelta(seconds=1))
    with pytest.raises(Unauthenticated, match="expired"):
        identity.authenticate_token(token)


def test_moving_the_clock_of_the_demo_ends_no_token(
    identity: IdentityService, secret: str, clock: ManualClock
) -> None:
    token = identity.issue_token("till", secret).token

    clock.advance(timedelta(days=14))

    assert identity.authenticate_token(token) == ANN


def test_an_expired_token_is_deleted_when_the_next_is_issued(
    identity: IdentityService, secret: str, wall_clock: ManualClock
) -> None:
    token = identity.issue_token("till", secret).token
    wall_clock.advance(timedelta(hours=2))

    identity.issue_token("till", secret)

    with pytest.raises(Unauthenticated, match="not known"):
        identity.authenticate_token(token)


def test_an_invented_token_is_refused(identity: IdentityService) -> None:
    with pytest.raises(Unauthenticated, match="not known"):
        identity.authenticate_token("invented")


@pytest.mark.parametrize("change", ["password", "disabled"])
def test_tokens_end_with_the_password_and_with_the_account(
    identity: IdentityService, secret: str, change: str
) -> None:
    token = identity.issue_token("till", secret).token

    if change == "password":
        identity.people.change_account(
            ENGINE, "ann", name="Ann", email=None, password="another password"
        )
    else:
        identity.people.change_account(ENGINE, "ann", name="Ann", email=None, enabled=False)

    with pytest.raises(Unauthenticated):
        identity.authenticate_token(token)


def test_an_account_that_is_enabled_again_does_not_get_its_tokens_back(
    identity: IdentityService, secret: str
) -> None:
    token = identity.issue_token("till", secret).token

    for enabled in (False, True):
        identity.people.change_account(ENGINE, "ann", name="Ann", email=None, enabled=enabled)

    with pytest.raises(Unauthenticated):
        identity.authenticate_token(token)


def test_a_disabled_account_is_out_even_with_a_token_that_nobody_revoked(
    identity: IdentityService, secret: str, database: Database
) -> None:
    token = identity.issue_token("till", secret).token

    with database.write() as connection:
        ann = people.find_account(connection, "ann")
        assert ann is not None
        people.save_account(connection, ann._replace(enabled=False))

    with pytest.raises(Unauthenticated):
        identity.authenticate_token(token)


def test_only_an_enabled_demo_account_counts_as_one(identity: IdentityService) -> None:
    assert not identity.demo_accounts_exist()

    identity.people.create_account(ENGINE, username="demo", name="Demo", password="demo", demo=True)
    assert identity.demo_accounts_exist()

    identity.people.change_account(ENGINE, "demo", name="Demo", email=None, enabled=False)
    assert not identity.demo_accounts_exist()

"""Does the shop's fortnight end as its stories say, though the server is killed on the way?

The shop of tests/e2e/conftest.py has lived through the whole demo, and was killed three times.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from api.demo.audit import Audit, audit
from api.demo.cast import STORIES
from api.demo.client import Client, Refused
from engine.clock import SystemClock
from engine.persistence.database import Database
from tests.connectors.mail_server import MailServer
from tests.e2e.shop import KILLED_AT, Shop

LETTERS = sum(sum(story.ending.letters.values()) for story in STORIES)
REFUNDED = sum((story.ending.refunded for story in STORIES), Decimal(0))
_NEGOTIATION = (
    "speed_up_negotiation",
    "step_into_negotiation",
    "negotiate_settlement",
    "approve_settlement",
)

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def client(shop: Shop) -> Iterator[Client]:
    with closing(Client("127.0.0.1", shop.port)) as made:
        yield made


@pytest.fixture(scope="module")
def result(shop: Shop) -> Audit:
    database = Database(shop.database_url)
    try:
        with closing(Client("127.0.0.1", shop.port)) as client:
            return audit(client, database, STORIES)
    finally:
        database.close()


def test_every_case_stands_where_its_story_says(result: Audit) -> None:
    assert result.differences == ()


def test_every_refund_is_paid_once(result: Audit) -> None:
    paid = sum(story.ending.refunded > 0 for story in STORIES)
    assert (result.totals.refunds, result.totals.refunded) == (paid, REFUNDED)


def test_every_letter_reaches_the_mail_server(result: Audit, mail: MailServer) -> None:
    received = {message["Message-ID"] for message in mail.taken}
    assert (len(received), result.totals.letters) == (LETTERS, LETTERS)


def test_a_letter_sent_again_after_a_kill_is_the_same_letter(
    result: Audit, mail: MailServer
) -> None:
    texts: dict[str, set[str]] = {}
    for message in mail.taken:
        texts.setdefault(message["Message-ID"], set()).add(message.get_content())
    assert {len(versions) for versions in texts.values()} == {1}


def test_letters_are_written_in_both_languages(result: Audit, mail: MailServer) -> None:
    chinese = Counter("尊敬的" in message.get_content() for message in mail.taken)
    assert chinese[True] > 0
    assert chinese[False] > 0


def test_both_four_eyes_refusals_are_on_record_once(result: Audit) -> None:
    assert result.totals.denials == 2


def test_people_are_served_while_the_demo_is_loading(shop: Shop) -> None:
    shares = [share for share, who in shop.greetings if who == "mei"]
    assert len(shares) == len(KILLED_AT)
    assert all(share is not None and share < 1 for share in shares)


def test_the_clock_follows_the_machine_again(result: Audit, client: Client) -> None:
    reading = client.get("demo", "/api/clock")
    assert reading["isPinned"] is False
    behind = SystemClock().now() - datetime.fromisoformat(reading["now"])
    assert abs(behind) < timedelta(minutes=1)


def test_open_work_goes_on(result: Audit, client: Client) -> None:
    search = {"filter": {"state": "CREATED", "elementId": "accept_complaint"}}
    task = client.post("mei", "/v2/user-tasks/search", search)["items"][0]
    path = f"/v2/user-tasks/{task['userTaskKey']}"
    values = {
        "complaint_type": "product",
        "severity": "major",
        "priority": 75,
        "case_owner": "mei",
    }

    client.post("mei", f"{path}/assignment", {"assignee": "mei", "allowOverride": False})
    client.post("mei", f"{path}/completion", {"variables": values})

    mine = {"filter": {"state": "CREATED", "assignee": "mei", "businessId": task["businessId"]}}
    (following,) = client.post("mei", "/v2/user-tasks/search", mine)["items"]
    assert following["elementId"] == "acknowledge_complaint"


def test_the_story_of_the_bad_case_can_be_read_back(result: Audit, client: Client) -> None:
    facts = client.get("ada", "/api/cases/C-1001/history")["facts"]
    done = [fact["elementId"] for fact in facts if fact["kind"] == "task_completed"]
    assert [task for task in done if task in _NEGOTIATION] == list(_NEGOTIATION)


def test_somebody_of_the_warehouse_may_not_approve_a_refund(result: Audit, client: Client) -> None:
    search = {"filter": {"state": "CREATED", "elementId": "approve_refund"}}
    task = client.post("demo", "/v2/user-tasks/search", search)["items"][0]
    path = f"/v2/user-tasks/{task['userTaskKey']}/completion"

    with pytest.raises(Refused) as refused:
        client.post("bao", path, {"variables": {"approval": "approved"}})

    assert refused.value.status == 403


def test_every_limit_is_missed_in_some_case_and_accounted_for(
    result: Audit, client: Client
) -> None:
    search = {"filter": {"state": "COMPLETED", "elementId": {"$like": "account_for_late_*"}}}
    done = {task["elementId"] for task in client.every("demo", "/v2/user-tasks/search", search)}
    assert done == {
        "account_for_late_response",
        "account_for_late_solution",
        "account_for_late_resolution",
        "account_for_late_contact",
    }


def test_what_is_printed_tells_the_counts(result: Audit, shop: Shop) -> None:
    assert str(LETTERS) in shop.printed().rpartition("letters sent")[2]

"""Are points booked once - by every loyalty programme?"""

from collections.abc import Callable

import pytest

from engine.connectors.http.json_client import JsonClient
from engine.connectors.http.loyalty import HttpLoyalty
from engine.connectors.loyalty import LoyaltyConnector, PointsEntry, PointsRequest
from engine.connectors.table.loyalty import TableLoyalty
from engine.errors import ConnectorRejected, ConnectorUnavailable
from engine.persistence.database import Database
from engine.persistence.stores import customers
from tests.connectors.conftest import MakeCall
from tests.connectors.retail_system import RetailSystem

INPUTS = {"customer_id": "C-1", "points": 200, "reason": "Sorry for the wait."}

Balance = Callable[[], int]


@pytest.fixture(params=["table", "http"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def connector(kind: str, database: Database, client: JsonClient) -> LoyaltyConnector:
    return LoyaltyConnector(TableLoyalty(database) if kind == "table" else HttpLoyalty(client))


@pytest.fixture
def balance(kind: str, database: Database, retail_system: RetailSystem) -> Balance:
    """Say how many points the customer really has."""

    def from_tables() -> int:
        with database.read() as connection:
            return customers.loyalty_balance(connection, "C-1")

    return from_tables if kind == "table" else lambda: retail_system.points.get("C-1", 0)


def test_points_are_booked_and_the_balance_returned(
    connector: LoyaltyConnector, call: MakeCall, balance: Balance
) -> None:
    connector.execute(call(INPUTS, key="job-1"))
    result = connector.execute(call(INPUTS | {"points": 50}, key="job-2"))

    assert set(result) == {"entry_id", "balance"}
    assert result["balance"] == balance() == 250


def test_the_same_key_twice_books_once_and_answers_the_same(
    connector: LoyaltyConnector, call: MakeCall, balance: Balance
) -> None:
    first = connector.execute(call(INPUTS))
    connector.execute(call(INPUTS, key="job-2"))
    again = connector.execute(call(INPUTS))

    assert again == first
    assert balance() == 400


def test_the_key_of_another_booking_is_refused(
    connector: LoyaltyConnector, call: MakeCall, balance: Balance
) -> None:
    connector.execute(call(INPUTS))

    with pytest.raises(ConnectorRejected):
        connector.execute(call(INPUTS | {"points": 201}))

    assert balance() == 200


def test_points_can_be_taken_back(
    connector: LoyaltyConnector, call: MakeCall, balance: Balance
) -> None:
    connector.execute(call(INPUTS, key="job-1"))

    connector.execute(call(INPUTS | {"points": -200}, key="job-2"))

    assert balance() == 0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"customer_id": "C-404"}, id="unknown-customer"),
        pytest.param({"points": -1}, id="more-points-than-there-are"),
    ],
)
def test_what_cannot_be_booked_is_refused(
    connector: LoyaltyConnector, call: MakeCall, balance: Balance, change: dict[str, object]
) -> None:
    with pytest.raises(ConnectorRejected):
        connector.execute(call(INPUTS | change))

    assert balance() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"customer_id": None}, "customer_id", id="no-customer"),
        pytest.param({"points": 0}, "points", id="no-points"),
        pytest.param({"points": 1.5}, "points", id="half-points"),
        pytest.param({"points": "200"}, "points", id="points-as-text"),
        pytest.param({"points": True}, "points", id="yes"),
        pytest.param({"points": 1_000_001}, "points", id="too-many"),
        pytest.param({"points": -1_000_001}, "points", id="too-many-taken"),
        pytest.param({"reason": ""}, "reason", id="no-reason"),
    ],
)
def test_bad_inputs_are_refused_by_name(
    connector: LoyaltyConnector,
    call: MakeCall,
    balance: Balance,
    change: dict[str, object],
    field: str,
) -> None:
    with pytest.raises(ConnectorRejected, match=field):
        connector.execute(call(INPUTS | change))

    assert balance() == 0


def test_a_booking_whose_answer_was_lost_is_not_made_again(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem
) -> None:
    connector = LoyaltyConnector(HttpLoyalty(client))
    retail_system.lose_answers = 1

    with pytest.raises(ConnectorUnavailable):
        connector.execute(call(INPUTS))
    connector.execute(call(INPUTS))

    assert retail_system.points == {"C-1": 200}


def test_an_answer_that_is_no_booking_stops_the_job(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem
) -> None:
    retail_system.answer_next(200, b'{"entry_id": "E", "balance": "200"}')

    with pytest.raises(ConnectorRejected, match="balance"):
        LoyaltyConnector(HttpLoyalty(client)).execute(call(INPUTS))


def test_the_programme_gets_the_whole_request(call: MakeCall) -> None:
    asked: list[PointsRequest] = []

    class Recorder:
        def book(self, request: PointsRequest) -> PointsEntry:
            asked.append(request)
            return PointsEntry(entry_id="E", balance=200)

    one = call(INPUTS)
    LoyaltyConnector(Recorder()).execute(one)

    assert asked == [
        PointsRequest(
            idempotency_key="job-1",
            customer_id="C-1",
            points=200,
            reason="Sorry for the wait.",
            requested_at=one.now,
        )
    ]

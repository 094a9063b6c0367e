"""Is money paid back once, and only what the order was paid with - by every payment provider?"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.connectors.call import BusinessError
from engine.connectors.http.json_client import JsonClient
from engine.connectors.http.payments import HttpPayments
from engine.connectors.refund import Refund, RefundConnector, RefundRequest
from engine.connectors.table.payments import TablePayments
from engine.errors import ConnectorRejected, ConnectorUnavailable
from engine.persistence.database import Database
from engine.persistence.stores import orders
from tests.connectors.conftest import MakeCall
from tests.connectors.retail_system import RetailSystem

INPUTS = {"order_id": "O-1", "amount": 129.5, "currency": "CNY", "reason": "It leaks."}

PaidInFen = Callable[[], int]


@pytest.fixture(params=["table", "http"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def connector(kind: str, database: Database, client: JsonClient) -> RefundConnector:
    return RefundConnector(TablePayments(database) if kind == "table" else HttpPayments(client))


@pytest.fixture
def paid(kind: str, database: Database, retail_system: RetailSystem) -> PaidInFen:
    """Say how much was really paid back for the order."""

    def from_tables() -> int:
        with database.read() as connection:
            return orders.refunded_minor(connection, "O-1")

    def from_system() -> int:
        return round(25_900 - 100 * retail_system.left_to_refund["O-1"])

    return from_tables if kind == "table" else from_system


def test_a_refund_is_paid(connector: RefundConnector, call: MakeCall, paid: PaidInFen) -> None:
    result = connector.execute(call(INPUTS))

    assert result["amount"] == 129.5
    assert result["refund_id"]
    assert paid() == 12_950


def test_the_result_has_the_fields_that_models_use(
    connector: RefundConnector, call: MakeCall
) -> None:
    assert set(connector.execute(call(INPUTS))) == {"refund_id", "status", "amount"}


def test_the_same_key_twice_pays_once_and_answers_the_same(
    connector: RefundConnector, call: MakeCall, paid: PaidInFen
) -> None:
    first = connector.execute(call(INPUTS))
    second = connector.execute(call(INPUTS))

    assert first == second
    assert paid() == 12_950


def test_two_keys_pay_twice(connector: RefundConnector, call: MakeCall, paid: PaidInFen) -> None:
    first = connector.execute(call(INPUTS, key="job-1"))
    second = connector.execute(call(INPUTS, key="job-2"))

    assert first["refund_id"] != second["refund_id"]
    assert paid() == 25_900


def test_the_key_of_another_refund_is_refused(
    connector: RefundConnector, call: MakeCall, paid: PaidInFen
) -> None:
    connector.execute(call(INPUTS))

    with pytest.raises(ConnectorRejected):
        connector.execute(call(INPUTS | {"amount": 1}))

    assert paid() == 12_950


def test_more_than_the_order_was_paid_with_is_a_business_error(
    connector: RefundConnector, call: MakeCall, paid: PaidInFen
) -> None:
    connector.execute(call(INPUTS, key="job-1"))

    with pytest.raises(BusinessError, match="left to refund") as refused:
        connector.execute(call(INPUTS | {"amount": 129.51}, key="job-2"))

    assert refused.value.code == "refund_rejected"
    assert paid() == 12_950


def test_another_currency_than_the_order_was_paid_in_is_a_business_error(
    connector: RefundConnector, call: MakeCall, paid: PaidInFen
) -> None:
    with pytest.raises(BusinessError) as refused:
        connector.execute(call(INPUTS | {"currency": "EUR"}))

    assert refused.value.code == "refund_rejected"
    assert paid() == 0


def test_a_refused_refund_may_be_paid_later_under_the_same_key(
    connector: RefundConnector, call: MakeCall, paid: PaidInFen
) -> None:
    with pytest.raises(BusinessError):
        connector.execute(call(INPUTS | {"amount": 260}))

    connector.execute(call(INPUTS))

    assert paid() == 12_950


def test_an_unknown_order_is_no_reason_to_try_again(
    connector: RefundConnector, call: MakeCall
) -> None:
    with pytest.raises(ConnectorRejected):
        connector.execute(call(INPUTS | {"order_id": "O-404"}))


@pytest.mark.parametrize(
    ("amount", "number"),
    [
        pytest.param("129.50", 129.5, id="text-that-is-a-number"),
        pytest.param(100, 100, id="whole-number"),
        pytest.param(0.01, 0.01, id="the-smallest"),
    ],
)
def test_amounts_come_and_go_as_json_numbers(
    connector: RefundConnector, call: MakeCall, amount: object, number: float
) -> None:
    result = connector.execute(call(INPUTS | {"amount": amount}))

    assert result["amount"] == number
    assert type(result["amount"]) is type(number)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"order_id": None}, "order_id", id="no-order"),
        pytest.param({"order_id": ""}, "order_id", id="empty-order"),
        pytest.param({"order_id": "O-1\x00"}, "order_id", id="control-character"),
        pytest.param({"order_id": 7}, "order_id", id="order-that-is-a-number"),
        pytest.param({"amount": None}, "amount", id="no-amount"),
        pytest.param({"amount": 0}, "amount", id="nothing"),
        pytest.param({"amount": -1}, "amount", id="less-than-nothing"),
        pytest.param({"amount": 1.005}, "amount", id="three-decimals"),
        pytest.param({"amount": 1.0005}, "amount", id="four-decimals"),
        pytest.param({"amount": True}, "amount", id="yes"),
        pytest.param({"amount": "a lot"}, "amount", id="words"),
        pytest.param({"amount": float("nan")}, "amount", id="not-a-number"),
        pytest.param({"amount": 1e300}, "amount", id="beyond-reason"),
        pytest.param({"amount": 10.5, "currency": "JPY"}, "amount", id="half-a-yen"),
        pytest.param({"currency": "YEN"}, "currency", id="no-such-currency"),
        pytest.param({"currency": "cny"}, "currency", id="currency-in-small-letters"),
        pytest.param({"reason": "  "}, "reason", id="blank-reason"),
    ],
)
def test_bad_inputs_are_refused_by_name_before_anybody_is_asked(
    connector: RefundConnector,
    call: MakeCall,
    paid: PaidInFen,
    retail_system: RetailSystem,
    change: dict[str, object],
    field: str,
) -> None:
    with pytest.raises(ConnectorRejected, match=field):
        connector.execute(call(INPUTS | change))

    assert paid() == 0
    assert retail_system.received == []


def test_a_refund_whose_answer_was_lost_is_not_paid_again(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem
) -> None:
    connector = RefundConnector(HttpPayments(client))
    retail_system.lose_answers = 1

    with pytest.raises(ConnectorUnavailable):
        connector.execute(call(INPUTS))
    connector.execute(call(INPUTS))

    assert retail_system.left_to_refund["O-1"] == 129.5
    assert len(retail_system.received) == 2


@pytest.mark.parametrize("status", [409, 422])
def test_a_provider_that_will_not_pay_says_why(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem, status: int
) -> None:
    retail_system.answer_next(status, b'{"detail": "The card\\r\\nhas expired."}')

    with pytest.raises(BusinessError, match=r"^The card has expired\.$"):
        RefundConnector(HttpPayments(client)).execute(call(INPUTS))


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"detail": 7}'])
def test_a_provider_that_will_not_pay_and_says_nothing_is_named(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem, body: bytes
) -> None:
    retail_system.answer_next(422, body)

    with pytest.raises(BusinessError, match="payments refused the refund"):
        RefundConnector(HttpPayments(client)).execute(call(INPUTS))


@pytest.mark.parametrize(
    ("body", "what"),
    [
        pytest.param(b'{"status": "done", "amount": 129.5}', "refund_id", id="no-id"),
        pytest.param(b'{"refund_id": "R", "status": "done"}', "amount", id="no-amount"),
        pytest.param(b"[1]", "understood", id="no-object"),
        pytest.param(
            b'{"refund_id": "R", "status": "done", "amount": 129.49}',
            "129.49",
            id="another-amount-than-asked-for",
        ),
    ],
)
def test_an_answer_that_is_no_refund_stops_the_job(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem, body: bytes, what: str
) -> None:
    retail_system.answer_next(200, body)

    with pytest.raises(ConnectorRejected, match=what):
        RefundConnector(HttpPayments(client)).execute(call(INPUTS))


def test_money_travels_as_text_so_that_no_decimal_is_lost(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem
) -> None:
    RefundConnector(HttpPayments(client)).execute(call(INPUTS | {"amount": 0.1}))

    assert b'"amount":"0.1"' in retail_system.received[0].body


def test_the_provider_gets_the_whole_request(call: MakeCall) -> None:
    asked: list[RefundRequest] = []

    class Recorder:
        def refund(self, request: RefundRequest) -> Refund:
            asked.append(request)
            return Refund(refund_id="R", status="done", amount=request.amount)

    one = call(INPUTS)
    RefundConnector(Recorder()).execute(one)

    request = asked[0]
    assert (request.idempotency_key, request.order_id) == ("job-1", "O-1")
    assert (str(request.amount), request.currency) == ("129.5", "CNY")
    assert (request.reason, request.requested_at) == ("It leaks.", one.now)


def test_two_nodes_with_the_same_job_at_the_same_time_pay_once(
    database: Database, call: MakeCall
) -> None:
    connector = RefundConnector(TablePayments(database))
    both = threading.Barrier(2)

    def execute(_: int) -> object:
        both.wait(10)
        return connector.execute(call(INPUTS))["refund_id"]

    with ThreadPoolExecutor(2) as pool:
        ids = set(pool.map(execute, range(2)))

    with database.read() as connection:
        assert orders.refund_count(connection) == len(ids) == 1

"""What does a process learn of a customer or an order - from every directory?"""

from collections.abc import Callable

import pytest

from engine.connectors.call import BusinessError, Connector
from engine.connectors.customer import CustomerConnector
from engine.connectors.http.json_client import JsonClient
from engine.connectors.http.lookup import HttpCustomers, HttpOrders
from engine.connectors.order import OrderConnector
from engine.connectors.table.customers import TableCustomers
from engine.connectors.table.orders import TableOrders
from engine.errors import ConnectorRejected, ConnectorUnavailable
from engine.persistence.database import Database
from tests.connectors.conftest import MakeCall
from tests.connectors.retail_system import RetailSystem

CUSTOMER = {
    "customer_id": "C-1",
    "name": "李娜",
    "email": "li.na@example.com",
    "phone": "+86 10 5555 0100",
    "language": "zh",
    "segment": "important",
    "channels": ["email", "sms"],
    "consent": True,
}
ORDER = {
    "order_id": "O-1",
    "customer_id": "C-1",
    "ordered_at": "2026-02-20T09:00:00Z",
    "delivered_at": None,
    "store_id": None,
    "online": True,
    "currency": "CNY",
    "items": [
        {
            "sku": "KET-7",
            "name": "Kettle",
            "category": "kitchen",
            "price": 129.5,
            "quantity": 2,
            "warranty_months": 24,
            "returnable": True,
        }
    ],
}


@pytest.fixture(params=["table", "http"])
def customers(
    request: pytest.FixtureRequest, database: Database, client: JsonClient
) -> CustomerConnector:
    if request.param == "table":
        return CustomerConnector(TableCustomers(database))
    return CustomerConnector(HttpCustomers(client))


@pytest.fixture(params=["table", "http"])
def orders(
    request: pytest.FixtureRequest, database: Database, client: JsonClient
) -> OrderConnector:
    if request.param == "table":
        return OrderConnector(TableOrders(database))
    return OrderConnector(HttpOrders(client))


MakeConnector = Callable[[JsonClient], Connector]

BY_HTTP = pytest.mark.parametrize(
    ("make", "inputs"),
    [
        pytest.param(
            lambda client: CustomerConnector(HttpCustomers(client)),
            {"customer_id": "C-1"},
            id="customer",
        ),
        pytest.param(
            lambda client: OrderConnector(HttpOrders(client)), {"order_id": "O-1"}, id="order"
        ),
    ],
)


def test_a_customer_is_found_with_the_fields_that_models_use(
    customers: CustomerConnector, call: MakeCall
) -> None:
    found = dict(customers.execute(call({"customer_id": "C-1"})))

    assert found.pop("last_surveyed_at") in ("2026-01-05T08:30:00Z", "2026-01-05T16:30:00+08:00")
    assert found == CUSTOMER


def test_an_unknown_customer_is_a_business_error(
    customers: CustomerConnector, call: MakeCall
) -> None:
    with pytest.raises(BusinessError, match="C-404") as unknown:
        customers.execute(call({"customer_id": "C-404"}))

    assert unknown.value.code == "customer_unknown"


def test_an_order_is_found_with_the_fields_that_models_use(
    orders: OrderConnector, call: MakeCall
) -> None:
    assert orders.execute(call({"order_id": "O-1"})) == ORDER


def test_an_unknown_order_is_a_business_error(orders: OrderConnector, call: MakeCall) -> None:
    with pytest.raises(BusinessError, match="O-404") as unknown:
        orders.execute(call({"order_id": "O-404"}))

    assert unknown.value.code == "order_unknown"


@pytest.mark.parametrize("value", [None, "", "C\r\n1", "x" * 121, 7, {"id": "C-1"}])
def test_a_bad_id_is_refused_by_name(
    customers: CustomerConnector, orders: OrderConnector, call: MakeCall, value: object
) -> None:
    with pytest.raises(ConnectorRejected, match="customer_id"):
        customers.execute(call({"customer_id": value}))
    with pytest.raises(ConnectorRejected, match="order_id"):
        orders.execute(call({"order_id": value}))


@BY_HTTP
@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_directory_that_is_down_is_asked_again(
    call: MakeCall,
    client: JsonClient,
    retail_system: RetailSystem,
    make: MakeConnector,
    inputs: dict[str, object],
    status: int,
) -> None:
    retail_system.answer_next(status)

    with pytest.raises(ConnectorUnavailable):
        make(client).execute(call(inputs))


@BY_HTTP
def test_an_answer_that_is_something_else_stops_the_job(
    call: MakeCall,
    client: JsonClient,
    retail_system: RetailSystem,
    make: MakeConnector,
    inputs: dict[str, object],
) -> None:
    retail_system.answer_next(200, b'{"name": "nobody"}')

    with pytest.raises(ConnectorRejected, match=r"_id: Field required"):
        make(client).execute(call(inputs))


@BY_HTTP
def test_another_record_than_asked_for_stops_the_job(
    call: MakeCall,
    client: JsonClient,
    retail_system: RetailSystem,
    make: MakeConnector,
    inputs: dict[str, object],
) -> None:
    retail_system.customers["C-1"]["customer_id"] = "C-2"
    retail_system.orders["O-1"]["order_id"] = "O-2"

    with pytest.raises(ConnectorRejected, match="another one"):
        make(client).execute(call(inputs))


def test_what_is_wrong_with_a_record_is_said_without_its_values(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem
) -> None:
    retail_system.customers["C-1"]["phone"] = 8610555
    retail_system.customers["C-1"]["last_surveyed_at"] = 1_767_000_000

    with pytest.raises(ConnectorRejected, match=r"phone: .*last_surveyed_at: ") as refused:
        CustomerConnector(HttpCustomers(client)).execute(call({"customer_id": "C-1"}))

    assert "8610555" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_an_id_cannot_lead_to_another_place_in_the_directory(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem
) -> None:
    connector = CustomerConnector(HttpCustomers(client))

    with pytest.raises(BusinessError):
        connector.execute(call({"customer_id": "../orders/O-1?x=#"}))

    assert retail_system.received[0].path == "/api/customers/..%2Forders%2FO-1%3Fx%3D%23"


@pytest.mark.parametrize("step", [".", ".."])
def test_an_id_that_is_a_step_in_a_path_is_refused(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem, step: str
) -> None:
    with pytest.raises(ConnectorRejected, match="cannot be asked"):
        CustomerConnector(HttpCustomers(client)).execute(call({"customer_id": step}))

    assert retail_system.received == []

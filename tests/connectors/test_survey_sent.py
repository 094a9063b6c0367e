"""Is it known afterwards when a customer was last asked - in every directory?"""

from collections.abc import Callable
from datetime import datetime

import pytest

from engine.connectors.call import BusinessError
from engine.connectors.customer import CustomerDirectory
from engine.connectors.http.json_client import JsonClient
from engine.connectors.http.lookup import HttpCustomers
from engine.connectors.survey_sent import SurveySentConnector
from engine.connectors.table.customers import TableCustomers
from engine.errors import ConnectorRejected, ConnectorUnavailable
from engine.persistence.database import Database
from tests.connectors.conftest import MakeCall
from tests.connectors.retail_system import RetailSystem

BEFORE = datetime.fromisoformat("2026-01-05T08:30:00Z")
"""When Li Na was last asked."""
INPUTS = {"customer_id": "C-1", "surveyed_at": "2026-03-02T12:00:00.000456Z"}
ASKED_AT = datetime.fromisoformat(INPUTS["surveyed_at"])

LastAsked = Callable[[], datetime | None]


@pytest.fixture(params=["table", "http"])
def directory(
    request: pytest.FixtureRequest, database: Database, client: JsonClient
) -> CustomerDirectory:
    return TableCustomers(database) if request.param == "table" else HttpCustomers(client)


@pytest.fixture
def connector(directory: CustomerDirectory) -> SurveySentConnector:
    return SurveySentConnector(directory)


@pytest.fixture
def last_asked(directory: CustomerDirectory) -> LastAsked:
    """Say when Li Na was last asked, as the directory itself knows it."""

    def look() -> datetime | None:
        found = directory.find("C-1")
        return found.last_surveyed_at if found else None

    return look


def test_the_time_is_kept_and_returned(
    connector: SurveySentConnector, call: MakeCall, last_asked: LastAsked
) -> None:
    result = connector.execute(call(INPUTS))

    assert set(result) == {"last_surveyed_at"}
    assert datetime.fromisoformat(str(result["last_surveyed_at"])) == ASKED_AT == last_asked()


def test_the_same_key_twice_notes_it_once_and_answers_the_same(
    connector: SurveySentConnector, call: MakeCall, last_asked: LastAsked
) -> None:
    first = connector.execute(call(INPUTS))

    assert connector.execute(call(INPUTS)) == first
    assert last_asked() == ASKED_AT


def test_an_earlier_time_that_arrives_late_does_not_hide_a_later_one(
    connector: SurveySentConnector, call: MakeCall, last_asked: LastAsked
) -> None:
    earlier = INPUTS | {"surveyed_at": "2025-12-24T12:00:00Z"}

    result = connector.execute(call(earlier))

    assert datetime.fromisoformat(str(result["last_surveyed_at"])) == BEFORE == last_asked()


def test_a_customer_who_was_never_asked_has_been_asked_then(
    call: MakeCall, database: Database
) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("update customer set last_surveyed_at = null")
    directory = TableCustomers(database)

    SurveySentConnector(directory).execute(call(INPUTS))

    found = directory.find("C-1")
    assert found is not None
    assert found.last_surveyed_at == ASKED_AT


def test_an_unknown_customer_is_a_business_error(
    connector: SurveySentConnector, call: MakeCall
) -> None:
    with pytest.raises(BusinessError, match="C-404") as unknown:
        connector.execute(call(INPUTS | {"customer_id": "C-404"}))

    assert unknown.value.code == "customer_unknown"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"customer_id": None}, "customer_id", id="no-customer"),
        pytest.param({"surveyed_at": None}, "surveyed_at", id="no-time"),
        pytest.param({"surveyed_at": "2026-03-02T12:00:00"}, "surveyed_at", id="no-zone"),
        pytest.param({"surveyed_at": 1_772_452_800}, "surveyed_at", id="a-number"),
        pytest.param({"surveyed_at": "yesterday"}, "surveyed_at", id="a-word"),
    ],
)
def test_bad_inputs_are_refused_by_name(
    connector: SurveySentConnector,
    call: MakeCall,
    last_asked: LastAsked,
    change: dict[str, object],
    field: str,
) -> None:
    with pytest.raises(ConnectorRejected, match=field):
        connector.execute(call(INPUTS | change))

    assert last_asked() == BEFORE


def test_a_note_whose_answer_was_lost_is_sent_again_under_the_same_key(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem
) -> None:
    connector = SurveySentConnector(HttpCustomers(client))
    retail_system.lose_answers = 1

    with pytest.raises(ConnectorUnavailable):
        connector.execute(call(INPUTS))
    connector.execute(call(INPUTS))

    first, again = retail_system.received
    assert (first.path, first.body) == (again.path, again.body)
    assert first.path == "/api/customers/C-1/surveys"
    assert first.headers["Idempotency-Key"] == again.headers["Idempotency-Key"] == "job-1"


def test_an_answer_that_is_no_time_stops_the_job(
    call: MakeCall, client: JsonClient, retail_system: RetailSystem
) -> None:
    retail_system.answer_next(200, b'{"last_surveyed_at": null}')

    with pytest.raises(ConnectorRejected, match="last_surveyed_at"):
        SurveySentConnector(HttpCustomers(client)).execute(call(INPUTS))

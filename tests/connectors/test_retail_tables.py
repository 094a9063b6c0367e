"""Does what the stand-ins keep come back as it was - and is what people are called sealed?"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.persistence import retail
from engine.persistence.database import Database
from engine.persistence.stores import customers, deliveries, orders, shops
from tests.connectors.conftest import KETTLE, LI_NA, NOON

REFUND = orders.RefundRow(
    idempotency_key="job-1",
    id="refund-1",
    order_id="O-1",
    amount_minor=500,
    currency="CNY",
    reason="Li Na's kettle leaks.",
    status="completed",
    refunded_at=NOON,
)
ENTRY = customers.LoyaltyEntryRow(
    idempotency_key="job-1",
    id="points-1",
    customer_id="C-1",
    points=50,
    reason="Li Na waited.",
    balance=50,
    booked_at=NOON,
)
LETTER = deliveries.SentMailRow(
    idempotency_key="job-1",
    message_id="<1@shop.test>",
    to="li.na@example.com",
    subject="Hello",
    body="Dear Li Na",
    sent_at=NOON,
)


def test_a_customer_comes_back(database: Database) -> None:
    with database.read() as connection:
        assert customers.find(connection, "C-1") == LI_NA


def test_a_customer_without_an_address_comes_back(database: Database) -> None:
    silent = LI_NA._replace(id="C-2", email=None, phone=None, channels=[], last_surveyed_at=None)
    with database.write() as connection:
        customers.insert(connection, [silent])

    with database.read() as connection:
        assert customers.find(connection, "C-2") == silent


def test_an_order_comes_back_with_its_lines_in_order(database: Database) -> None:
    lines = tuple(KETTLE.items[0]._replace(sku=sku) for sku in ("Z", "A", "M"))
    order = KETTLE._replace(id="O-2", items=lines, store_id="S-1", delivered_at=NOON, online=False)
    with database.write() as connection:
        orders.insert(connection, [order])

    with database.read() as connection:
        assert orders.find(connection, "O-2") == order


@pytest.mark.parametrize("key", ["job-1", "job-2"])
def test_a_refund_is_found_by_its_key_only(database: Database, key: str) -> None:
    with database.write() as connection:
        orders.insert_refund(connection, REFUND)

    with database.read() as connection:
        assert orders.find_refund(connection, key) == (REFUND if key == "job-1" else None)


def test_refunds_are_added_up_per_order(database: Database) -> None:
    with database.write() as connection:
        for number, order_id in enumerate(("O-1", "O-1", "O-9")):
            row = REFUND._replace(idempotency_key=f"k{number}", id=f"r{number}", order_id=order_id)
            orders.insert_refund(connection, row)

    with database.read() as connection:
        assert orders.refunded_minor(connection, "O-1") == 1_000
        assert orders.refunded_minor(connection, "O-404") == 0
        assert orders.refund_count(connection) == 3


def test_points_are_added_up_per_customer(database: Database) -> None:
    with database.write() as connection:
        customers.insert_loyalty_entry(connection, ENTRY)
        other = ENTRY._replace(idempotency_key="job-2", id="points-2", customer_id="C-2")
        customers.insert_loyalty_entry(connection, other)

    with database.read() as connection:
        assert customers.find_loyalty_entry(connection, "job-1") == ENTRY
        assert customers.loyalty_balance(connection, "C-1") == 50


def test_letters_come_back_in_the_order_they_were_sent(database: Database) -> None:
    later = LETTER._replace(idempotency_key="a", sent_at=NOON + timedelta(minutes=1))
    with database.write() as connection:
        deliveries.keep_mail(connection, later)
        deliveries.keep_mail(connection, LETTER)

    with database.read() as connection:
        assert deliveries.sent_mails(connection) == [LETTER, later]


def test_shops_come_back(database: Database) -> None:
    rows = [shops.ShopRow(id=f"S-{n}", name=f"Shop {n}", city="北京") for n in (1, 2)]
    with database.write() as connection:
        shops.insert(connection, rows)

    with database.read() as connection:
        assert shops.every(connection) == rows


def test_names_and_words_pass_the_protection_function(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for store in (customers, orders, deliveries):
        monkeypatch.setattr(store, "seal", lambda value, classification: str(classification))
    with database.write() as connection:
        customers.insert(connection, [LI_NA._replace(id="C-2")])
        customers.insert_loyalty_entry(connection, ENTRY)
        orders.insert_refund(connection, REFUND)
        deliveries.keep_mail(connection, LETTER)
        columns = (
            select(retail.customer.c.contact).where(retail.customer.c.id == "C-2"),
            select(retail.loyalty_entry.c.reason),
            select(retail.refund.c.reason),
            select(retail.sent_mail.c.letter),
        )
        stored = [connection.execute(column).scalar_one() for column in columns]

    assert stored == ["personal"] * 4

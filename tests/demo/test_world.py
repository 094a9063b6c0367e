"""Is the world the same every time, and has it what the stories need?"""

from datetime import UTC, datetime, timedelta

import pytest

from api.demo.cast import STORIES
from api.demo.story import Story
from api.demo.world import create_world, world_exists, world_of
from engine.persistence.database import Database
from engine.persistence.stores import customers, orders

ORIGIN = datetime(2026, 11, 7, 16, tzinfo=UTC)
WORLD = world_of(STORIES, ORIGIN)
CUSTOMERS = {customer.id: customer for customer in WORLD.customers}
ORDERS = {order.id: order for order in WORLD.orders}
BOUGHT = [story for story in STORIES if story.purchase]


def test_there_are_200_customers() -> None:
    assert len(CUSTOMERS) == 200


def test_a_second_world_is_the_same() -> None:
    assert world_of(STORIES, ORIGIN) == WORLD


def test_every_order_belongs_to_a_customer() -> None:
    assert {order.customer_id for order in WORLD.orders} <= CUSTOMERS.keys()


@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.number)
def test_the_customer_of_a_story_has_the_traits_it_needs(story: Story) -> None:
    found = CUSTOMERS[story.customer_id]
    wanted = story.customer
    assert (found.language, found.segment, found.consent, found.email is not None) == (
        wanted.language,
        wanted.segment,
        wanted.consent,
        wanted.has_email,
    )


@pytest.mark.parametrize("story", BOUGHT, ids=lambda s: s.number)
def test_the_order_of_a_story_was_delivered_when_it_says(story: Story) -> None:
    assert story.purchase
    order = ORDERS[story.order_id]
    assert order.delivered_at is not None
    age = ORIGIN - order.delivered_at
    assert round(age / timedelta(days=1)) == story.purchase.delivered_days_ago


def test_nobody_is_reached_by_the_letters_of_a_demo() -> None:
    addresses = [customer.email for customer in WORLD.customers if customer.email]
    assert {address.rpartition("@")[2] for address in addresses} == {"example.com"}


def test_no_two_customers_share_an_address() -> None:
    addresses = [customer.email for customer in WORLD.customers if customer.email]
    assert len(set(addresses)) == len(addresses)


def test_a_world_that_was_created_is_there(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    assert not world_exists(database)

    create_world(database, STORIES, ORIGIN)

    assert world_exists(database)
    with database.read() as connection:
        assert customers.find(connection, "K-1001") == CUSTOMERS["K-1001"]
        assert orders.find(connection, "O-1001") == ORDERS["O-1001"]
    database.close()

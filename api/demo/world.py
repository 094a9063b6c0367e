"""The world before the first case: shops, 200 customers, and what they have bought.

It is the same every time: the customers of the stories have the traits that their stories need,
the others are drawn with a fixed seed.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.demo import names
from api.demo.goods import ARTICLES, CURRENCY, STORES, Article
from api.demo.story import Customer, Purchase, Story
from engine.persistence.database import Database
from engine.persistence.stores import customers, orders, shops
from engine.persistence.stores.customers import CustomerRow
from engine.persistence.stores.orders import OrderItemRow, OrderRow

CUSTOMERS = 200
_FIRST_STRANGER = 9001
_SEED = 2025
_SEGMENTS = ("core", "important", "ordinary", "ordinary", "ordinary", "potential", "lapsed")
_SHIPPING = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everybody, and everything bought."""

    customers: tuple[CustomerRow, ...]
    orders: tuple[OrderRow, ...]


def world_exists(database: Database) -> bool:
    """Tell whether the world has been written."""
    with database.read() as connection:
        return bool(shops.every(connection))


def create_world(database: Database, stories: Iterable[Story], origin: datetime) -> None:
    """Write the world into the tables behind the built-in connectors, all of it or nothing."""
    world = world_of(stories, origin)
    with database.write() as connection:
        shops.insert(connection, [shops.ShopRow(id=s.id, name=s.name, city=s.city) for s in STORES])
        customers.insert(connection, world.customers)
        orders.insert(connection, world.orders)


def world_of(stories: Iterable[Story], origin: datetime) -> World:
    """Return who lives and what was bought before *origin*, the midnight that begins day 0."""
    draw = random.Random(_SEED)  # noqa: S311  # for variety, not for secrets
    told = list(stories)
    people = [_customer(draw, story.customer_id, story.customer, origin) for story in told]
    bought = [
        _order(draw, story.order_id, story.customer_id, story.purchase, origin)
        for story in told
        if story.purchase
    ]
    for number in range(_FIRST_STRANGER, _FIRST_STRANGER + CUSTOMERS - len(told)):
        person = _customer(draw, f"K-{number}", _drawn_customer(draw), origin)
        people.append(person)
        bought.append(_order(draw, f"O-{number}", person.id, _drawn_purchase(draw), origin))
    return World(customers=tuple(people), orders=tuple(bought))


def _customer(
    draw: random.Random, customer_id: str, traits: Customer, origin: datetime
) -> CustomerRow:
    name, spelled = _name(draw, traits)
    asked = traits.surveyed_days_ago
    return CustomerRow(
        id=customer_id,
        name=name,
        email=f"{spelled}.{customer_id[2:]}@example.com" if traits.has_email else None,
        phone=f"+86138{draw.randrange(10**8):08d}",
        language=traits.language,
        segment=traits.segment,
        channels=["email", "sms"] if traits.has_email else ["phone"],
        consent=traits.consent,
        last_surveyed_at=None if asked is None else origin - timedelta(days=asked),
    )


def _name(draw: random.Random, traits: Customer) -> tuple[str, str]:
    if traits.language == "en":
        first = draw.choice(names.ENGLISH_FIRST_NAMES)
        last = draw.choice(names.ENGLISH_LAST_NAMES)
        return f"{first} {last}", f"{first}.{last}".lower()
    (family, family_spelled) = draw.choice(names.FAMILY_NAMES)
    (given, given_spelled) = draw.choice(names.GIVEN_NAMES)
    return family + given, f"{given_spelled}.{family_spelled}"


def _drawn_customer(draw: random.Random) -> Customer:
    return Customer(
        language="en" if draw.random() < 0.25 else "zh",
        segment=draw.choice(_SEGMENTS),  # type: ignore[arg-type]  # each is a segment
        consent=draw.random() < 0.8,
    )


def _drawn_purchase(draw: random.Random) -> Purchase:
    return Purchase(
        sku=draw.choice(sorted(ARTICLES)),
        delivered_days_ago=draw.randrange(1, 700),
        quantity=draw.randrange(1, 3),
        online=draw.random() < 0.4,
    )


def _order(
    draw: random.Random, order_id: str, customer_id: str, purchase: Purchase, origin: datetime
) -> OrderRow:
    article = ARTICLES[purchase.sku]
    delivered_at = origin - timedelta(days=purchase.delivered_days_ago) + timedelta(hours=11)
    return OrderRow(
        id=order_id,
        customer_id=customer_id,
        ordered_at=delivered_at - _SHIPPING if purchase.online else delivered_at,
        delivered_at=delivered_at,
        store_id=None if purchase.online else draw.choice(STORES).id,
        online=purchase.online,
        currency=CURRENCY,
        paid_minor=article.price_minor * purchase.quantity,
        items=(_item(article, purchase.quantity),),
    )


def _item(article: Article, quantity: int) -> OrderItemRow:
    return OrderItemRow(
        sku=article.sku,
        name=article.name,
        category=article.category,
        price_minor=article.price_minor,
        quantity=quantity,
        warranty_months=article.warranty_months,
        returnable=article.returnable,
    )

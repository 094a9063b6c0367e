"""Tables behind the built-in connectors: shops, customers, orders, money, points and letters.

They stand in for a retailer's own systems in the demo and in development, and are not read by the
engine. Money is in minor units (cents, fen) of the row's currency, never a float. What people are
called and where they are reached is sealed (engine.persistence.protection).
"""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, text

from engine.persistence.columns import JsonText, Key, UtcDateTime
from engine.persistence.schema import metadata, variable

CASE_OF = text("name in ('customer_id', 'order_id')")
"""Variables by which a case is looked for: whose it is, and about what."""

MAX_LOOKED_FOR = 200
"""So many letters of such a value are indexed; a whole value may be too long for an index."""

Index(
    "ix_variable_case_of",
    text(f"substr(value, 1, {MAX_LOOKED_FOR})"),
    variable.c.process_instance_key,
    sqlite_where=CASE_OF,
    postgresql_where=CASE_OF,
)

store = Table(
    "store",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("city", String(255), nullable=False),
)

customer = Table(
    "customer",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("contact", Text, nullable=False),  # sealed JSON: name, email, phone
    Column("language", String(8), nullable=False),
    Column("segment", String(20), nullable=False),
    Column("channels", JsonText, nullable=False),
    Column("consent", Boolean, nullable=False),
    Column("last_surveyed_at", UtcDateTime),
)

customer_order = Table(
    "customer_order",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("customer_id", String(120), nullable=False),
    Column("ordered_at", UtcDateTime, nullable=False),
    Column("delivered_at", UtcDateTime),
    Column("store_id", String(120)),  # None: sold online only
    Column("online", Boolean, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("paid_minor", Key, nullable=False),
    Index(None, "customer_id"),
)

order_item = Table(
    "order_item",
    metadata,
    Column("order_id", String(120), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("sku", String(120), nullable=False),
    Column("name", String(255), nullable=False),
    Column("category", String(120), nullable=False),
    Column("price_minor", Key, nullable=False),  # of one piece
    Column("quantity", Integer, nullable=False),
    Column("warranty_months", Integer, nullable=False),
    Column("returnable", Boolean, nullable=False),
)

refund = Table(
    "refund",
    metadata,
    Column("idempotency_key", String(255), primary_key=True),
    Column("id", String(120), nullable=False, unique=True),
    Column("order_id", String(120), nullable=False),
    Column("amount_minor", Key, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("reason", Text, nullable=False),  # sealed JSON
    Column("status", String(20), nullable=False),
    Column("refunded_at", UtcDateTime, nullable=False),
    Index(None, "order_id"),
)

loyalty_entry = Table(
    "loyalty_entry",
    metadata,
    Column("idempotency_key", String(255), primary_key=True),
    Column("id", String(120), nullable=False, unique=True),
    Column("customer_id", String(120), nullable=False),
    Column("points", Integer, nullable=False),
    Column("reason", Text, nullable=False),  # sealed JSON
    Column("balance", Integer, nullable=False),  # the customer's, after this entry
    Column("booked_at", UtcDateTime, nullable=False),
    Index(None, "customer_id"),
)

sent_mail = Table(
    "sent_mail",
    metadata,
    Column("idempotency_key", String(255), primary_key=True),
    Column("message_id", String(255), nullable=False),
    Column("letter", Text, nullable=False),  # sealed JSON: to, subject, body
    Column("sent_at", UtcDateTime, nullable=False),
    Index(None, "sent_at"),
)

sent_webhook = Table(
    "sent_webhook",
    metadata,
    Column("idempotency_key", String(255), primary_key=True),
    Column("url", Text, nullable=False),
    Column("body", Text, nullable=False),  # sealed JSON
    Column("sent_at", UtcDateTime, nullable=False),
    Index(None, "sent_at"),
)

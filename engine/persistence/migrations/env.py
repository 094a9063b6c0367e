"""Alembic's entry: runs the steps on the connection that `engine.persistence.migrate` opened."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger

from engine.persistence import retail, schema
from engine.persistence.columns import JsonText, UtcDateTime


def render_item(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write our column types by their names, which every step imports."""
    del autogen
    if kind == "type" and isinstance(item, UtcDateTime | JsonText):
        return f"{type(item).__name__}()"
    if kind == "type" and isinstance(item, BigInteger):
        return "Key"
    return False


assert retail.store.metadata is schema.metadata  # noqa: S101  # both modules declare tables on it
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()

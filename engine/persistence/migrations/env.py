"""Alembic's entry: runs the steps on the connection that `engine.persistence.migrate` opened."""

from alembic import context

from engine.persistence import retail, schema

assert retail.metadata is schema.metadata  # noqa: S101  # both modules declare tables on it
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()

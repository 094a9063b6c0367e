"""Keep who waits for signals, and the broadcasts that have not reached everybody."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.columns import Key, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SUBSCRIPTION_INDEXES = ("signal_name", "element_instance_key", "definition_key")
_DELIVERY_ORDER = "ix_signal_delivery_blocked_due_at_signal_key_subscription_key"


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "signal_subscription",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("signal_name", sa.String(length=255), nullable=False),
        sa.Column("process_instance_key", Key, nullable=True),
        sa.Column("element_instance_key", Key, nullable=True),
        sa.Column("definition_key", Key, nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_signal_subscription")),
    )
    for column in _SUBSCRIPTION_INDEXES:
        op.create_index(op.f(f"ix_signal_subscription_{column}"), "signal_subscription", [column])
    op.create_table(
        "signal",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_signal")),
    )
    op.create_table(
        "signal_delivery",
        sa.Column("signal_key", Key, autoincrement=False, nullable=False),
        sa.Column("subscription_key", Key, autoincrement=False, nullable=False),
        sa.Column("process_instance_key", Key, nullable=True),
        sa.Column("element_instance_key", Key, nullable=True),
        sa.Column("definition_key", Key, nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("signal_key", "subscription_key", name=op.f("pk_signal_delivery")),
    )
    op.create_index(
        _DELIVERY_ORDER, "signal_delivery", ["blocked", "due_at", "signal_key", "subscription_key"]
    )
    op.create_index(
        op.f("ix_signal_delivery_element_instance_key"), "signal_delivery", ["element_instance_key"]
    )


def downgrade() -> None:
    """Take the step back."""
    for table in ("signal_delivery", "signal", "signal_subscription"):
        op.drop_table(table)

"""Keep the message of an incident."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.columns import Key

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.add_column(sa.Column("message_key", Key, nullable=True))
        batch_op.create_index(batch_op.f("ix_incident_message_key"), ["message_key"], unique=False)


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_message_key"))
        batch_op.drop_column("message_key")

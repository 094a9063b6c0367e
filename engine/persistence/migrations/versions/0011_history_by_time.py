"""Index history by time, for auditors."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
additive = True


def upgrade() -> None:
    """Apply the step."""
    op.create_index("ix_history_at", "history", ["at"])


def downgrade() -> None:
    """Take the step back."""
    op.drop_index("ix_history_at", "history")

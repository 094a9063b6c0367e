"""Keep drafts of user tasks."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.columns import Key, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "task_draft",
        sa.Column("user_task_key", Key, autoincrement=False, nullable=False),
        sa.Column("username", sa.String(length=120), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("user_task_key", "username", name=op.f("pk_task_draft")),
    )
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("has_drafts", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_column("has_drafts")
    op.drop_table("task_draft")

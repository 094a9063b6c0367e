"""Index open tasks by the groups that they are offered to."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
additive = True

OPEN = sa.text("state = 'CREATED'")


def upgrade() -> None:
    """Apply the step."""
    op.create_index(
        "ix_user_task_offered",
        "user_task",
        [sa.text("substr(candidate_groups, 1, 200)"), "due_date", "key"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_index("ix_user_task_offered", "user_task")

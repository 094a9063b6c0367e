"""Index whose cases there are, and who has worked on them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
additive = True

_CASE_OF = sa.text("name in ('customer_id', 'order_id')")
_FOR_ANOTHER = sa.text("completed_by <> assignee")


def upgrade() -> None:
    """Apply the step."""
    op.create_index("ix_process_instance_started_by", "process_instance", ["started_by"])
    op.create_index(
        "ix_user_task_completed_for",
        "user_task",
        ["completed_by", "process_instance_key"],
        sqlite_where=_FOR_ANOTHER,
        postgresql_where=_FOR_ANOTHER,
    )
    op.create_index(
        "ix_variable_case_of",
        "variable",
        [sa.text("substr(value, 1, 200)"), "process_instance_key"],
        sqlite_where=_CASE_OF,
        postgresql_where=_CASE_OF,
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_index("ix_variable_case_of", "variable")
    op.drop_index("ix_user_task_completed_for", "user_task")
    op.drop_index("ix_process_instance_started_by", "process_instance")

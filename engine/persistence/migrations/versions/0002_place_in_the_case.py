"""Count the instances of one process in one case."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COUNT = """
update process_instance set case_ordinal = (
    select count(*) from process_instance as earlier
    where earlier.business_id = process_instance.business_id
      and earlier.process_id = process_instance.process_id
      and earlier.key <= process_instance.key
) where business_id is not null
"""


def upgrade() -> None:
    """Apply the step."""
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("case_ordinal", sa.Integer(), nullable=False, server_default="1")
        )
    op.execute(_COUNT)
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.alter_column("case_ordinal", server_default=None)
        batch_op.drop_index("ix_process_instance_business_id")
        batch_op.create_index(
            "ix_process_instance_business_id_process_id_case_ordinal",
            ["business_id", "process_id", "case_ordinal"],
            unique=True,
        )


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.drop_index("ix_process_instance_business_id_process_id_case_ordinal")
        batch_op.create_index("ix_process_instance_business_id", ["business_id"], unique=False)
        batch_op.drop_column("case_ordinal")

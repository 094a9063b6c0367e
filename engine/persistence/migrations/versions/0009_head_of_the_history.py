"""Keep the last fact's number and digest with the instance."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_HEAD = """
update process_instance set
    history_sequence = coalesce(
        (select max(sequence) from history where stream_key = process_instance.key), 0),
    history_digest = coalesce(
        (select digest from history where stream_key = process_instance.key
         order by sequence desc limit 1), history_digest)
"""


def upgrade() -> None:
    """Apply the step."""
    no_bytes = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''")
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("history_sequence", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("history_digest", sa.LargeBinary(32), nullable=False, server_default=no_bytes)
        )
    op.execute(_HEAD)
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.alter_column("history_sequence", server_default=None)
        batch_op.alter_column("history_digest", server_default=None)


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.drop_column("history_digest")
        batch_op.drop_column("history_sequence")

"""Index cases by their start and files by their process instance."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_index("ix_process_instance_started_at_key", "process_instance", ["started_at", "key"])
    op.create_index("ix_document_process_instance_key", "document", ["process_instance_key"])


def downgrade() -> None:
    """Take the step back."""
    op.drop_index("ix_document_process_instance_key", "document")
    op.drop_index("ix_process_instance_started_at_key", "process_instance")

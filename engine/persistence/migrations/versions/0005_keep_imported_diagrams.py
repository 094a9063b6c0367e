"""Keep imported diagrams."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.columns import JsonText, Key, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "model_import",
        sa.Column("key", Key, autoincrement=False, nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("bpmn", sa.LargeBinary(), nullable=False),
        sa.Column("forms", JsonText(), nullable=False),
        sa.Column("findings", JsonText(), nullable=False),
        sa.Column("executable", sa.Boolean(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_model_import")),
    )


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("model_import")

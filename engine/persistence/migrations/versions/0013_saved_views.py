"""Keep what people have saved of their lists."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.columns import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
additive = True


def upgrade() -> None:
    """Apply the step."""
    op.create_table(
        "saved_view",
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared_with", sa.String(length=120), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "page", "name", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_shared_with_page"), "saved_view", ["shared_with", "page"])


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("saved_view")

"""${message}."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.columns import JsonText, Key, UtcDateTime
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
additive = False  # True: programs that do not know this step do no harm (docs/how-to/upgrade.md)


def upgrade() -> None:
    """Apply the step."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take the step back."""
    ${downgrades if downgrades else "pass"}

"""What bodies have by criteria that appeals do not tell, as it was entered for ratings.

Revision ID: core0071
Revises: core0070
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, MOMENT, NUMBER, TEXT, required, row_id
from migrations.texts import drop_trigger, execute, sqlite

revision = "core0071"
down_revision = "core0070"
branch_labels = None
depends_on = None

TABLE = "rating_figure"
BYTES = sa.LargeBinary()


def upgrade() -> None:
    op.create_table(
        TABLE,
        row_id(),
        *required(TEXT, "method", "criterion"),
        *required(DAY, "start"),
        *required(TEXT, "body"),
        *required(NUMBER, "hits", "total"),
        *required(TEXT, "source", "ground", "actor"),
        *required(MOMENT, "at"),
        sa.Column("seal", BYTES),
        sa.Column("salts", BYTES),
    )
    op.create_index("ix_rating_figure_method", TABLE, ["method", "start"])
    execute("core0071")


def downgrade() -> None:
    drop_trigger(f"{TABLE}_waits", TABLE)
    for verb in ("update", "delete", "replace") if sqlite() else ("change",):
        drop_trigger(f"{TABLE}_refuse_{verb}", TABLE)
    op.drop_table(TABLE)

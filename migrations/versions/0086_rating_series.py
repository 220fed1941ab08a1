"""Ratings that somebody else has made, kept as they were given.

Revision ID: core0086
Revises: core0081
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, MOMENT, TEXT, optional, required, row_id
from migrations.texts import drop_trigger, execute, sqlite

revision = "core0086"
down_revision = "core0081"
branch_labels = None
depends_on = None

TABLE = "rating_series_value"
BYTES = sa.LargeBinary()


def upgrade() -> None:
    op.create_table(
        TABLE,
        row_id(),
        *required(TEXT, "series", "source", "method", "edition", "period"),
        *required(DAY, "start"),
        *required(TEXT, "subject", "indicator", "title"),
        *optional(TEXT, "value", "place"),
        *required(TEXT, "mark"),
        sa.Column("digest", sa.String(64), nullable=False),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
        sa.Column("seal", BYTES),
        sa.Column("salts", BYTES),
    )
    op.create_index("ix_rating_series_value_period", TABLE, ["start", "series", "edition"])
    execute("core0086")


def downgrade() -> None:
    drop_trigger(f"{TABLE}_waits", TABLE)
    for verb in ("update", "delete", "replace") if sqlite() else ("change",):
        drop_trigger(f"{TABLE}_refuse_{verb}", TABLE)
    op.drop_table(TABLE)

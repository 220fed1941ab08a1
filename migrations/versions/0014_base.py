"""The core's tables, what guards them, the search in them and what counts appeals.

Databases of earlier releases came here step by step and have the same.

Revision ID: core0014
Revises: -
"""

from alembic import op

from migrations.base import cases, directory, indexes, indicators, machinery, rollups
from migrations.texts import execute

revision = "core0014"
down_revision = None
branch_labels = ("core",)
depends_on = None

FUNCTIONS = (
    "refuse_change", "ledger_has_appeals", "appeal_keeps_ledger", "appeal_rollup_insert",
    "appeal_rollup_update", "appeal_rollup_delete",
)  # fmt: skip
PARTS = (machinery, directory, cases, indicators, rollups)


def upgrade() -> None:
    for part in PARTS:
        part.create()
    indexes.create()
    execute("core0014")


def downgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TABLE appeal_fts")
    for part in reversed(PARTS):
        for table in reversed(part.TABLES):
            op.drop_table(table)
    for name in () if sqlite else FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}()")

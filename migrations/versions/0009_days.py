"""In how many days cases were answered is counted too: medians are told from it.

Cells of the old kind are put back into changes, so that every figure is right before the next
fold makes the cells anew.

Revision ID: core0009
Revises: core0008
"""

from types import ModuleType

import sqlalchemy as sa
from alembic import context, op

revision = "core0009"
down_revision = "core0008"
branch_labels = None
depends_on = None

DAYS = {
    "sqlite": "CASE WHEN {0}.answered_at IS NOT NULL THEN"
    " ({1} - (substr({0}.answered_at, 20) < substr({0}.received_at, 20))) / 86400 END",
    "postgresql": "CASE WHEN {0}.answered_at IS NOT NULL THEN"
    " extract(day FROM {0}.answered_at - {0}.received_at)::integer END",
}
"""Full days of 24 hours, to the microsecond; `core.shapes.figures.measures` says the same."""


def upgrade() -> None:
    op.add_column("rollup_change", sa.Column("days", sa.Integer(), nullable=True))
    _create_table()
    dialect = op.get_context().dialect.name
    if dialect == "sqlite":
        _watch_sqlite()
    else:
        _watch_postgresql()
    for table in ("rollup_cell", "rollup_waiting", "rollup_change"):
        op.execute(f"DELETE FROM {table}")
    columns, counted = _counted("a", dialect)
    values = ", ".join(counted)
    op.execute(f"INSERT INTO rollup_change ({columns}) SELECT {values} FROM appeal a")


def downgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    for verb in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER appeal_rollup_{verb}{'' if sqlite else ' ON appeal'}")
        if not sqlite:
            op.execute(f"DROP FUNCTION appeal_rollup_{verb}()")
    op.drop_table("rollup_days")
    op.drop_column("rollup_change", "days")
    if sqlite:
        _rollups()._watch_sqlite()
    else:
        _rollups()._watch_postgresql()


def _rollups() -> ModuleType:
    """The revision that made the tables and triggers."""
    return context.script.get_revision("core0007").module


def _create_table() -> None:
    keys = [sa.Column("cut", sa.String()), sa.Column("level", sa.String())]
    keys += [sa.Column("start", sa.DateTime(timezone=True)), *_rollups()._dimensions()]
    keys += [sa.Column("days", sa.Integer(), autoincrement=False)]
    op.create_table(
        "rollup_days",
        *keys,
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*(column.name for column in keys)),
    )


def _counted(row: str, dialect: str) -> tuple[str, list[str]]:
    """The columns of a change, and what a row of an appeal counts for in them."""
    rollups = _rollups()
    counted = {**rollups.COUNTED, "days": DAYS[dialect]}
    seconds = rollups.SECONDS[dialect].format(row)
    values = [expression.format(row, seconds) for expression in counted.values()]
    return ", ".join([*counted, "folding"]), [*values, "false"]


def _watch_sqlite() -> None:
    rollups = _rollups()
    write = {}
    for row in ("new", "old"):
        columns, values = _counted(row, "sqlite")
        signed = zip(columns.split(", "), values, strict=True)
        taken = [f"-({value})" if name in rollups.MEASURES else value for name, value in signed]
        found = ", ".join(values if row == "new" else taken)
        write[row] = f"INSERT INTO rollup_change ({columns}) SELECT {found};"
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in rollups.WATCHED)
    for verb, when, body in (
        ("insert", "", write["new"]),
        ("delete", "", write["old"]),
        ("update", f"WHEN {changed}", write["old"] + write["new"]),
    ):
        op.execute(f"DROP TRIGGER appeal_rollup_{verb}")
        op.execute(
            f"CREATE TRIGGER appeal_rollup_{verb} AFTER {verb.upper()} ON appeal {when} "
            f"BEGIN {body} END"
        )


def _watch_postgresql() -> None:
    """The triggers stand; what they call is replaced."""
    rollups = _rollups()
    columns, values = _counted("a", "postgresql")
    names = columns.split(", ")[:-1]
    named = ", ".join(f"{value} AS {name}" for name, value in zip(names, values, strict=False))
    texts = {
        "added": ", ".join(names),
        "taken": ", ".join(f"-{name}" if name in rollups.MEASURES else name for name in names),
        "new": rollups.POSTGRESQL_COUNTED.format(columns=named, rows="added"),
        "old": rollups.POSTGRESQL_COUNTED.format(columns=named, rows="taken"),
    }
    for verb, query in rollups.POSTGRESQL_FUNCTIONS.items():
        op.execute(
            f"CREATE OR REPLACE FUNCTION appeal_rollup_{verb}() RETURNS trigger "
            f"LANGUAGE plpgsql AS $$ BEGIN INSERT INTO rollup_change ({columns}) "
            f"{query.format(**texts)}; RETURN NULL; END $$"
        )

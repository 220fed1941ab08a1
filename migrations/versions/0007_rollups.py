"""Rollups: their tables, and the triggers on `appeal` that write every change down.

Revision ID: core0007
Revises: core0006
"""

import sqlalchemy as sa
from alembic import op

revision = "core0007"
down_revision = "core0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXTS = ("state", "outcome", "block", "theme", "municipality", "channel", "regime", "due_rule")
MEASURES = ("total", "late", "answered", "seconds", "solved", "reworked", "marks", "mark_sum")

COUNTED = {
    "received_at": "{0}.received_at",
    "state": "{0}.state",
    "outcome": "coalesce({0}.outcome, '')",
    "block": "coalesce({0}.block, '')",
    "theme": "coalesce({0}.theme, '')",
    "body_id": "coalesce({0}.body_id, 0)",
    "municipality": "coalesce({0}.municipality, '')",
    "channel": "{0}.channel",
    "regime": "{0}.regime",
    "due_rule": "coalesce({0}.due_rule, '')",
    "views": "CASE WHEN {0}.in_region_view THEN 1 ELSE 0 END"
    " + CASE WHEN {0}.in_federal_view THEN 2 ELSE 0 END",
    "due_at": "CASE WHEN {0}.answered_at IS NULL AND {0}.state IN"
    " ('received', 'queued', 'assigned', 'in_work', 'disputed') THEN {0}.due_at END",
    "total": "1",
    "late": "CASE WHEN {0}.answered_at > {0}.due_at THEN 1 ELSE 0 END",
    "answered": "CASE WHEN {0}.answered_at IS NULL THEN 0 ELSE 1 END",
    "seconds": "CASE WHEN {0}.answered_at IS NULL THEN 0 ELSE {1} END",
    "solved": "CASE WHEN {0}.outcome = 'solved' AND {0}.state IN ('answered', 'closed')"
    " THEN 1 ELSE 0 END",
    "reworked": "CASE WHEN {0}.reworks > 0 THEN 1 ELSE 0 END",
    "marks": "CASE WHEN {0}.mark IS NULL THEN 0 ELSE 1 END",
    "mark_sum": "coalesce({0}.mark, 0)",
}
"""What an appeal counts for; `core.appeals.figures.subject` declares the same."""

WATCHED = (
    "state outcome block theme body_id municipality channel regime due_rule in_region_view "
    "in_federal_view due_at answered_at received_at reworks mark"
).split()
COLUMNS = ", ".join([*COUNTED, "folding"])
SECONDS = {
    "sqlite": "CAST(strftime('%s', {0}.answered_at) AS INTEGER)"
    " - CAST(strftime('%s', {0}.received_at) AS INTEGER)",
    "postgresql": "extract(epoch FROM {0}.answered_at - {0}.received_at)::bigint",
}

POSTGRESQL_COUNTED = "SELECT {columns} FROM {rows} a"
POSTGRESQL_FUNCTIONS = {
    "insert": "SELECT {added}, false FROM ({new}) c",
    "delete": "SELECT {taken}, false FROM ({old}) c",
    "update": "SELECT {taken}, false FROM ({old} EXCEPT ALL {new}) c"
    " UNION ALL SELECT {added}, false FROM ({new} EXCEPT ALL {old}) c",
}
POSTGRESQL_TABLES = {
    "insert": "NEW TABLE AS added",
    "delete": "OLD TABLE AS taken",
    "update": "OLD TABLE AS taken NEW TABLE AS added",
}


def upgrade() -> None:
    _create_tables()
    if op.get_context().dialect.name == "sqlite":
        _watch_sqlite()
    else:
        _watch_postgresql()


def downgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    for verb in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER appeal_rollup_{verb}{'' if sqlite else ' ON appeal'}")
        if not sqlite:
            op.execute(f"DROP FUNCTION appeal_rollup_{verb}()")
    for table in ("rollup", "rollup_cell", "rollup_waiting", "rollup_change"):
        op.drop_table(table)


def _create_tables() -> None:
    op.create_table(
        "rollup_change",
        sa.Column("id", ID, primary_key=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("folding", sa.Boolean(), nullable=False),
        *_dimensions(),
        *_measures(),
    )
    op.create_table(
        "rollup_waiting",
        sa.Column("id", ID, primary_key=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        *_dimensions(),
    )
    op.create_index("ix_rollup_waiting_due_at", "rollup_waiting", ["due_at"])
    keys = [sa.Column("cut", sa.String()), sa.Column("level", sa.String())]
    keys += [sa.Column("start", MOMENT), *_dimensions()]
    op.create_table(
        "rollup_cell",
        *keys,
        *_measures(),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*(column.name for column in keys)),
    )
    op.create_table(
        "rollup",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("folded_at", MOMENT, nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
    )


def _dimensions() -> list[sa.Column]:
    before, after = TEXTS[:4], TEXTS[4:]
    return [
        *(sa.Column(name, sa.String(), nullable=False) for name in before),
        sa.Column("body_id", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in after),
        sa.Column("views", sa.SmallInteger(), nullable=False, autoincrement=False),
    ]


def _measures() -> list[sa.Column]:
    wide = {"seconds": sa.BigInteger()}
    return [sa.Column(name, wide.get(name, sa.Integer()), nullable=False) for name in MEASURES]


def _counted(row: str, dialect: str) -> list[str]:
    seconds = SECONDS[dialect].format(row)
    return [expression.format(row, seconds) for expression in COUNTED.values()]


def _watch_sqlite() -> None:
    added, taken = _counted("new", "sqlite"), _counted("old", "sqlite")
    values = {
        "new": [*added, "0"],
        "old": [*(f"-({v})" if c in MEASURES else v for c, v in zip(COUNTED, taken)), "0"],
    }
    write = {
        row: f"INSERT INTO rollup_change ({COLUMNS}) SELECT {', '.join(found)};"
        for row, found in values.items()
    }
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in WATCHED)
    for verb, when, body in (
        ("insert", "", write["new"]),
        ("delete", "", write["old"]),
        ("update", f"WHEN {changed}", write["old"] + write["new"]),
    ):
        op.execute(
            f"CREATE TRIGGER appeal_rollup_{verb} AFTER {verb.upper()} ON appeal {when} "
            f"BEGIN {body} END"
        )


def _watch_postgresql() -> None:
    named = ", ".join(f"{v} AS {c}" for c, v in zip(COUNTED, _counted("a", "postgresql")))
    texts = {
        "added": ", ".join(COUNTED),
        "taken": ", ".join(f"-{c}" if c in MEASURES else c for c in COUNTED),
        "new": POSTGRESQL_COUNTED.format(columns=named, rows="added"),
        "old": POSTGRESQL_COUNTED.format(columns=named, rows="taken"),
    }
    for verb, query in POSTGRESQL_FUNCTIONS.items():
        op.execute(
            f"CREATE FUNCTION appeal_rollup_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"INSERT INTO rollup_change ({COLUMNS}) {query.format(**texts)}; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER appeal_rollup_{verb} AFTER {verb.upper()} ON appeal "
            f"REFERENCING {POSTGRESQL_TABLES[verb]} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION appeal_rollup_{verb}()"
        )

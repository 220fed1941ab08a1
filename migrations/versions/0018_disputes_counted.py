"""Disputes are counted as appeals are: where the appeal stood is kept, and tables, and triggers.

Old disputes are given the block, theme and municipality that their appeals have today. The fold
that ends a migration makes the cells; the text of the triggers is of `core.shapes.figures.triggers`.

Revision ID: core0018
Revises: core0017
"""

import sqlalchemy as sa
from alembic import op

revision = "core0018"
down_revision = "core0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PLACES = ("block", "theme", "municipality")
VERBS = ("insert", "update", "delete")

SQLITE = (
    """
    CREATE TRIGGER dispute_rollup_insert AFTER INSERT ON dispute BEGIN INSERT INTO
    dispute_rollup_change (opened_at, verdict, block, theme, body_id, municipality, total,
    judged, upheld, seconds, days, folding) SELECT new.opened_at, CASE WHEN new.judged_at IS
    NULL THEN 'open' WHEN new.upheld THEN 'upheld' ELSE 'declined' END, coalesce(new.block, ''),
    coalesce(new.theme, ''), coalesce(new.body_id, 0), coalesce(new.municipality, ''), 1, CASE
    WHEN new.judged_at IS NULL THEN 0 ELSE 1 END, CASE WHEN new.upheld THEN 1 ELSE 0 END, CASE
    WHEN new.judged_at IS NULL THEN 0 ELSE CAST(strftime('%s', new.judged_at) AS INTEGER) -
    CAST(strftime('%s', new.opened_at) AS INTEGER) END, CASE WHEN new.judged_at IS NOT NULL THEN
    (CAST(strftime('%s', new.judged_at) AS INTEGER) - CAST(strftime('%s', new.opened_at) AS
    INTEGER) - (substr(new.judged_at, 20) < substr(new.opened_at, 20))) / 86400 END, false; END
    """,
    """
    CREATE TRIGGER dispute_rollup_update AFTER UPDATE ON dispute WHEN old.judged_at IS NOT
    new.judged_at OR old.upheld IS NOT new.upheld OR old.block IS NOT new.block OR old.theme IS
    NOT new.theme OR old.body_id IS NOT new.body_id OR old.municipality IS NOT new.municipality
    OR old.opened_at IS NOT new.opened_at BEGIN INSERT INTO dispute_rollup_change (opened_at,
    verdict, block, theme, body_id, municipality, total, judged, upheld, seconds, days, folding)
    SELECT old.opened_at, CASE WHEN old.judged_at IS NULL THEN 'open' WHEN old.upheld THEN
    'upheld' ELSE 'declined' END, coalesce(old.block, ''), coalesce(old.theme, ''),
    coalesce(old.body_id, 0), coalesce(old.municipality, ''), -(1), -(CASE WHEN old.judged_at IS
    NULL THEN 0 ELSE 1 END), -(CASE WHEN old.upheld THEN 1 ELSE 0 END), -(CASE WHEN
    old.judged_at IS NULL THEN 0 ELSE CAST(strftime('%s', old.judged_at) AS INTEGER) -
    CAST(strftime('%s', old.opened_at) AS INTEGER) END), CASE WHEN old.judged_at IS NOT NULL
    THEN (CAST(strftime('%s', old.judged_at) AS INTEGER) - CAST(strftime('%s', old.opened_at) AS
    INTEGER) - (substr(old.judged_at, 20) < substr(old.opened_at, 20))) / 86400 END,
    false;INSERT INTO dispute_rollup_change (opened_at, verdict, block, theme, body_id,
    municipality, total, judged, upheld, seconds, days, folding) SELECT new.opened_at, CASE WHEN
    new.judged_at IS NULL THEN 'open' WHEN new.upheld THEN 'upheld' ELSE 'declined' END,
    coalesce(new.block, ''), coalesce(new.theme, ''), coalesce(new.body_id, 0),
    coalesce(new.municipality, ''), 1, CASE WHEN new.judged_at IS NULL THEN 0 ELSE 1 END, CASE
    WHEN new.upheld THEN 1 ELSE 0 END, CASE WHEN new.judged_at IS NULL THEN 0 ELSE
    CAST(strftime('%s', new.judged_at) AS INTEGER) - CAST(strftime('%s', new.opened_at) AS
    INTEGER) END, CASE WHEN new.judged_at IS NOT NULL THEN (CAST(strftime('%s', new.judged_at)
    AS INTEGER) - CAST(strftime('%s', new.opened_at) AS INTEGER) - (substr(new.judged_at, 20) <
    substr(new.opened_at, 20))) / 86400 END, false; END
    """,
    """
    CREATE TRIGGER dispute_rollup_delete AFTER DELETE ON dispute BEGIN INSERT INTO
    dispute_rollup_change (opened_at, verdict, block, theme, body_id, municipality, total,
    judged, upheld, seconds, days, folding) SELECT old.opened_at, CASE WHEN old.judged_at IS
    NULL THEN 'open' WHEN old.upheld THEN 'upheld' ELSE 'declined' END, coalesce(old.block, ''),
    coalesce(old.theme, ''), coalesce(old.body_id, 0), coalesce(old.municipality, ''), -(1),
    -(CASE WHEN old.judged_at IS NULL THEN 0 ELSE 1 END), -(CASE WHEN old.upheld THEN 1 ELSE 0
    END), -(CASE WHEN old.judged_at IS NULL THEN 0 ELSE CAST(strftime('%s', old.judged_at) AS
    INTEGER) - CAST(strftime('%s', old.opened_at) AS INTEGER) END), CASE WHEN old.judged_at IS
    NOT NULL THEN (CAST(strftime('%s', old.judged_at) AS INTEGER) - CAST(strftime('%s',
    old.opened_at) AS INTEGER) - (substr(old.judged_at, 20) < substr(old.opened_at, 20))) /
    86400 END, false; END
    """,
)
POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION dispute_rollup_insert() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO dispute_rollup_change (opened_at, verdict, block, theme, body_id,
    municipality, total, judged, upheld, seconds, days, folding) SELECT opened_at, verdict,
    block, theme, body_id, municipality, total, judged, upheld, seconds, days, false FROM
    (SELECT a.opened_at AS opened_at, CASE WHEN a.judged_at IS NULL THEN 'open' WHEN a.upheld
    THEN 'upheld' ELSE 'declined' END AS verdict, coalesce(a.block, '') AS block,
    coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality,
    '') AS municipality, 1 AS total, CASE WHEN a.judged_at IS NULL THEN 0 ELSE 1 END AS judged,
    CASE WHEN a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL THEN 0 ELSE
    extract(epoch FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN a.judged_at
    IS NOT NULL THEN extract(day FROM a.judged_at - a.opened_at)::integer END AS days FROM added
    a) c; RETURN NULL; END $$
    """,
    """
    CREATE TRIGGER dispute_rollup_insert AFTER INSERT ON dispute REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION dispute_rollup_insert()
    """,
    """
    CREATE OR REPLACE FUNCTION dispute_rollup_update() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO dispute_rollup_change (opened_at, verdict, block, theme, body_id,
    municipality, total, judged, upheld, seconds, days, folding) SELECT opened_at, verdict,
    block, theme, body_id, municipality, -total, -judged, -upheld, -seconds, days, false FROM
    (SELECT a.opened_at AS opened_at, CASE WHEN a.judged_at IS NULL THEN 'open' WHEN a.upheld
    THEN 'upheld' ELSE 'declined' END AS verdict, coalesce(a.block, '') AS block,
    coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality,
    '') AS municipality, 1 AS total, CASE WHEN a.judged_at IS NULL THEN 0 ELSE 1 END AS judged,
    CASE WHEN a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL THEN 0 ELSE
    extract(epoch FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN a.judged_at
    IS NOT NULL THEN extract(day FROM a.judged_at - a.opened_at)::integer END AS days FROM taken
    a EXCEPT ALL SELECT a.opened_at AS opened_at, CASE WHEN a.judged_at IS NULL THEN 'open' WHEN
    a.upheld THEN 'upheld' ELSE 'declined' END AS verdict, coalesce(a.block, '') AS block,
    coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality,
    '') AS municipality, 1 AS total, CASE WHEN a.judged_at IS NULL THEN 0 ELSE 1 END AS judged,
    CASE WHEN a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL THEN 0 ELSE
    extract(epoch FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN a.judged_at
    IS NOT NULL THEN extract(day FROM a.judged_at - a.opened_at)::integer END AS days FROM added
    a) c UNION ALL SELECT opened_at, verdict, block, theme, body_id, municipality, total,
    judged, upheld, seconds, days, false FROM (SELECT a.opened_at AS opened_at, CASE WHEN
    a.judged_at IS NULL THEN 'open' WHEN a.upheld THEN 'upheld' ELSE 'declined' END AS verdict,
    coalesce(a.block, '') AS block, coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS
    body_id, coalesce(a.municipality, '') AS municipality, 1 AS total, CASE WHEN a.judged_at IS
    NULL THEN 0 ELSE 1 END AS judged, CASE WHEN a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN
    a.judged_at IS NULL THEN 0 ELSE extract(epoch FROM a.judged_at - a.opened_at)::bigint END AS
    seconds, CASE WHEN a.judged_at IS NOT NULL THEN extract(day FROM a.judged_at -
    a.opened_at)::integer END AS days FROM added a EXCEPT ALL SELECT a.opened_at AS opened_at,
    CASE WHEN a.judged_at IS NULL THEN 'open' WHEN a.upheld THEN 'upheld' ELSE 'declined' END AS
    verdict, coalesce(a.block, '') AS block, coalesce(a.theme, '') AS theme, coalesce(a.body_id,
    0) AS body_id, coalesce(a.municipality, '') AS municipality, 1 AS total, CASE WHEN
    a.judged_at IS NULL THEN 0 ELSE 1 END AS judged, CASE WHEN a.upheld THEN 1 ELSE 0 END AS
    upheld, CASE WHEN a.judged_at IS NULL THEN 0 ELSE extract(epoch FROM a.judged_at -
    a.opened_at)::bigint END AS seconds, CASE WHEN a.judged_at IS NOT NULL THEN extract(day FROM
    a.judged_at - a.opened_at)::integer END AS days FROM taken a) c; RETURN NULL; END $$
    """,
    """
    CREATE TRIGGER dispute_rollup_update AFTER UPDATE ON dispute REFERENCING OLD TABLE AS taken
    NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION dispute_rollup_update()
    """,
    """
    CREATE OR REPLACE FUNCTION dispute_rollup_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO dispute_rollup_change (opened_at, verdict, block, theme, body_id,
    municipality, total, judged, upheld, seconds, days, folding) SELECT opened_at, verdict,
    block, theme, body_id, municipality, -total, -judged, -upheld, -seconds, days, false FROM
    (SELECT a.opened_at AS opened_at, CASE WHEN a.judged_at IS NULL THEN 'open' WHEN a.upheld
    THEN 'upheld' ELSE 'declined' END AS verdict, coalesce(a.block, '') AS block,
    coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality,
    '') AS municipality, 1 AS total, CASE WHEN a.judged_at IS NULL THEN 0 ELSE 1 END AS judged,
    CASE WHEN a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL THEN 0 ELSE
    extract(epoch FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN a.judged_at
    IS NOT NULL THEN extract(day FROM a.judged_at - a.opened_at)::integer END AS days FROM taken
    a) c; RETURN NULL; END $$
    """,
    """
    CREATE TRIGGER dispute_rollup_delete AFTER DELETE ON dispute REFERENCING OLD TABLE AS taken
    FOR EACH STATEMENT EXECUTE FUNCTION dispute_rollup_delete()
    """,
)


def upgrade() -> None:
    for name in PLACES:
        op.add_column("dispute", sa.Column(name, sa.String(), nullable=True))
        found = f"(SELECT {name} FROM appeal WHERE appeal.id = dispute.appeal_id)"
        op.execute(f"UPDATE dispute SET {name} = {found}")
    _create_tables()
    sqlite = op.get_context().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    for verb in VERBS:
        op.execute(f"DROP TRIGGER dispute_rollup_{verb}{'' if sqlite else ' ON dispute'}")
        if not sqlite:
            op.execute(f"DROP FUNCTION dispute_rollup_{verb}()")
    for part in ("_days", "_cell", "_change", ""):
        op.drop_table(f"dispute_rollup{part}")
    for name in PLACES:
        op.drop_column("dispute", name)


def _create_tables() -> None:
    op.create_table(
        "dispute_rollup",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("folded_at", MOMENT, nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
    )
    op.create_table(
        "dispute_rollup_change",
        sa.Column("id", ID, primary_key=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        *_dimensions(),
        *_measures(),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("folding", sa.Boolean(), nullable=False),
    )
    _create_cells("dispute_rollup_cell", [], _measures())
    days = sa.Column("days", sa.Integer(), autoincrement=False)
    ended = sa.Column("judged", sa.Integer(), nullable=False)
    _create_cells("dispute_rollup_days", [days], [ended])


def _create_cells(table: str, more: list[sa.Column], sums: list[sa.Column]) -> None:
    keys = [sa.Column("cut", sa.String()), sa.Column("level", sa.String())]
    keys += [sa.Column("start", MOMENT), *_dimensions(), *more]
    op.create_table(
        table, *keys, *sums, sa.PrimaryKeyConstraint(*(column.name for column in keys))
    )


def _dimensions() -> list[sa.Column]:
    return [
        *(sa.Column(name, sa.String(), nullable=False) for name in ("verdict", "block", "theme")),
        sa.Column("body_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("municipality", sa.String(), nullable=False),
    ]


def _measures() -> list[sa.Column]:
    names = ("total", "judged", "upheld")
    counts = [sa.Column(name, sa.Integer(), nullable=False) for name in names]
    return [*counts, sa.Column("seconds", sa.BigInteger(), nullable=False)]

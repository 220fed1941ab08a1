"""Append-only tables and full text search.

Revision ID: core0002
Revises: core0001
"""

from alembic import op

revision = "core0002"
down_revision = "core0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("journal", "ledger")

SQLITE_GUARD = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE appeal_fts USING fts5("
    "terms, content='appeal', content_rowid='id', tokenize=\"unicode61 remove_diacritics 0\")",
    "CREATE TRIGGER appeal_fts_insert AFTER INSERT ON appeal BEGIN "
    "INSERT INTO appeal_fts (rowid, terms) VALUES (new.id, new.terms); END",
    "CREATE TRIGGER appeal_fts_delete AFTER DELETE ON appeal BEGIN "
    "INSERT INTO appeal_fts (appeal_fts, rowid, terms) VALUES ('delete', old.id, old.terms); END",
    "CREATE TRIGGER appeal_fts_update AFTER UPDATE OF terms ON appeal BEGIN "
    "INSERT INTO appeal_fts (appeal_fts, rowid, terms) VALUES ('delete', old.id, old.terms); "
    "INSERT INTO appeal_fts (rowid, terms) VALUES (new.id, new.terms); END",
)

POSTGRESQL_REFUSAL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
POSTGRESQL_GUARD = """
CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
POSTGRESQL_SEARCH = (
    "CREATE INDEX ix_appeal_terms ON appeal USING gin (to_tsvector('simple', terms))"
)


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(SQLITE_GUARD.format(table=table, verb=verb))
        for statement in SQLITE_SEARCH:
            op.execute(statement)
    else:
        op.execute(POSTGRESQL_REFUSAL)
        for table in APPEND_ONLY:
            op.execute(POSTGRESQL_GUARD.format(table=table))
        op.execute(POSTGRESQL_SEARCH)


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_refuse_{verb}")
        for event in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER appeal_fts_{event}")
        op.execute("DROP TABLE appeal_fts")
    else:
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_refuse_change ON {table}")
        op.execute("DROP FUNCTION refuse_change()")
        op.execute("DROP INDEX ix_appeal_terms")

"""What an import writes by the thousand is checked and indexed by the thousand, on PostgreSQL.

A foreign key looks up, and locks, the appeal of each fact by itself: three times for every appeal
that comes in. A trigger looks once a statement, and refuses with the same error. Appeals are not
deleted; who tries is refused as before while the ledger has a fact of one, though not in a race with
whoever is writing its first. Its plan is made while tables are small and kept while they grow, so it
is held to looking up by index.

New words wait in the index until there are more of them, which makes it cheaper to sort them in;
searching reads what waits.

Revision ID: core0012
Revises: core0011
"""

from alembic import op

revision = "core0012"
down_revision = "core0011"
branch_labels = None
depends_on = None

KEY = "fk_ledger_appeal_id"
ORPHANED = "SELECT FROM added WHERE NOT EXISTS (SELECT FROM appeal WHERE id = added.appeal_id)"
BEREFT = "SELECT FROM taken JOIN ledger ON ledger.appeal_id = taken.id"
REFUSE = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF EXISTS ({found}) THEN
        RAISE EXCEPTION 'a fact in the ledger needs its appeal'
        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = '{key}', TABLE = 'ledger';
    END IF;
    RETURN NULL;
END $$
"""
WATCH = """
CREATE TRIGGER {name} AFTER {verb} ON {table} REFERENCING {rows}
FOR EACH STATEMENT EXECUTE FUNCTION {name}()
"""
TRIGGERS = (
    ("ledger_has_appeals", "INSERT", "ledger", "NEW TABLE AS added", ORPHANED),
    ("appeal_keeps_ledger", "DELETE", "appeal", "OLD TABLE AS taken", BEREFT),
)
WAITING_KB = 16_384


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        return
    op.drop_constraint(KEY, "ledger")
    for name, verb, table, rows, found in TRIGGERS:
        op.execute(REFUSE.format(name=name, found=found, key=KEY))
        op.execute(WATCH.format(name=name, verb=verb, table=table, rows=rows))
    op.execute(f"ALTER INDEX ix_appeal_terms SET (gin_pending_list_limit = {WAITING_KB})")


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        return
    op.execute("ALTER INDEX ix_appeal_terms RESET (gin_pending_list_limit)")
    for name, _, table, *_ in TRIGGERS:
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    op.create_foreign_key(KEY, "ledger", "appeal", ["appeal_id"], ["id"])

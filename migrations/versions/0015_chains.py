"""One table of decisions: steps of appointments and blocks, signatures of indicators, stages.

Every ground becomes kind, number and date where its text says so to the letter; what does not
stays as its text. How many of which, the log says.

Revision ID: core0015
Revises: core0014
"""

import logging
from collections import Counter

import sqlalchemy as sa
from alembic import op

from migrations.before_chains import create_old_tables, old_row, parsed

revision = "core0015"
down_revision = "core0014"
branch_labels = None
depends_on = None

log = logging.getLogger("tsur.migrations")

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT, NUMBER, DAY, FLAG, JSON = sa.String(), sa.Integer(), sa.Date(), sa.Boolean(), sa.JSON()

IN_PERSON = ("curator", "executor", "head", "block-responsible", "centre")
ENDED = {
    "in_force": "approved", "approved": "approved", "ended": "approved", "refused": "refused",
    "declined": "refused", "stopped": "stopped",
}  # fmt: skip
BATCH = 1_000
SQLITE_GUARD = """
CREATE TRIGGER decision_refuse_{verb} BEFORE {verb} ON decision
BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END
"""
POSTGRESQL_GUARD = """
CREATE TRIGGER decision_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    _tables()
    counted: Counter[str] = Counter()
    _appointments(counted)
    _blocks(counted)
    _indicators(counted)
    _values(counted)
    for table in ("appointment_record", "block_record", "indicator_signature",
                  "indicator_value_stage"):
        op.drop_table(table)
    _guard()
    if counted:
        said = ", ".join(f"{what}: {number}" for what, number in sorted(counted.items()))
        log.warning("decisions moved into one table: %s", said)


def downgrade() -> None:
    """The same rows in the tables of before; what these had no place for is lost."""
    bind = op.get_bind()
    tables = create_old_tables(bind)
    for row in _rows(sa.select(DECISION).order_by(DECISION.c.id)):
        if row["agreed"] or row["subject"] == "indicator":
            table, values = old_row(row)
            bind.execute(tables[table].insert().values(**values))
    _unguard()
    op.drop_table("decision")
    op.drop_table("chain")


def _tables() -> None:
    op.create_table(
        "chain",
        sa.Column("id", ID, primary_key=True),
        *_required(TEXT, "subject"),
        *_required(ID, "subject_id"),
        *_optional(TEXT, "version"),
        *_optional(DAY, "law_on"),
        *_optional(JSON, "steps"),
        *_optional(TEXT, "edition"),
        *_required(TEXT, "state"),
        *_required(MOMENT, "begun_at"),
        sa.UniqueConstraint("subject", "subject_id"),
    )
    op.create_table(
        "decision",
        sa.Column("id", ID, primary_key=True),
        sa.Column("chain_id", ID, sa.ForeignKey("chain.id"), nullable=False),
        *_required(TEXT, "subject"),
        *_required(ID, "subject_id"),
        *_required(TEXT, "step", "deed"),
        *_required(NUMBER, "seat"),
        *_required(TEXT, "party"),
        sa.Column("body_id", ID, sa.ForeignKey("body.id")),
        *_optional(TEXT, "role"),
        sa.Column("person_id", ID, sa.ForeignKey("person.id")),
        sa.Column("on_behalf_id", ID, sa.ForeignKey("person.id")),
        *_required(FLAG, "in_person"),
        *_optional(TEXT, "ground_kind", "ground_number"),
        *_optional(DAY, "ground_date"),
        *_optional(TEXT, "ground_text"),
        *_required(FLAG, "agreed"),
        *_optional(TEXT, "reason"),
        *_required(TEXT, "clause", "actor"),
        *_required(MOMENT, "at"),
        *_optional(TEXT, "version"),
        sa.UniqueConstraint("chain_id", "step", "seat"),
    )
    op.create_index("ix_decision_subject", "decision", ["subject", "subject_id"])


def _appointments(counted: Counter[str]) -> None:
    _chains("""
        SELECT 'appointment' AS subject, a.id AS subject_id, NULL AS law_on, min(r.at) AS begun_at,
               CASE a.state WHEN 'refused' THEN 'stopped' ELSE a.state END AS state
        FROM appointment a JOIN appointment_record r ON r.appointment_id = a.id
        GROUP BY a.id, a.state ORDER BY a.id
    """)
    _decisions(counted, "appointment", "appointment_record", """
        SELECT appointment_id AS subject_id, step, step AS deed, "by" AS party, body_id,
               ground, clause, actor, at
        FROM appointment_record ORDER BY id
    """)


def _blocks(counted: Counter[str]) -> None:
    _chains("""
        SELECT 'block_proposal' AS subject, id AS subject_id, NULL AS law_on, state,
               proposed_at AS begun_at
        FROM block_proposal ORDER BY id
    """)
    _decisions(counted, "block_proposal", "block_record", """
        SELECT proposal_id AS subject_id, step,
               CASE step WHEN 'propose' THEN 'propose' ELSE 'decide' END AS deed,
               "by" AS party, ground, clause, actor, at
        FROM block_record ORDER BY id
    """)


def _indicators(counted: Counter[str]) -> None:
    _chains("""
        SELECT 'indicator' AS subject, i.id AS subject_id, i.proposed_on AS law_on, i.state,
               min(s.at) AS begun_at
        FROM indicator i JOIN indicator_signature s ON s.indicator_id = i.id
        GROUP BY i.id, i.proposed_on, i.state ORDER BY i.id
    """)
    _decisions(counted, "indicator", "indicator_signature", """
        SELECT indicator_id AS subject_id, CAST(seq AS VARCHAR) AS step, deed, party, person_id,
               document, document_date, declined, reason, clause, actor, at
        FROM indicator_signature ORDER BY id
    """)


def _values(counted: Counter[str]) -> None:
    """Whether a value has gone through all of its stages the law of its period says later."""
    _chains("""
        SELECT 'indicator_value' AS subject, v.id AS subject_id, 'running' AS state,
               CASE WHEN v.period > i.since THEN v.period ELSE i.since END AS law_on,
               min(s.at) AS begun_at
        FROM indicator_value v
        JOIN indicator i ON i.id = v.indicator_id
        JOIN indicator_value_stage s ON s.value_id = v.id
        GROUP BY v.id, v.period, i.since ORDER BY v.id
    """)
    _decisions(counted, "indicator_value", "indicator_value_stage", """
        SELECT value_id AS subject_id, stage AS step, 'pass' AS deed, 'centre' AS party,
               clause, actor, at
        FROM indicator_value_stage ORDER BY id
    """)


CHAIN = sa.table(
    "chain",
    *(sa.column(name, kind) for name, kind in (
        ("id", ID), ("subject", TEXT), ("subject_id", ID), ("law_on", DAY), ("state", TEXT),
        ("begun_at", MOMENT))),
)  # fmt: skip
DECISION = sa.table(
    "decision",
    *(sa.column(name, kind) for name, kind in (
        ("id", ID), ("chain_id", ID), ("subject", TEXT), ("subject_id", ID), ("step", TEXT), ("deed", TEXT),
        ("seat", NUMBER), ("party", TEXT), ("body_id", ID), ("person_id", ID),
        ("in_person", FLAG), ("ground_kind", TEXT), ("ground_number", TEXT), ("ground_date", DAY),
        ("ground_text", TEXT), ("agreed", FLAG), ("reason", TEXT), ("clause", TEXT),
        ("actor", TEXT), ("at", MOMENT))),
)  # fmt: skip


def _chains(query: str) -> None:
    typed = sa.text(query).columns(law_on=DAY, begun_at=MOMENT)
    for row in _rows(typed):
        values = {**row, "state": ENDED.get(row["state"], "running")}
        op.get_bind().execute(CHAIN.insert().values(**values))


def _decisions(counted: Counter[str], subject: str, table: str, query: str) -> None:
    bind = op.get_bind()
    known = sa.select(CHAIN.c.subject_id, CHAIN.c.id).where(CHAIN.c.subject == subject)
    chains = {number: chain for number, chain in bind.execute(known)}
    kinds = {"at": MOMENT, "document_date": DAY, "declined": FLAG}
    typed = sa.text(query).columns(**{name: kind for name, kind in kinds.items() if name in query})
    rows = []
    for row in _rows(typed):
        rows.append(_decision(counted, subject, chains[row["subject_id"]], row))
        if len(rows) == BATCH:
            bind.execute(DECISION.insert(), rows)
            rows = []
    if rows:
        bind.execute(DECISION.insert(), rows)


def _decision(counted: Counter[str], subject: str, chain: int, row: dict) -> dict:
    counted[f"{subject} decisions"] += 1
    same = {name: row.get(name) for name in (
        "subject_id", "step", "deed", "party", "body_id", "person_id", "reason", "clause",
        "actor", "at")}  # fmt: skip
    return {
        **same, **_ground(counted, subject, row), "chain_id": chain, "subject": subject, "seat": 0,
        "in_person": _in_person(row), "agreed": not row.get("declined", False),
    }  # fmt: skip


def _in_person(row: dict) -> bool:
    """A body's step without an act was its own official's: whoever keeps the directory needs one."""
    own = row["party"] in ("body", "owning-body") and row.get("ground") is None
    return own or row["party"] in IN_PERSON


def _ground(counted: Counter[str], subject: str, row: dict) -> dict:
    none = dict.fromkeys(("ground_kind", "ground_number", "ground_date", "ground_text"))
    if row.get("document") is not None or row.get("document_date") is not None:
        counted[f"{subject} documents without a kind"] += 1
        return {**none, "ground_number": row["document"], "ground_date": row["document_date"]}
    if row.get("ground") is None:
        return none
    found = parsed(row["ground"])
    counted[f"{subject} grounds {'kept as text' if found is None else 'parsed'}"] += 1
    return {**none, **(found or {"ground_text": row["ground"]})}


def _rows(query: sa.Executable) -> list[dict]:
    return [dict(row) for row in op.get_bind().execute(query).mappings()]


def _guard() -> None:
    if op.get_context().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(SQLITE_GUARD.format(verb=verb))
    else:
        op.execute(POSTGRESQL_GUARD)


def _unguard() -> None:
    if op.get_context().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER decision_refuse_{verb}")
    else:
        op.execute("DROP TRIGGER decision_refuse_change ON decision")


def _required(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _optional(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind) for name in names]

"""Decisions out of the tables of before into one: steps, signatures, stages.

Every ground becomes kind, number and date where its text says so to the letter; what does not
stays as its text. How many of which, the log says.
"""

from __future__ import annotations

import logging
from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.before_chains import OLD, create_old_tables, old_row, parsed
from migrations.columns import DAY, FLAG, ID, MOMENT, NUMBER, TEXT, Kind

log = logging.getLogger("tsur.migrations")

IN_PERSON = ("curator", "executor", "head", "block-responsible", "centre")
ENDED = {
    "in_force": "approved", "approved": "approved", "ended": "approved", "refused": "refused",
    "declined": "refused", "stopped": "stopped",
}  # fmt: skip
BATCH = 1_000
Row = dict[str, Any]


def move_decisions() -> None:
    """Fill the new tables from the old ones, and drop those."""
    counted: Counter[str] = Counter()
    _appointments(counted)
    _blocks(counted)
    _indicators(counted)
    _values(counted)
    for table, *_ in OLD:
        op.drop_table(table)
    if counted:
        said = ", ".join(f"{what}: {number}" for what, number in sorted(counted.items()))
        log.warning("decisions moved into one table: %s", said)


def put_decisions_back() -> None:
    """The same rows in the tables of before; what these had no place for is lost."""
    bind = op.get_bind()
    tables = create_old_tables(bind)
    for row in _rows(sa.select(DECISION).order_by(DECISION.c.id)):
        if row["agreed"] or row["subject"] == "indicator":
            table, values = old_row(row)
            bind.execute(tables[table].insert().values(**values))


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
    kinds: dict[str, Kind] = {"at": MOMENT, "document_date": DAY, "declined": FLAG}
    typed = sa.text(query).columns(**{name: kind for name, kind in kinds.items() if name in query})
    rows = []
    for row in _rows(typed):
        rows.append(_decision(counted, subject, chains[row["subject_id"]], row))
        if len(rows) == BATCH:
            bind.execute(DECISION.insert(), rows)
            rows = []
    if rows:
        bind.execute(DECISION.insert(), rows)


def _decision(counted: Counter[str], subject: str, chain: int, row: Row) -> Row:
    counted[f"{subject} decisions"] += 1
    same = {name: row.get(name) for name in (
        "subject_id", "step", "deed", "party", "body_id", "person_id", "reason", "clause",
        "actor", "at")}  # fmt: skip
    return {
        **same, **_ground(counted, subject, row), "chain_id": chain, "subject": subject, "seat": 0,
        "in_person": _in_person(row), "agreed": not row.get("declined", False),
    }  # fmt: skip


def _in_person(row: Row) -> bool:
    """A body's step without an act was its own official's: whoever keeps the directory needs one."""
    own = row["party"] in ("body", "owning-body") and row.get("ground") is None
    return own or row["party"] in IN_PERSON


def _ground(counted: Counter[str], subject: str, row: Row) -> Row:
    none = dict.fromkeys(("ground_kind", "ground_number", "ground_date", "ground_text"))
    if row.get("document") is not None or row.get("document_date") is not None:
        counted[f"{subject} documents without a kind"] += 1
        return {**none, "ground_number": row["document"], "ground_date": row["document_date"]}
    if row.get("ground") is None:
        return none
    found = parsed(row["ground"])
    counted[f"{subject} grounds {'kept as text' if found is None else 'parsed'}"] += 1
    return {**none, **(found or {"ground_text": row["ground"]})}


def _rows(query: sa.Executable) -> list[Row]:
    return [dict(row) for row in op.get_bind().execute(query).mappings()]

"""Decisions as they were kept before: tables of their own, grounds as text.

The words are those of that time: what the product calls its acts later changes nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT, NUMBER, DAY, FLAG = sa.String(), sa.Integer(), sa.Date(), sa.Boolean()
MOMENT = sa.DateTime(timezone=True)
OLD = (
    ("appointment_record", "appointment", "appointment_id", ("step", "by"), ()),
    ("block_record", "block_proposal", "proposal_id", ("step", "by"), ("step",)),
    ("indicator_signature", "indicator", "indicator_id", ("deed", "party"), ("seq",)),
    ("indicator_value_stage", "indicator_value", "value_id", ("stage",), ("stage",)),
)
"""Table, what it is about, by which column, texts of its own, what is unique beside that column."""

KINDS = {
    "распоряжение Губернатора": "governor_order",
    "постановление": "resolution",
    "приказ": "order",
    "решение": "decision",
    "письмо": "letter",
    "внутренний акт центра": "internal",
    "регламент": "regulation",
}
LABELS = {kind: label for label, kind in KINDS.items()}
GROUND = re.compile(r"(?P<kind>.+?) № (?P<number>.+) от (?P<date>\d\d\.\d\d\.\d{4})", re.DOTALL)
"""The date stands behind the last « от »: a number may hold one too."""


def parsed(text: str) -> dict[str, Any] | None:
    """Columns for kind, number and date; None where the very same text would not come again."""
    found = GROUND.fullmatch(text)
    kind = KINDS.get(found["kind"]) if found else None
    if found is None or kind is None or found["number"] != found["number"].strip():
        return None
    day, month, year = map(int, found["date"].split("."))
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    columns = {"ground_kind": kind, "ground_number": found["number"], "ground_date": on}
    return columns if text_of(columns) == text else None


def text_of(columns: Mapping[str, Any]) -> str | None:
    """The text of these columns; where they hold no kind, the text that was kept."""
    if columns["ground_kind"] is None:
        text: str | None = columns["ground_text"]
        return text
    label, on = LABELS[columns["ground_kind"]], columns["ground_date"]
    return f"{label} № {columns['ground_number']} от {on:%d.%m.%Y}"


def old_row(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The table that a decision was kept in, and its row there."""
    known = {name: row[name] for name in ("clause", "actor", "at")}
    number, taken = row["subject_id"], {"step": row["step"], "by": row["party"]}
    match row["subject"]:
        case "indicator":
            signed = {name: row[name] for name in ("deed", "party", "person_id", "reason")}
            document = {"document": row["ground_number"], "document_date": row["ground_date"]}
            place = {"indicator_id": number, "seq": int(row["step"])}
            declined = {"declined": not row["agreed"]}
            return "indicator_signature", {**known, **place, **signed, **document, **declined}
        case "indicator_value":
            stage = {"value_id": number, "stage": row["step"]}
            return "indicator_value_stage", {**known, **stage}
        case "appointment":
            place = {"appointment_id": number, "body_id": row["body_id"]}
            return "appointment_record", {**known, **taken, **place, "ground": text_of(row)}
    return "block_record", {**known, **taken, "proposal_id": number, "ground": text_of(row)}


def create_old_tables(bind: sa.Connection) -> Mapping[str, sa.Table]:
    """The four tables, empty again, by name."""
    metadata = sa.MetaData()
    for name in ("appointment", "body", "person", "block_proposal", "indicator", "indicator_value"):
        sa.Table(name, metadata, sa.Column("id", ID, primary_key=True))
    for name, subject, reference, texts, unique in OLD:
        table = sa.Table(
            name,
            metadata,
            sa.Column("id", ID, primary_key=True),
            sa.Column(reference, ID, sa.ForeignKey(f"{subject}.id"), nullable=False),
            *(sa.Column(text, TEXT, nullable=False) for text in (*texts, "clause", "actor")),
            sa.Column("at", MOMENT, nullable=False),
            *_own_columns(name),
            *([sa.UniqueConstraint(reference, *unique)] if unique else []),
        )
        table.create(bind)
    record = metadata.tables["appointment_record"]
    sa.Index("ix_appointment_record_appointment_id", record.c.appointment_id).create(bind)
    return metadata.tables


def _own_columns(name: str) -> list[sa.Column[Any]]:
    if name == "indicator_signature":
        return [
            sa.Column("seq", NUMBER, nullable=False),
            sa.Column("declined", FLAG, nullable=False),
            sa.Column("person_id", ID, sa.ForeignKey("person.id")),
            sa.Column("document", TEXT),
            sa.Column("reason", TEXT),
            sa.Column("document_date", DAY),
        ]
    if name == "appointment_record":
        return [sa.Column("body_id", ID, sa.ForeignKey("body.id")), sa.Column("ground", TEXT)]
    return [sa.Column("ground", TEXT)] if name == "block_record" else []

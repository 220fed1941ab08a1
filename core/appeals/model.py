"""The case, its ledger and its answers. Times are aware UTC, kept to the second."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    bindparam,
    event,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, object_session

from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.ledger import HANDOVERS
from core.appeals.rules.lifecycle import State
from core.db.database import MOMENT, Base, Id
from core.kernel.sealing.forms import Form
from core.kernel.sealing.rows import seals
from core.kernel.search import folded


class Appeal(Base):
    """A case. What can be derived from the ledger is stored to be searched by.

    `regime_clause` is the ground of the regime, `identified_by` how the author was found out since
    `identified_at`, `unanswered_by` the norm by which no answer is owed (ids of clauses; None for
    what came before they were recorded). `body_id` None is the coordinator's queue;
    `in_region_view` is the region's own narrower view (R11); `held_since` when the present holder
    got it; `due_at` the governing deadline and `due_rule` its key; what the terms come to beside
    that is said by `Lateness`, whose columns these are; `terms` the lemmas of the text, by which it
    is found; `plan_date` is the local day of a planned solution and `plan_due_at` its last moment
    while it is awaited, `prolonged_to` the last day of a prolonged answer; `informed_at` is the
    first interim answer, which ends no term; `undelivered` while the answer has come back and
    waits to be sent again; `copy_of_id` is set in a copy for one of
    several bodies; `disputes_id` the case whose answer it does not accept, `repeats_id` that of the
    same author with which it is answered; `signatories` how many signed it, of whom one is
    answered; `category_id` the row of the classifier that it was given; `version` grows with every
    change, made at `changed_at`.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_appeal_received_at", "received_at", "id"),
        Index("ix_appeal_due_at", "due_at", "id"),
        Index("ix_appeal_body_id", "body_id", "received_at"),
        Index("ix_appeal_municipality", "municipality", "received_at"),
        Index("ix_appeal_theme", "theme", "received_at"),
        Index("ix_appeal_block", "block", "state", "received_at", "id"),
        Index("ix_appeal_external_id", "external_id"),
        Index("ix_appeal_changed_at", "changed_at", "id"),
        Index("ix_appeal_registered_at", "registered_at"),
        Index("ix_appeal_answered_at", "answered_at"),
        Index("ix_appeal_closed_at", "closed_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    external_id: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    regime: Mapped[str]
    regime_clause: Mapped[str | None]
    identified_by: Mapped[str | None]
    identified_at: Mapped[datetime | None]
    unanswered_by: Mapped[str | None]
    text: Mapped[str]
    terms: Mapped[str]
    topic: Mapped[str | None]
    theme: Mapped[str | None]
    block: Mapped[str | None]
    significant: Mapped[bool]
    municipality: Mapped[str | None]
    address: Mapped[str | None]
    address_words: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    addressee_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    complained_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    complained_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    held_since: Mapped[datetime]
    previous_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    state: Mapped[str]
    outcome: Mapped[str | None]
    received_at: Mapped[datetime]
    registered_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    due_rule: Mapped[str | None]
    late_at: Mapped[datetime | None]
    statute_due_at: Mapped[datetime | None]
    statute_late_at: Mapped[datetime | None]
    statute_late: Mapped[bool] = mapped_column(default=False)
    mechanism_due_at: Mapped[datetime | None]
    mechanism_late_at: Mapped[datetime | None]
    mechanism_late: Mapped[bool] = mapped_column(default=False)
    not_established: Mapped[bool] = mapped_column(default=False)
    informed_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    plan_date: Mapped[date | None]
    plan_due_at: Mapped[datetime | None]
    plans_put_off: Mapped[int] = mapped_column(default=0, server_default="0")
    prolonged_to: Mapped[date | None]
    applicant_id: Mapped[int | None] = mapped_column(ForeignKey("applicant.id"))
    applicant_kind: Mapped[str]
    residence: Mapped[str]
    residence_municipality: Mapped[str | None]
    in_region_view: Mapped[bool]
    in_federal_view: Mapped[bool]
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id"))
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"))
    disputes_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"))
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"))
    signatories: Mapped[int] = mapped_column(default=1, server_default="1")
    prolongations: Mapped[int] = mapped_column(default=0)
    prolonged_days: Mapped[int] = mapped_column(default=0)
    transfers: Mapped[int] = mapped_column(default=0)
    reworks: Mapped[int] = mapped_column(default=0)
    mark: Mapped[int | None]
    undelivered: Mapped[bool] = mapped_column(default=False)
    executor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    changed_at: Mapped[datetime] = mapped_column(server_default="2000-01-01 00:00:00.000000")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


# An index of some rows is chosen only where the text of a query repeats its condition literally.
_CLOSED: BindParameter[Any] = bindparam(None, State.CLOSED, literal_execute=True)
_ASSIGNED: BindParameter[Any] = bindparam(None, State.ASSIGNED, literal_execute=True)
IS_LIVE: ColumnElement[bool] = Appeal.state != _CLOSED
IS_ASSIGNED: ColumnElement[bool] = Appeal.state == _ASSIGNED
MAY_BE_LATE: ColumnElement[bool] = Appeal.late_at.is_not(None)
"""Answered late, or still to be answered; late only once the moment has passed."""

MAY_BE_LATE_BY_STATUTE: ColumnElement[bool] = Appeal.statute_late_at.is_not(None)
MAY_BE_LATE_BY_MECHANISM: ColumnElement[bool] = Appeal.mechanism_late_at.is_not(None)
IS_UNDELIVERED: ColumnElement[bool] = Appeal.undelivered == true()


def _index(name: str, condition: ColumnElement[bool], *columns: InstrumentedAttribute[Any]) -> None:
    """An index of the rows that fulfil the condition."""
    Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


_index("ix_appeal_cluster_id", Appeal.cluster_id.is_not(None), Appeal.cluster_id)
_index("ix_appeal_copy_of_id", Appeal.copy_of_id.is_not(None), Appeal.copy_of_id)
_index("ix_appeal_assigned", IS_ASSIGNED, Appeal.held_since, Appeal.id)
_index("ix_appeal_late", MAY_BE_LATE, Appeal.due_at, Appeal.id)
_index("ix_appeal_late_block", MAY_BE_LATE, Appeal.block, Appeal.due_at, Appeal.id)
_index("ix_appeal_late_municipality", MAY_BE_LATE, Appeal.municipality, Appeal.due_at, Appeal.id)
_index("ix_appeal_late_body", MAY_BE_LATE, Appeal.body_id, Appeal.due_at, Appeal.id)
_index("ix_appeal_statute", MAY_BE_LATE_BY_STATUTE, Appeal.received_at, Appeal.id)
_index("ix_appeal_mechanism", MAY_BE_LATE_BY_MECHANISM, Appeal.received_at, Appeal.id)
_index("ix_appeal_undelivered", IS_UNDELIVERED, Appeal.received_at, Appeal.id)
_index("ix_appeal_plan", Appeal.plan_due_at.is_not(None), Appeal.plan_due_at, Appeal.id)
_index(
    "ix_appeal_executor_id",
    Appeal.executor_id.is_not(None),
    Appeal.executor_id,
    Appeal.due_at,
    Appeal.id,
)
_index("ix_appeal_category_id", Appeal.category_id.is_not(None), Appeal.category_id)
_index("ix_appeal_live", IS_LIVE, Appeal.due_at, Appeal.id)


@event.listens_for(Appeal, "before_update")
def _changed(_mapper: Any, _connection: Any, appeal: Appeal) -> None:
    """Whoever changes a case, the moment of the unit of work is in the row."""
    session = object_session(appeal)
    if session is not None and session.is_modified(appeal):
        appeal.changed_at = session.info[MOMENT]


def address_words(address: str | None) -> str | None:
    """The words of an address between spaces, as it is looked for."""
    return None if address is None else f" {folded(address)} "


KINDS_OF_PLACE = frozenset(
    (
        "г", "гор", "город", "р", "н", "район", "с", "село", "д", "дер", "деревня", "дом", "п",
        "пос", "поселок", "ул", "улица", "пр", "т", "просп", "проспект", "пер", "переулок", "пл",
        "площадь", "наб", "набережная", "б", "бул", "бульвар", "ш", "шоссе", "мкр", "микрорайон",
        "кв", "квартира", "корп", "корпус", "стр", "строение",
    )
)  # fmt: skip


class LedgerEntry(Base):
    """One fact of an appeal; triggers of the migration refuse UPDATE and DELETE."""

    __tablename__ = "ledger"
    __table_args__ = (UniqueConstraint("appeal_id", "seq"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    seq: Mapped[int]
    fact: Mapped[str]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor: Mapped[str]
    body: Mapped[str | None]
    clause: Mapped[str | None]
    reason: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


_HANDOVERS: BindParameter[Any] = bindparam(
    None, sorted(HANDOVERS), expanding=True, literal_execute=True
)
IS_HANDED: ColumnElement[bool] = LedgerEntry.fact.in_(_HANDOVERS)
_index("ix_ledger_handed", IS_HANDED, LedgerEntry.at, LedgerEntry.appeal_id, LedgerEntry.body)

LEDGER_FORM = Form(
    "ledger",
    (
        "appeal_id", "seq", "fact", "at", "recorded_at", "actor", "body", "clause", "reason",
        "data",
    ),
    personal=("reason",),
)  # fmt: skip
seals(LedgerEntry, LEDGER_FORM)


class Answer(Base):
    """An answer to one applicant: a draft, then signed, then sent.

    `evidence`: {kind, reference, attachment, digest}; of before attachments {kind, reference}.
    `attachments` are what goes out with it: {attachment, name, digest}.

    An interim one (`kind`) has no outcome and is never late: it ends no term (R55). A draft that
    was returned (`returned_for` is the key of the reason) is neither signed nor sent any more.

    `late` is known once it is sent; whoever signed is a token's subject, in `signed_as` by what
    office or power. `signed_digest` binds the signature to these words. What was sent before
    signatures were kept has none.
    """

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    author: Mapped[str]
    kind: Mapped[str] = mapped_column(default=AnswerKind.FINAL, server_default=AnswerKind.FINAL)
    text: Mapped[str]
    outcome: Mapped[str | None]
    norm: Mapped[str | None]
    plan_date: Mapped[date | None]
    evidence: Mapped[list[Any]]
    attachments: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    written_at: Mapped[datetime]
    signer: Mapped[str | None]
    signed_as: Mapped[str | None]
    signature: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    signed_digest: Mapped[str | None] = mapped_column(String(64))
    returned_at: Mapped[datetime | None]
    returned_for: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    late: Mapped[bool | None]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]


ANSWER_FORM = Form(
    "answer",
    (
        "appeal_id", "body_id", "author", "kind", "text", "outcome", "norm", "plan_date",
        "evidence", "written_at", "signer", "signed_as", "signature", "signed_at",
        "signed_digest", "returned_at", "returned_for", "sent_at", "late", "attachments",
    ),
    personal=("text", "evidence", "signed_digest"),
    added=("attachments",),
)  # fmt: skip
seals(Answer, ANSWER_FORM)

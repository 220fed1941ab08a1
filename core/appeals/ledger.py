"""Writing the ledger and keeping what is derived from it in step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.deadlines import Circumstances, DueDate, due_dates, next_answer
from core.appeals.rules.intake import Regime
from core.appeals.rules.lateness import Lateness, lateness
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact, State
from core.appeals.rules.occasions import importance_of
from core.appeals.rules.plans import running_plan
from core.appeals.rules.terms import Deadline
from core.appeals.words import kept
from core.kernel.rules.calendar import WorkingCalendar, local_date
from core.kernel.work import Work
from core.law.act import Clause
from core.law.rulebook import Rulebook


class Law(Protocol):
    """What deadlines are judged by; a unit of work is one."""

    @property
    def rules(self) -> Rulebook:
        """The region's compiled law."""

    @property
    def zone(self) -> ZoneInfo:
        """The region's time zone."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Working time by the region's law."""


def pure(rows: Iterable[LedgerEntry]) -> tuple[Entry, ...]:
    """The rows as the pure functions take them, in their order."""
    return tuple(Entry(row.seq, Fact(row.fact), row.at, row.body, row.data) for row in rows)


async def read_entries(work: Work, appeal_id: int) -> list[LedgerEntry]:
    """The ledger of one appeal, oldest first."""
    return (await read_ledgers(work, [appeal_id]))[appeal_id]


async def read_ledgers(work: Work, appeal_ids: Collection[int]) -> dict[int, list[LedgerEntry]]:
    """The ledgers of these appeals by one statement, each oldest first."""
    ledgers: dict[int, list[LedgerEntry]] = {appeal_id: [] for appeal_id in appeal_ids}
    query = select(LedgerEntry).where(LedgerEntry.appeal_id.in_(appeal_ids))
    for row in await work.session.scalars(query.order_by(LedgerEntry.appeal_id, LedgerEntry.seq)):
        ledgers[row.appeal_id].append(row)
    return ledgers


def entry(
    work: Work,
    seq: int,
    fact: Fact,
    at: datetime,
    *,
    body: str | None = None,
    clause: Clause | None = None,
    reason: str | None = None,
    data: Mapping[str, object] | None = None,
) -> LedgerEntry:
    """A row for the ledger; `at` is when it happened, `recorded_at` when it was written.

    Words of people in `data` stand in it concealed.
    """
    return LedgerEntry(
        seq=seq,
        fact=fact,
        at=at,
        recorded_at=work.now,
        actor=work.actor.subject,
        body=body,
        clause=clause.ref if clause else None,
        reason=reason,
        data=kept(work.sealing.vault, data or {}),
    )


def deadlines_of(law: Law, appeal: Appeal, entries: Sequence[Entry]) -> tuple[DueDate, ...]:
    """Every deadline of the appeal, by the edition of the day it was received."""
    rules, circumstances = _deadlines(law, appeal), _circumstances(appeal, entries)
    return due_dates(rules, entries, circumstances, law.zone, law.calendar)


def promised_answer(
    law: Law, appeal: Appeal, entries: Sequence[Entry], at: datetime, body: str | None = None
) -> tuple[Deadline, datetime] | None:
    """The term that the next body will have from its registration at that moment, and its end.

    None where none is owed. Whatever a letter promises of another body is told by this alone.
    """
    rules, circumstances = _deadlines(law, appeal), _circumstances(appeal, entries)
    return next_answer(rules, entries, circumstances, at, law.zone, law.calendar, body)


def _deadlines(law: Law, appeal: Appeal) -> Sequence[Deadline]:
    received = local_date(appeal.received_at, law.zone)
    return law.rules.all(Deadline, received, municipality=appeal.municipality)


def _circumstances(appeal: Appeal, entries: Sequence[Entry]) -> Circumstances:
    return Circumstances(
        Regime(appeal.regime),
        appeal.theme,
        appeal.significant,
        appeal.channel,
        importance_of(entries),
    )


def refresh_due(law: Law, appeal: Appeal, entries: Sequence[Entry]) -> tuple[DueDate, ...]:
    """Keep what the terms come to in the row, where lists, figures and the sweep look for it.

    Gives the terms: those beside the answer's have rows of their own.
    """
    dues = deadlines_of(law, appeal, entries)
    told = lateness(dues, entries, State(appeal.state))._asdict()
    plan = running_plan(dues)
    told |= {"plan_due_at": plan.due_at if plan else None}
    for name, value in told.items():
        if getattr(appeal, name) != value:
            setattr(appeal, name, value)
    return dues


def lateness_of(law: Law, appeal: Appeal, entries: Sequence[Entry]) -> Lateness:
    """What the terms of an appeal in its state come to by its ledger and the law."""
    return lateness(deadlines_of(law, appeal, entries), entries, State(appeal.state))

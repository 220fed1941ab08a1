"""Destroying the values: keys first, then what stands in tables, by the same statements each time.

Whoever is interrupted does all of it again; what is destroyed already is only destroyed once more.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, null, or_, select, update

from core.appeals.applicants.marks import marking
from core.appeals.applicants.model import Applicant
from core.appeals.attachments import destroy_files
from core.appeals.duplicates.model import LikeGroup, LikeMark
from core.appeals.erasing.columns import MARKS, NOBODY, SEALED, WORKING, Values
from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.notices.model import Notice, Recipient
from core.appeals.rules.lifecycle import Fact
from core.appeals.words import CORRECTED, keys_in
from core.db.bulk import table_of
from core.db.database import Base
from core.kernel.journal import JournalEntry
from core.kernel.sealing.commitments import key_name
from core.kernel.sealing.model import SealLeaf
from core.kernel.work import Work

REASON = "уничтожение персональных данных по акту"
JOURNAL, LEDGER, ANSWER = (table_of(one).name for one in (JournalEntry, LedgerEntry, Answer))


async def keys_of(work: Work, appeals: Sequence[int], lines: Collection[int]) -> list[bytes]:
    """The names of the keys by which salts and words in these appeals' rows are encrypted.

    `lines` are lines of the journal about them that stand under other subjects.
    """
    carried = select(LedgerEntry.data).where(LedgerEntry.appeal_id.in_(appeals))
    names = {name for data in await work.session.scalars(carried) for name in keys_in(data)}
    for model in (LedgerEntry, Answer, JournalEntry, SealLeaf):
        query = select(model.salts).where(_of(model, appeals, lines), model.salts.is_not(None))
        names |= {key_name(salts) for salts in await work.session.scalars(query) if salts}
    return sorted(names)


async def destroy_values(
    work: Work,
    appeals: Sequence[int],
    beside: Mapping[type[Base], Values],
    lines: Collection[int],
) -> dict[str, int]:
    """Destroy what the tables have of these appeals' persons; how many rows, by column.

    `beside` are tables of other subjects that say of which appeal a row is, `lines` lines of the
    journal about these appeals under other subjects.
    """
    counted: dict[str, int] = {}
    await _destroy_persons(work, appeals, counted)
    for model, values in (*SEALED.items(), *WORKING.items(), *beside.items()):
        which = _of(model, appeals, lines)
        if model in (LedgerEntry, JournalEntry):
            which = which & _of_persons(model)
        await _put(work, model, which, values, counted)
    files = [await destroy_files(work, one, REASON) for one in appeals]
    counted["attachment.files"] = sum(files)
    await _destroy_marks(work, appeals, counted)
    digest = {"digest": os.urandom(32).hex()}  # it could be guessed by, as it has no salt
    await _put(work, Appeal, Appeal.id.in_(appeals), digest, counted)
    return counted


async def _destroy_marks(work: Work, appeals: Sequence[int], counted: dict[str, int]) -> None:
    """What groups of like cases are found by is made of the words of their first cases."""
    groups = select(LikeGroup.id).where(LikeGroup.first_id.in_(appeals))
    done: Any = await work.session.execute(delete(LikeMark).where(LikeMark.group_id.in_(groups)))
    counted["like_mark.mark"] = done.rowcount


def _of(model: type[Base], appeals: Sequence[int], lines: Collection[int]) -> ColumnElement[bool]:
    """The rows of a table that are of these appeals."""
    columns = table_of(model).c
    if model is Appeal:
        return columns.id.in_(appeals)
    if model is JournalEntry:
        subjects = [f"appeal:{one}" for one in appeals]
        return or_(columns.subject.in_(subjects), columns.id.in_(lines))
    if model is SealLeaf:
        ledger = select(LedgerEntry.id).where(LedgerEntry.appeal_id.in_(appeals))
        answers = select(Answer.id).where(Answer.appeal_id.in_(appeals))
        told = select(JournalEntry.id).where(_of(JournalEntry, appeals, lines))
        return or_(
            (columns.kind == LEDGER) & columns.row_id.in_(ledger),
            (columns.kind == ANSWER) & columns.row_id.in_(answers),
            (columns.kind == JOURNAL) & columns.row_id.in_(told),
        )
    return columns.appeal_id.in_(appeals)


def _of_persons(model: type[Base]) -> ColumnElement[bool]:
    """The rows whose words are a person's; those of a rule are sealed as they stand, and stay."""
    columns, name = table_of(model).c, table_of(model).name
    apart = select(SealLeaf.row_id).where(SealLeaf.kind == name, SealLeaf.salts.is_not(None))
    return or_(columns.salts.is_not(None), columns.seal.is_(None), columns.id.in_(apart))


async def persons_of(work: Work, appeals: Sequence[int]) -> list[int]:
    """The applicants of these appeals, those too whom a correction has replaced."""
    query = select(Appeal.applicant_id).where(Appeal.id.in_(appeals))
    found = {one for one in await work.session.scalars(query) if one is not None}
    for one in await _corrected(work, appeals):
        found.update(filter(None, one.get("applicant_id", ())))
    return sorted(found)


async def _corrected(work: Work, appeals: Sequence[int]) -> list[Mapping[str, Any]]:
    """What the ledger keeps of each correction, by the name of what was corrected."""
    query = select(LedgerEntry.data).where(
        LedgerEntry.appeal_id.in_(appeals), LedgerEntry.fact == Fact.CORRECTED
    )
    return [data.get(CORRECTED, {}) for data in await work.session.scalars(query)]


async def _destroy_persons(work: Work, appeals: Sequence[int], counted: dict[str, int]) -> None:
    named = await persons_of(work, appeals)
    mark = {"marked_by": marking(work.keys.ring.data[0]), **MARKS}
    nobody = {"sealed": work.keys.seal(NOBODY)}
    await _put(work, Applicant, Applicant.id.in_(named), {**nobody, **mark}, counted)
    notices = select(Notice.id).where(Notice.appeal_id.in_(appeals))
    await _put(work, Recipient, Recipient.notice_id.in_(notices), nobody, counted)


async def _put(
    work: Work,
    model: type[Base],
    which: ColumnElement[bool],
    values: Mapping[str, Any],
    counted: dict[str, int],
) -> None:
    table = table_of(model)
    said = {name: null() if value is None else value for name, value in values.items()}
    done: Any = await work.session.execute(update(table).where(which).values(said))
    for name in values:
        counted[f"{table.name}.{name}"] = done.rowcount

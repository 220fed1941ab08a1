"""A letter that was read: what it is, to which case it belongs, until when a person says more."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import orjson
from sqlalchemy import func, select

from core.appeals.mail.addresses import appeal_of_message
from core.appeals.mail.returns import take_reply, take_report
from core.appeals.rules.terms import Deadline
from core.kernel.events import Event
from core.kernel.incidents.service import raise_incident
from core.kernel.work import Work
from core.mailbox.cases import find_case, marked
from core.mailbox.kinds import Kind
from core.mailbox.letter.body import Unreadable
from core.mailbox.letter.reader import Read
from core.mailbox.model import Letter
from core.mailbox.process import LOST
from core.mailbox.rules import LetterTerm
from core.mailbox.store import keep_text, whole
from core.shapes.deadlines.rules.counting import last_moment

UNSAID, REGISTRATION = "unsaid", "registration"
REFRAINS = 3
"""So many answers to us, alike but for their digits, are a machine's."""

WITHIN = timedelta(days=7)
REPORTS = frozenset({Kind.BOUNCE, Kind.RECEIPT})
TOO_LARGE = Unreadable("письмо", "оно больше предела и целиком осталось в почтовом ящике")
_DIGITS = re.compile(r"\d+")


async def settle(work: Work, letter_id: int, read: Read, ours: Sequence[str]) -> Letter:
    """Write down what the letter says and is; once, whoever else has read it meanwhile.

    `ours` are addresses and domains from which we write ourselves.
    """
    query = select(Letter).where(Letter.id == letter_id).with_for_update()
    row = (await work.session.scalars(query.execution_options(populate_existing=True))).one()
    if row.read_at is not None:
        return row
    if not row.whole:
        read = replace(read, unreadable=(*read.unreadable, TOO_LARGE))
    row.message_mark = marked(read.message_id) if read.message_id else None
    row.likeness = _likeness(read)
    row.refrain = _refrain(work, read)
    row.attachments, row.unreadable = len(read.attachments), len(read.unreadable)
    row.kind = kind = await _kind(work, row, read, ours)
    row.read_at = work.now
    await keep_text(work, row, replace(read, kind=kind))
    if kind is Kind.WRITTEN:
        belonging = await find_case(work, read)
        if belonging is not None:
            row.appeal_id, row.found_by, answered = belonging
            if answered is not None:
                await take_reply(work, answered, row.received_at)
        row.due_at = _due(work, row)
    if kind in REPORTS:
        row.appeal_id = await take_report(work, await whole(work, row.id), row.received_at)
    await _record(work, row, kind)
    if LOST in read.unreadable:
        text = f"Письмо {row.id} не разобрано: оно сохранено целиком и ждёт человека"
        await raise_incident(work, "mailbox/reader", text)
    return row


async def _record(work: Work, row: Letter, kind: Kind) -> None:
    after = {"kind": kind, "appeal": row.appeal_id, "found_by": row.found_by}
    await work.record(Event("letter.told", f"letter:{row.id}", after=after))
    if kind in REPORTS:
        await work.record(Event("letter.reported", f"letter:{row.id}", after={"kind": kind}))


async def _kind(work: Work, row: Letter, read: Read, ours: Sequence[str]) -> Kind:
    """What its own signs say, unless it is ours, a copy, or says the same over and over."""
    if read.kind in REPORTS:
        return read.kind
    if is_ours(read, ours) or await _was_sent(work, read):
        return Kind.OWN
    if read.kind is not Kind.WRITTEN:
        return read.kind
    if row.likeness is not None:
        query = select(Letter.id).where(
            Letter.message_mark == row.message_mark,
            Letter.likeness == row.likeness,
            Letter.id != row.id,
            Letter.read_at.is_not(None),
        )
        row.copy_of_id = (await work.session.scalars(query.order_by(Letter.id).limit(1))).first()
        if row.copy_of_id is not None:
            return Kind.COPY
    return Kind.LOOP if await _says_the_same(work, row, read) else Kind.WRITTEN


def is_ours(read: Read, ours: Sequence[str]) -> bool:
    """Whether we have sent it ourselves: by its sender, or by who gave it its Message-ID."""
    domain = read.address.rpartition("@")[2]
    return any(own in (read.address, domain, read.own) for own in ours)


async def _was_sent(work: Work, read: Read) -> bool:
    """Whether it is a letter of ours by its Message-ID, wherever it was sent on from."""
    return read.message_id is not None and (
        await appeal_of_message(work, read.message_id) is not None
    )


async def _says_the_same(work: Work, row: Letter, read: Read) -> bool:
    """A machine that answers each of our letters alike; a person is never taken for one by this.

    What is no answer to a letter never counts, however often it comes.
    """
    if not read.references:
        return False
    query = select(func.count()).where(
        Letter.refrain == row.refrain,
        Letter.id != row.id,
        Letter.received_at > row.received_at - WITHIN,
    )
    return ((await work.session.scalar(query)) or 0) + 1 >= REFRAINS


def _due(work: Work, row: Letter) -> datetime:
    """The term of practice, but never later than a letter has to be registered (8 ч. 2)."""
    rule = work.rules.get(LetterTerm, UNSAID, work.today)
    said = last_moment(row.fetched_at, rule.length, rule.unit, work.calendar, work.zone)
    law = work.rules.find(Deadline, REGISTRATION, work.today)
    if law is None:
        return said
    registered = last_moment(row.received_at, law.length, law.unit, work.calendar, work.zone)
    return min(said, registered)


def _likeness(read: Read) -> str | None:
    """By what the same letter is known that came another way; None without a Message-ID."""
    if read.message_id is None:
        return None
    files = [one.digest for one in read.attachments]
    said = (read.message_id, read.address, read.subject, read.text, read.quoted, files)
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def _refrain(work: Work, read: Read) -> str:
    said = (read.address, _DIGITS.sub("", read.text))
    return work.keys.fingerprint(orjson.dumps(said))

"""The job that asks the antivirus of each file, and again of what it did not check."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, select

from core.attachments.clamd import Clamd, Verdict, not_checked
from core.attachments.kinds import FileKind, Form, ScanState, Unchecked
from core.attachments.model import Attachment
from core.attachments.probes import LAYERED, tells_limits
from core.attachments.sealing import BrokenFile, unsealed
from core.attachments.store import forms_of
from core.kernel.access import system
from core.kernel.acts.federal import PRACTICE
from core.kernel.events import Event
from core.kernel.extensions import Units
from core.kernel.incidents.service import raise_incident, resolve_standing
from core.kernel.serves import serves
from core.kernel.unreadable import why
from core.kernel.work import Work

ALARM, LOST = "attachments/clamd", "attachments/lost"
MOST, LONGEST_SECONDS = 100, 120.0
LEASE = timedelta(minutes=30)
FIRST_PAUSE, LONGEST_PAUSE, MOST_SCANS = timedelta(minutes=1), timedelta(hours=4), 60
LASTING = frozenset({Unchecked.TOO_BIG, Unchecked.MISSING, Unchecked.BLIND})
"""What asking again does not change."""


@serves(PRACTICE.cite("attachments.unchecked"))
async def run_scan(units: Units, _payload: Mapping[str, object]) -> None:
    """The job: what waits and what is to be asked again, for two minutes at most.

    Without an antivirus what waits is unchecked, and is asked for once there is one.
    """
    address = units.own.clamd
    clamd = None if address is None else Clamd(address, units.own.clamd_seconds)
    told: bool | None = None
    until = asyncio.get_running_loop().time() + LONGEST_SECONDS
    for _ in range(MOST):
        number = await _next(units, asked=clamd is not None)
        if number is None or asyncio.get_running_loop().time() > until:
            return
        if clamd is not None and told is None:
            told = await tells_limits(clamd)
        verdict = await _scan(units, clamd, number, blind=told is False)
        await _settle(units, number, verdict)
        if verdict.unchecked is Unchecked.SILENT:
            return


async def _next(units: Units, *, asked: bool) -> int | None:
    """The one that has waited longest, leased; without an antivirus only what waits."""
    async with units.work(system()) as work:
        query = select(Attachment).where(_due(work, asked=asked))
        ordered = query.order_by(Attachment.scan_at, Attachment.id).limit(1)
        row = await work.session.scalar(ordered.with_for_update(skip_locked=True))
        if row is None:
            return None
        row.scan_at = work.now + LEASE
        return int(row.id)


def _due(work: Work, *, asked: bool) -> ColumnElement[bool]:
    due = and_(Attachment.scan_at <= work.now, Attachment.erased_at.is_(None))
    return due if asked else and_(due, Attachment.state == ScanState.WAITING)


async def _scan(units: Units, clamd: Clamd | None, number: int, *, blind: bool) -> Verdict:
    if clamd is None:
        return not_checked(Unchecked.NONE)
    async with units.reading(system()) as work:
        form = (await forms_of(work, number)).get(Form.ORIGINAL)
        if form is None:
            return not_checked(Unchecked.MISSING)
        key = work.keys.unseal_bytes(form.sealed)
    if form.size > units.own.clamd_max_bytes:
        return not_checked(Unchecked.TOO_BIG)
    try:
        verdict = await clamd.scan(_pieces(unsealed(units.files.read(form.file), key)))
    except BrokenFile:
        return not_checked(Unchecked.MISSING)
    if verdict.state is ScanState.CLEAN and blind and FileKind(form.kind) in LAYERED:
        return not_checked(Unchecked.BLIND)
    return verdict


async def _pieces(plain: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, each read and unsealed in a thread; BrokenFile where that cannot be done."""
    try:
        while (piece := await asyncio.to_thread(next, plain, None)) is not None:
            yield piece
    except OSError as error:
        raise BrokenFile(why(error)) from error


async def _settle(units: Units, number: int, verdict: Verdict) -> None:
    async with units.work(system()) as work:
        query = select(Attachment).where(Attachment.id == number).with_for_update()
        row = (await work.session.scalars(query.execution_options(populate_existing=True))).one()
        if row.erased_at is not None:
            return
        before, row.scans = row.state, row.scans + 1
        row.state, row.unchecked = verdict.state, verdict.unchecked
        row.scanned_at, row.scan_at = work.now, _again(work, row, verdict)
        if before != row.state:
            after = {"state": row.state, "unchecked": row.unchecked, "found": verdict.found}
            await work.record(Event("attachment.scanned", f"attachment:{number}", after=after))
        await _tell(work, number, verdict)


def _again(work: Work, row: Attachment, verdict: Verdict) -> datetime | None:
    """When the antivirus is asked again; None where its word stands or would be the same."""
    if verdict.unchecked is None or verdict.unchecked in LASTING or row.scans >= MOST_SCANS:
        return None
    if verdict.unchecked is Unchecked.NONE:
        return work.now
    return work.now + min(FIRST_PAUSE * (1 << min(row.scans - 1, 10)), LONGEST_PAUSE)


async def _tell(work: Work, number: int, verdict: Verdict) -> None:
    """One alarm for an antivirus that does not answer, however many files wait."""
    if verdict.unchecked in (Unchecked.SILENT, Unchecked.CUT):
        text = "Антивирус не отвечает: вложения остаются непроверенными и открываются с причиной"
        await raise_incident(work, ALARM, text)
    elif verdict.unchecked is Unchecked.MISSING:
        text = f"Файла вложения {number} нет на месте, или он повреждён: верните его из копии"
        await raise_incident(work, LOST, text)
    elif verdict.unchecked is None:
        await resolve_standing(work, ALARM)

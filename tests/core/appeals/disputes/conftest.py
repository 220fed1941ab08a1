"""A desk with a case that was answered, and with what disputes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.intake.service import TakenIn
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.notices.model import Notice
from core.appeals.satisfaction.judging import judge
from core.appeals.satisfaction.model import Dispute, Survey
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import EXPLAINED, Desk

Refused = Callable[[Awaitable[object]], Awaitable[Refusal]]
ZONE = ZoneInfo("Asia/Yekaterinburg")
WRITTEN = (Appeal, LedgerEntry, Dispute, Survey, Notice, JournalEntry)


@pytest.fixture
def refused(desk: Desk) -> Refused:
    """The refusal of an attempt, after which nothing more stands written."""

    async def attempted(attempt: Awaitable[object]) -> Refusal:
        before = await desk.rows(*WRITTEN)
        with pytest.raises(Refusal) as caught:
            await attempt
        assert await desk.rows(*WRITTEN) == before
        assert caught.value.code in RefusalCode
        return caught.value

    return attempted


async def answered(desk: Desk) -> Appeal:
    """A letter of 2 March, answered on 23 March and closed."""
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    desk.clock.forward(days=21)
    async with desk.work(desk.official) as work:
        await answers.answer(work, taken.appeal_id, EXPLAINED)
        await answers.close(work, taken.appeal_id)
    return await desk.appeal(taken.appeal_id)


async def object_to(desk: Desk, old: Appeal, **changes: Any) -> TakenIn:
    """A new letter that disputes the answer."""
    given: dict[str, Any] = {"external_id": "п-2", "text": "Яма на месте.", "addressee": None}
    return await desk.take(**{**given, "disputes": old.number, **changes})


async def verdict(desk: Desk, *, upheld: bool, dispute: int = 1) -> None:
    async with desk.work(desk.curator) as work:
        await judge(work, dispute, upheld=upheld, verdict="Яма действительно на месте.")


async def letters(desk: Desk, appeal_id: int, kind: str) -> list[str]:
    async with desk.region.database.reading() as session:
        query = select(Notice.text).where(Notice.appeal_id == appeal_id, Notice.kind == kind)
        return list(await session.scalars(query.order_by(Notice.id)))


async def disputes(desk: Desk) -> list[Dispute]:
    async with desk.region.database.reading() as session:
        return list(await session.scalars(select(Dispute).order_by(Dispute.id)))


def last_day(appeal: Appeal) -> date | None:
    """The local day on which the governing term ends."""
    return appeal.due_at.astimezone(ZONE).date() if appeal.due_at else None

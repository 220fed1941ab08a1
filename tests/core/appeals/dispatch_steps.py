"""What tests of signing and sending share: a case brought so far, and what is said of it then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from core.appeals import answers
from core.appeals.answers import NewAnswer
from core.appeals.delivery.dispatches import NewDispatch, send
from core.appeals.delivery.model import Dispatch
from core.appeals.delivery.signatures import NewSignature, sign
from core.appeals.figures.proof import verify_cases
from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Answer, Appeal
from core.appeals.notices.model import Notice
from core.appeals.queries import AppealFilter, matching
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.intake import Identification
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.signatures import SignatureKind, Way
from core.kernel.access import Actor, system
from core.kernel.work import Work
from tests.core.appeals.conftest import Desk
from tests.fixtures.answers import BY_HAND, POSTED

DRAFT = NewAnswer("Ремонт этой дороги не входит в программу.", Outcome.EXPLAINED)
QUALIFIED = NewSignature(SignatureKind.QUALIFIED)
ELECTRONIC = NewDispatch(Way.ELECTRONIC)
BEGUN = ["received", "registered", "routed", "accepted"]
Step = Callable[[Work, int], Awaitable[object]]


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def nothing(_done: int) -> None: ...


async def done(desk: Desk, actor: Actor, step: Step, appeal_id: int) -> None:
    async with desk.work(actor) as work:
        await step(work, appeal_id)


PORTAL: dict[str, Any] = {"channel": "portal", "identified_by": Identification.EPGU}
"""How an appeal comes that is answered electronically (59-ФЗ, 10 ч. 4)."""


async def drafted(desk: Desk, **changes: Any) -> int:
    taken = await desk.take(**changes)
    await desk.accept(taken.appeal_id)
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, DRAFT), taken.appeal_id)
    return taken.appeal_id


async def signed(desk: Desk, new: NewSignature = BY_HAND, **changes: Any) -> int:
    appeal_id = await drafted(desk, **changes)
    await done(desk, desk.chief, lambda w, i: sign(w, i, new), appeal_id)
    return appeal_id


async def posted(desk: Desk) -> int:
    appeal_id = await signed(desk)
    await done(desk, desk.official, lambda w, i: send(w, i, POSTED), appeal_id)
    return appeal_id


async def governing(desk: Desk, appeal_id: int) -> DueDate:
    appeal, rows = await desk.appeal(appeal_id), await desk.ledger(appeal_id)
    async with desk.work(desk.coordinator) as work:
        (due,) = (due for due in deadlines_of(work, appeal, pure(rows)) if due.governs)
    return due


async def rows_of(desk: Desk, kind: type[Answer] | type[Dispatch] | type[Notice]) -> list[object]:
    async with desk.region.database.reading() as session:
        return list(await session.scalars(select(kind).order_by(kind.id)))


async def proved(desk: Desk) -> None:
    """Every row is what its ledger says."""
    async with desk.region.reading(system()) as work:
        assert await verify_cases(work, progress=nothing) == []


async def listed(desk: Desk, *, undelivered: bool) -> list[int]:
    async with desk.region.reading(system()) as work:
        fits = matching(AppealFilter(undelivered=undelivered), work.now, work.dialect)
        return list(await work.session.scalars(select(Appeal.id).where(fits)))

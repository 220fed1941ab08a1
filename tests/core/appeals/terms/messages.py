"""What is done with a message there, each in a unit of work of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from core.appeals import answers
from core.appeals.certificate import certify, verify
from core.appeals.certificate_terms import KIND
from core.appeals.intake.new import NewAppeal
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.model import Appeal
from core.appeals.own_facts import record_fact
from core.appeals.rules.deadlines import DueDate
from core.kernel.access import Actor, system
from tests.core.appeals.conftest import EXPLAINED, Desk

MOSCOW = ZoneInfo("Europe/Moscow")
MESSAGE = NewAppeal("social", "с-1", "Во дворе не горит фонарь.", addressee="ministry")
PLACE = MESSAGE._replace(channel="map", external_id="к-1")
SECOND = timedelta(seconds=1)
Terms = dict[tuple[str, int], DueDate]


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=MOSCOW)


async def taken(desk: Desk, received: str, new: NewAppeal = MESSAGE, **changes: Any) -> int:
    desk.clock.moment = local(received).astimezone(UTC)
    return (await desk.take(new, **changes)).appeal_id


async def accepted(desk: Desk, received: str, new: NewAppeal = MESSAGE) -> int:
    appeal_id = await taken(desk, received, new)
    await desk.accept(appeal_id)
    return appeal_id


async def noted(desk: Desk, appeal_id: int, key: str, at: str, by: Actor | None = None) -> None:
    desk.clock.moment = local(at).astimezone(UTC)
    async with desk.work(by or desk.official) as work:
        await record_fact(work, appeal_id, key, reason="как велит регламент")


async def answered(desk: Desk, appeal_id: int, at: str) -> None:
    desk.clock.moment = local(at).astimezone(UTC)
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, EXPLAINED)


async def terms(desk: Desk, appeal_id: int) -> Terms:
    appeal = await desk.appeal(appeal_id)
    async with desk.region.reading(system()) as work:
        entries = pure(await read_entries(work, appeal_id))
        dues = deadlines_of(work, appeal, entries)
    return {(due.rule.key, due.ordinal): due for due in dues}


async def certificate(desk: Desk, appeal_id: int) -> str:
    appeal = await desk.appeal(appeal_id)
    async with desk.region.reading(system()) as work:
        return certify(work, appeal, pure(await read_entries(work, appeal_id)))


async def proved(desk: Desk, appeal_id: int) -> dict[str, Any]:
    """The certificate's content, once it is verified."""
    text = await certificate(desk, appeal_id)
    region = desk.region
    found = verify(text, region.rules, region.keys, region.calendar)
    content: dict[str, Any] = orjson.loads(text)
    assert (found.same_edition, content["kind"]) == (True, KIND)
    assert list(found.deadlines) == content["deadlines"]
    return content


def stored(appeal: Appeal) -> tuple[datetime | None, str | None]:
    return appeal.due_at, appeal.due_rule

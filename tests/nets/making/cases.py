"""Appeals in every state of their life, led there by officials of the demonstration."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from core.appeals import answering, handover
from core.appeals.answering import Evidence, NewAnswer
from core.appeals.applicants.contact import Contact
from core.appeals.duplicates.service import join, split
from core.appeals.exchange.importing import import_file
from core.appeals.inquiring import ask, supply
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice
from core.appeals.prolonging import prolong
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Outcome
from core.appeals.satisfaction.model import Dispute
from core.appeals.satisfaction.service import Opinion, answer_survey, judge
from core.directory.model import Body
from core.kernel.access import ANONYMOUS, Actor, system
from core.kernel.region import Region
from tests.fixtures.clock import FrozenClock
from tests.nets.making.opening import official

PROOF = tuple(Evidence(kind, f"акт-{kind}") for kind in ("photo", "document"))
SOLVED = NewAnswer("Яма заделана.", Outcome.SOLVED, evidence=PROOF)
REFUSED = NewAnswer("Отказано.", Outcome.REFUSED, norm="ч. 4 ст. 10 Федерального закона № 59-ФЗ")
PLANNED = NewAnswer("Запланировано.", Outcome.PLANNED, plan_date=date(2026, 9, 1))
LETTER = NewAppeal(
    "letter",
    "",
    "На улице Полевой глубокая яма, машины бьют колёса.",
    theme="roads",
    contact=Contact("Пробная Анна Ивановна", "anna@example.org", "улица Полевая, дом 1"),
)
PLACE = {"latitude": 51.7373, "longitude": 36.1873}
MESSAGE = {"channel": "social-networks", "regime": Regime.MESSAGE, "contact": None}
FILE = (
    "external_id,channel,text,received,theme,closed,outcome\n"
    "1,letter,Не горит фонарь,2026-01-12,roads,2026-02-03,solved\n"
    "2,letter,,2026-01-13,roads,,\n"
    "3,letter,Протекает крыша,2026-02-14,housing,,\n"
)
Step = Callable[..., Awaitable[Any]]


@dataclass(frozen=True)
class Desk:
    """A region at work; every call is a unit of work of its own."""

    region: Region
    clock: FrozenClock
    numbers: count[int]

    async def take(self, **changes: Any) -> int:
        new = LETTER._replace(external_id=f"net-{next(self.numbers)}", **changes)
        async with self.region.work(await official(self.region, "demo-coordinator")) as work:
            return (await take_in(work, new)).appeal_id

    async def act(self, actor: Actor, step: Step, *given: object, **more: object) -> Any:
        async with self.region.work(actor) as work:
            return await step(work, *given, **more)

    async def holder(self, appeal_id: int, rank: str = "official") -> Actor:
        """The official, or the head, of the body that has the case."""
        async with self.region.database.reading() as session:
            appeal = await session.get_one(Appeal, appeal_id)
            body = await session.get_one(Body, appeal.body_id)
        return await official(self.region, f"demo-{rank}-{body.key}")

    async def accepted(self, **changes: Any) -> int:
        appeal_id = await self.take(**changes)
        await self.act(await self.holder(appeal_id), handover.accept, appeal_id)
        return appeal_id

    async def answered(self, new: NewAnswer = SOLVED, **changes: Any) -> int:
        appeal_id = await self.accepted(**changes)
        self.clock.forward(hours=5)
        await self.act(await self.holder(appeal_id), answering.answer, appeal_id, new)
        return appeal_id

    async def marked(self, opinion: Opinion, **changes: Any) -> int:
        """Answered, closed, and the survey of the closing filled in."""
        appeal_id = await self.answered(**changes)
        await self.act(await self.holder(appeal_id), answering.close, appeal_id)
        self.clock.forward(days=1)
        async with self.region.database.reading() as session:
            query = select(Notice.text).where(Notice.kind == "survey")
            newest = query.where(Notice.appeal_id == appeal_id).order_by(Notice.id.desc())
            token = str(await session.scalar(newest.limit(1))).rpartition("#")[2]
        await self.act(ANONYMOUS, answer_survey, token, opinion)
        return appeal_id


async def live(desk: Desk, folder: Path) -> None:
    """Everything that can become of an appeal, once or twice."""
    desk.clock.at(2026, 3, 2, 9)
    await _under_way(desk)
    await _brought_together(desk)
    await _closed(desk)
    source = folder / "source.csv"
    source.write_text(FILE, encoding="utf-8")
    await import_file(desk.region, source, rejects=folder / "rejects.csv")


async def _under_way(desk: Desk) -> None:
    await desk.take()
    await desk.accepted(theme="health")
    put_off = await desk.accepted(theme="education")
    chief = await desk.holder(put_off, "head")
    given = (put_off, date(2026, 4, 28), "нужна экспертиза", "срок продлён")
    await desk.act(chief, prolong, *given)
    moved = await desk.accepted(theme="housing")
    sender = await desk.holder(moved, "head")
    await desk.act(sender, handover.transfer, moved, "health-insurance-fund", "не наше")
    await desk.act(await desk.holder(moved), handover.return_case, moved, "и не наше")
    for replied in (True, False):
        asked = await desk.accepted(theme="energy")
        worker = await desk.holder(asked)
        inquiry = await desk.act(worker, ask, asked, "committee-tariffs", "Чей это дом?")
        if replied:
            desk.clock.forward(days=2)
            other = await official(desk.region, "demo-official-committee-tariffs")
            await desk.act(other, supply, asked, inquiry.seq, "Дом муниципальный.")
    promised = datetime(2026, 3, 6, 9, tzinfo=UTC)
    await desk.take(theme="transport", promised_at=promised, **MESSAGE)
    await desk.take(theme=None, contact=None, channel="portal")
    await desk.take(complained_body="health-insurance-fund")


async def _brought_together(desk: Desk) -> None:
    """Three that look alike: two of them joined, one of these split off again."""
    text = "Полевая улица: глубокие ямы, бьём колёса машин."
    numbers = [await desk.take(**PLACE), await desk.take(text=text, **PLACE)]
    numbers.append(await desk.take(text=text, **PLACE))
    curator = await official(desk.region, "demo-curator")
    await desk.act(curator, join, numbers, "одна яма")
    await desk.act(curator, split, numbers[2], "другая улица")


async def _closed(desk: Desk) -> None:
    await desk.answered(REFUSED, theme="health")
    await desk.answered(PLANNED, theme="roads")
    withdrawn = await desk.accepted()
    await desk.act(system(), answering.withdraw, withdrawn, "заявитель передумал")
    await desk.marked(Opinion(5, "Спасибо"))
    bad = Opinion(1, "Не помогли", dispute="Яма на месте")
    disputed = [await desk.marked(bad) for _ in range(3)]
    async with desk.region.database.reading() as session:
        query = select(Dispute.id).where(Dispute.appeal_id.in_(disputed)).order_by(Dispute.id)
        disputes = (await session.scalars(query)).all()
    curator = await official(desk.region, "demo-curator")
    for dispute, upheld in zip(disputes, (True, False), strict=False):
        await desk.act(curator, judge, dispute, upheld=upheld, verdict="проверено на месте")

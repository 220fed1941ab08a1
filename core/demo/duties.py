"""A year of what a centre owes, of requests and of dealings: invented, and partly missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from core.demo.documents import centre_actors
from core.directory.model import Body
from core.documents.rules import DocumentKind
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind
from core.kernel.region import Region
from core.kernel.work import Work
from core.law.periods import Periodicity
from core.obligations.entries import owed_in
from core.obligations.law import NewObligation, decide_obligation, load_obligations
from core.obligations.model import ObligationRow
from core.obligations.sweep import watch_obligations
from core.partners.model import Direction
from core.partners.rules import DealingForm, PartnerDealing
from core.partners.service import NewDealing, record_dealing
from core.requests.answering import answer_request, refuse_request
from core.requests.asking import NewRequest, request_materials
from core.requests.rules import KINDS, RequestRight, Side
from core.shapes.chains.rules import Ground
from core.structure.blocks import load_blocks

MISSED_EVERY, LATE_EVERY = 3, 5
REPORT, WITHIN = "progress-report", 20
TEXT = "Вымышленный текст для показа."
PEOPLE = ("Руководитель центра", "Представитель партнёра", "Эксперт")


async def fill_duties(region: Region) -> int:
    """Two years of obligations up to now, some missed; requests and dealings. How many rows of
    obligations were added; none a second time.
    """
    async with region.work(system()) as work:
        if await work.session.scalar(select(func.count()).select_from(ObligationRow)):
            return 0
        today = work.today
    actors = await centre_actors(region, today)
    await _decide(region, actors["head"], date(today.year, 1, 1))
    async with region.work(system()) as work:
        added = await _enter(work)
        await watch_obligations(work)
    await _ask(region, actors)
    await _deal(region, actors["head"])
    return added


async def _decide(region: Region, head: Actor, since: date) -> None:
    """Where the act itself asks for nothing every month or quarter, an internal act does."""
    async with region.work(head) as work:
        law = (await load_obligations(work)).on(work.today)
        if any(one.period in (Periodicity.MONTH, Periodicity.QUARTER) for one in law):
            return
        kind = work.rules.find(DocumentKind, REPORT, work.today)
        if kind is None:
            return
        new = NewObligation(
            f"{REPORT}-quarter",
            since,
            kind.clause.ref,
            WITHIN,
            f"{kind.name} за квартал",
            min(kind.drafters),
            Periodicity.QUARTER,
            kind.key,
        )
        await decide_obligation(work, new, Ground(ActKind.INTERNAL, "3-вн", since))


async def _enter(work: Work) -> int:
    """Rows of the last year and of this one: most are done with a proof, some late, some never."""
    begun = datetime(work.today.year - 1, 1, 1, 9, tzinfo=UTC)
    law, blocks = await load_obligations(work), await load_blocks(work.session, work.rules)
    rows = [
        owed.row(work)
        for owed in owed_in(law, blocks, (work.today.year - 1, work.today.year))
        if owed.span.start <= work.today
    ]
    for place, row in enumerate(rows):
        row.noted_at = begun
        if row.due_at < work.now and place % MISSED_EVERY:
            late = not place % LATE_EVERY and row.due < row.closes
            done = row.due + timedelta(days=2) if late else row.end
            row.done_at = datetime(done.year, done.month, done.day, 9, tzinfo=UTC)
            row.done_at = min(row.done_at, row.due_at) if not late else row.done_at
            row.proof = Ground(ActKind.LETTER, f"02-14/{place + 1}", done).text
            row.breached_at = row.due_at if late else None
    work.session.add_all(rows)
    await work.session.flush()
    return len(rows)


async def _ask(region: Region, actors: dict[str, Actor]) -> None:
    """Every right of the region once: answered, refused with a norm, waiting in turn."""
    letter = Ground(ActKind.LETTER, "11-08/5", region.clock().date() - timedelta(days=3))
    rights = region.rules.all(RequestRight, region.clock().date())
    for place, (right, side) in enumerate(_pairs(rights)):
        by = actors[right.role or "head"]
        async with region.work(by) as work:
            body = await _body(work, side)
            if side.is_body and body is None:
                continue
            sent = None if right.asks.own else letter
            new = NewRequest(right.asks, side, TEXT, body, 10 + place, sent)
            number = (await request_materials(work, new)).id
        async with region.work(actors["head"]) as work:
            if place % MISSED_EVERY == 0:
                await answer_request(work, number, "Материалы представлены.")
            elif place % MISSED_EVERY == 1:
                await refuse_request(work, number, "Таких сведений нет.", "ст. 20 8-ФЗ")


def _pairs(rights: tuple[RequestRight, ...]) -> Iterator[tuple[RequestRight, Side]]:
    for right in rights:
        yield from ((right, side) for side in sorted(right.of))


async def _body(work: Work, side: Side) -> str | None:
    if not side.is_body:
        return None
    query = select(Body.key).where(Body.kind.in_(KINDS[side]), Body.closed.is_(None))
    return (await work.session.scalars(query.order_by(Body.id))).first()


async def _deal(region: Region, head: Actor) -> None:
    """Each way of dealing with a partner that the act has, a joint document apart."""
    today = region.clock().date() - timedelta(days=1)
    for rule in region.rules.all(PartnerDealing, today):
        if rule.form is DealingForm.DOCUMENT:
            continue
        exchange = rule.form is DealingForm.EXCHANGE
        for direction in Direction if exchange else (None,):
            people = () if exchange else PEOPLE
            title = rule.form.label.capitalize()
            new = NewDealing(rule.partner, rule.form, title, TEXT, today, direction, people)
            async with region.work(head) as work:
                await record_dealing(work, new)

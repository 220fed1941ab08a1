"""Problems of the demo: one whose measures are carried out, one just listed; what else was met."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.demo.documents import centre_actors
from core.directory.model import Appointment, Body, Person
from core.directory.rules.bodies import BodyKind
from core.kernel.access import Actor, system
from core.kernel.region import Region
from core.law.periods import Period, Periodicity, period_name, period_of
from core.problems.causes import set_cause
from core.problems.heat import heat_map
from core.problems.listing import NewProblem, list_problem
from core.problems.model import Method, Problem, SightingKind
from core.problems.roadmap import carry_out, declare_drop, plan_measure
from core.problems.sightings import NewSighting, analyse_sighting, record_sighting

BACK, DROP = 3, 20
"""So many months ago the first problem was listed; the drop declared of it, in per cent."""

WEEK = timedelta(days=7)
WHYS = (
    "Заявки исполняют с опозданием",
    "Подрядчик выезжает раз в неделю",
    "Договор не знает срочных выездов",
)
MEASURES = ("Дополнить договор срочными выездами", "Проверять выезды еженедельно")


async def fill_problems(region: Region) -> int:
    """Two problems by the heat map, and an error, a vote; how many problems there are.

    None a second time, nor where the map shows nothing or nobody of a body may answer.
    """
    async with region.reading(system()) as work:
        if await work.session.scalar(select(func.count()).select_from(Problem)):
            return 0
        today, person = work.today, await _official(work.session)
    head = (await centre_actors(region, today))["head"]
    if person is None:
        return 0
    first = month_back(today, BACK)
    await _carried_out(region, head, first, person)
    await _listed(region, head, month_back(today, 1), "Жалобы повторяются второй месяц")
    await _seen(region, head)
    async with region.reading(system()) as work:
        return await work.session.scalar(select(func.count()).select_from(Problem)) or 0


async def _carried_out(region: Region, head: Actor, month: Period, person: int) -> None:
    """Listed in the first days after its month, its measures done within the next two weeks."""
    begun = on_day(region, month.end)
    number = await _listed(begun, head, month, "Обращений о той же беде всё больше")
    if number is None:
        return
    async with begun.work(head) as work:
        await set_cause(work, number, Method.WHYS, WHYS)
        for text in MEASURES:
            await plan_measure(work, number, text, month.end + 2 * WEEK, person)
        await declare_drop(work, number, DROP)
    done = month.end + WEEK
    async with on_day(region, done).work(head) as work:
        for one in range(1, len(MEASURES) + 1):
            await carry_out(work, number, one, done, f"Акт № {one}")


async def _listed(region: Region, head: Actor, month: Period, title: str) -> int | None:
    """By the cell of the month with most cases; None where there is none."""
    word = period_name(month, Periodicity.MONTH)
    async with region.work(head) as work:
        cells = (await heat_map(work, month)).cells
        counts = Counter(
            {
                (one.theme, one.municipality): one.cases
                for one in cells
                if one.theme and one.municipality and one.cases
            }
        )
        if not counts:
            return None
        [((theme, place), _)] = counts.most_common(1)
        row = await list_problem(work, NewProblem(title, theme or "", word, place))
        return row.id


async def _seen(region: Region, head: Actor) -> None:
    async with region.work(head) as work:
        body = await work.session.scalar(select(Body.key).order_by(Body.id).limit(1))
        error = NewSighting(
            SightingKind.ERROR,
            work.today - WEEK,
            "Двум заявителям отправлен один и тот же ответ",
            body=body,
        )
        row = await record_sighting(work, error)
        await analyse_sighting(work, row.id, "Шаблон без адреса", "Шаблон исправлен")
        vote = "За благоустройство сквера проголосовали 812 из 1 004"
        await record_sighting(work, NewSighting(SightingKind.VOTE, work.today - 2 * WEEK, vote))


async def _official(session: AsyncSession) -> int | None:
    """Somebody who serves in an executive or municipal body."""
    query = (
        select(Person.id)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Body, Body.id == Appointment.body_id)
        .where(Body.kind.in_((BodyKind.EXECUTIVE, BodyKind.MUNICIPAL)), Person.dismissed.is_(None))
        .order_by(Person.id)
    )
    found: int | None = await session.scalar(query.limit(1))
    return found


def month_back(today: date, months: int) -> Period:
    """The month that ended so many months before this one began, 1 for the last."""
    day = today
    for _ in range(months):
        day = day.replace(day=1) - timedelta(days=1)
    return period_of(day, Periodicity.MONTH)


def on_day(region: Region, day: date) -> Region:
    """The region as it was at noon of a local day."""
    moment = datetime.combine(day, time(12), region.passport.zone).astimezone(UTC)
    return replace(region, clock=lambda: moment)

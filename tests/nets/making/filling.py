"""A region through half a year of use, and what was kept of it."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from core.appeals.templates.service import retire_template, write_template
from core.demo.service import fill
from core.indicators.recompute import recompute
from core.kernel.access import system
from core.kernel.codes import ActKind
from core.kernel.incidents.service import raise_incident, resolve_incident
from core.kernel.queue import QueuedJob
from core.kernel.region import Region
from core.law.periods import Periodicity, period_of
from core.region.migrate import migrate
from core.shapes.chains.rules import Ground
from core.structure.involving import record_duties_act
from core.worker.periodic import queue_periodic
from core.worker.runs import run_job
from core.workload.service import propose_staffing
from municipal.model import CentreState
from municipal.service import delegate, record_centre
from tests.core.indicators.centre import Centre as IndicatorCentre
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import open_centre
from tests.nets import telling
from tests.nets.decisions import decisions
from tests.nets.making import cases, figures, structure
from tests.nets.making.cases import Desk
from tests.nets.making.opening import official
from tests.nets.places import HEAD, NOW

TOWN, TOWN_BODY = "zheleznogorsk", "zheleznogorsk-administration"
NUMBERS = {"kursk": 34, "mari_el": 12, "chelyabinsk": 6}
"""Appeals of the demonstration; in the first region others are led through their lives too."""

DEMONSTRATION = datetime(2026, 2, 26, 12, tzinfo=UTC)


async def use(desk: Desk, folder: Path) -> None:
    """All of the product: structure, indicators, appeals, then the jobs of some weeks."""
    desk.clock.moment = DEMONSTRATION
    await fill(desk.region, NUMBERS[desk.region.code])
    desk.clock.at(2026, 3, 2, 8)
    centre = await open_centre(desk.region)
    curator = await official(desk.region, "demo-curator")
    indicators = IndicatorCentre(desk.region, {"curator": curator})
    match desk.region.code:
        case "kursk":
            await figures.set_up(desk, indicators)
            await structure.shape(desk, centre)
            await cases.live(desk, folder)
            await _of_town(desk)
            await _templates(desk)
        case "mari_el":
            await figures.assess(desk, indicators)
            await _of_staff(desk)
        case "chelyabinsk":
            await figures.set_up(desk, indicators)
            await structure.compose(desk, centre)
    await _pass_time(desk)


async def _of_staff(desk: Desk) -> None:
    """What the acts of this region alone know: an act on duties, proposals on staff."""
    keeper, head = (actor_with(desk.region, role) for role in ("administrator", "head"))
    agreed = Ground(ActKind.LETTER, "7 от 01.02.2026", date(2026, 2, 20))
    for number, day in (("3", date(2026, 2, 20)), ("4 от 26.02.2026", date(2026, 2, 27))):
        act = Ground(ActKind.INTERNAL, number, day)
        await desk.act(keeper, record_duties_act, act, agreed, date(2026, 3, 2))
    month = period_of(date(2026, 2, 1), Periodicity.MONTH)
    text = "Один специалист не справляется."
    await desk.act(head, propose_staffing, month, text, 2, "roads")
    await desk.act(head, propose_staffing, month, text, 3)


async def _of_town(desk: Desk) -> None:
    """A municipal centre decided on, then at work with a case; another that was closed."""
    keeper, coordinator = (
        actor_with(desk.region, role) for role in ("administrator", "coordinator")
    )
    for state, ground in (
        (CentreState.DECIDED, "решение городской Думы"),
        (CentreState.WORKING, "постановление № 1 от 02.03.2026"),
    ):
        await desk.act(keeper, record_centre, TOWN, TOWN_BODY, state, ground)
    given = ("lgov", "lgov-administration", CentreState.CLOSED, "постановление № 5")
    await desk.act(keeper, record_centre, *given)
    appeal_id = await desk.take(municipality=TOWN, channel="portal")
    await desk.act(coordinator, delegate, appeal_id, "вопрос местного значения")
    await desk.take(theme="culture", municipality="kursk-city")
    message = {**cases.MESSAGE, "municipality": "kursk-city", "theme": "housing"}
    await desk.take(**message)


async def _templates(desk: Desk) -> None:
    head = actor_with(desk.region, "head")
    for theme in ("roads", None):
        text = "На обращение {номер} от {дата} отвечает {центр}."
        template = await desk.act(head, write_template, theme, "Общий", text)
    await desk.act(head, retire_template, template.id)


async def _pass_time(desk: Desk) -> None:
    """Weeks of periodic jobs, a job that nobody knows, incidents; the last changes not folded."""
    for day in (date(2026, 3, 9), date(2026, 3, 20), date(2026, 4, 3), date(2026, 4, 20)):
        desk.clock.at(day.year, day.month, day.day, 7)
        await _run_jobs(desk.region)
    async with desk.region.work(system()) as work:
        await recompute(work)
        await raise_incident(work, "route/letter", "Маршрут не находит органа", times=3)
        await raise_incident(work, "block/sport", "Некому сообщить")
    async with desk.region.work(system()) as work:
        await resolve_incident(work, "block/sport")
        work.later("nobody.knows", {"appeal": 1})
    await _run_jobs(desk.region)
    desk.clock.moment = NOW
    await desk.take(theme="health")
    async with desk.region.work(system()) as work:
        work.later("escalation.sweep", at=datetime(2026, 5, 1, tzinfo=UTC))


async def _run_jobs(region: Region) -> None:
    await queue_periodic(region)
    async with region.database.reading() as session:
        waiting = (await session.scalars(select(QueuedJob.id).order_by(QueuedJob.id))).all()
    for job_id, _ in itertools.product(waiting, range(8)):
        await run_job(region, job_id)


async def told(region: Region) -> dict[str, telling.Plain]:
    """Everything that is compared later, by the name of its file, once the region is migrated."""
    await migrate(region)
    async with region.database.reading() as session:
        counted, decided = await telling.rows(session), await decisions(session)
    return {
        "rows.json": counted,
        "decisions.json": decided,
        "figures.json": await telling.figures(region),
        "contacts.json": await telling.contacts(region),
        "export.csv": await telling.exported(region, ".csv"),
        "export.jsonl": await telling.exported(region, ".jsonl"),
    }


def keep(code: str, files: dict[str, telling.Plain]) -> None:
    """Write each under the region's name."""
    for name, content in files.items():
        text = content if isinstance(content, str) else _lines(content)
        (HEAD / f"{code}-{name}").write_text(text, encoding="utf-8", newline="")


def _lines(content: telling.Plain) -> str:
    return json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n"

"""The same counts by months, weeks or days of receipt: each out of what is kept counted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import strawberry

from core.appeals.analysis import Figures
from core.appeals.content import searcher
from core.appeals.figures.subject import APPEALS, Dimension, Figure
from core.appeals.observations.known import check_known
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.law.periods import midnight
from core.law.russian import Code
from core.shapes.figures.analysis import figures_of, span_for
from schema.appeals.counts import AppealCount, found
from schema.appeals.queries import Asked, criteria
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs

MOST_STRETCHES = 100
MONTHS = 12


class Every(Code):
    """How long a stretch of time is, by the region's calendar."""

    MONTH = "month", "месяц"
    WEEK = "week", "неделя с понедельника"
    DAY = "day", "день"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch from one aware moment to before another, and its figures."""

    received_from: datetime
    received_before: datetime
    counts: list[Figures]


@strawberry.type(description="Отрезок времени; его границы годятся для отбора списка")
class AppealStretch:
    """Resolved from `Stretch`."""

    received_from: datetime = field("Поступило в этот момент или позже")
    received_before: datetime = field("Поступило раньше этого момента")
    counts: list[AppealCount] = field("Сколько обращений; сначала крупные группы")


def stretches(
    every: Every, since: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches that the period meets, in their order, cut to it; moments are aware UTC."""
    begins = since
    while begins < until:
        ends = min(midnight(_next(every, local_date(begins, zone)), zone), until)
        yield begins, ends
        begins = ends


def _next(every: Every, day: date) -> date:
    """The first day after the stretch that the day lies in."""
    if every is Every.MONTH:
        return date(day.year + day.month // MONTHS, day.month % MONTHS + 1, 1)
    return day + timedelta(days=7 - day.weekday() if every is Every.WEEK else 1)


async def _timeline(
    info: Info,
    every: Annotated[Every, strawberry.argument(description="Какими отрезками")],
    by: Annotated[list[Dimension], strawberry.argument(description="По чему ещё группировать")],
    asked: Asked = None,
) -> list[Stretch]:
    wanted, context = criteria(asked, info), info.context
    since, until = wanted.received_from, wanted.received_before
    if since is None or until is None:
        raise Refusal(
            RefusalCode.INVALID, "Укажите период: с какого и до какого момента поступили обращения"
        )
    parts = list[tuple[datetime, datetime]]()
    for part in stretches(every, since, until, context.zone):
        if len(parts) == MOST_STRETCHES:
            text = f"Отрезков больше {MOST_STRETCHES}: сузьте период или возьмите отрезки длиннее"
            raise Refusal(RefusalCode.TOO_MUCH, text)
        parts.append(part)
    actor, told = searcher(context.actor, wanted), list[Stretch]()
    async with context.reading() as work:
        await check_known(work, wanted)
        for begins, ends in parts:
            within = replace(wanted, received_from=begins, received_before=ends)
            span = span_for(APPEALS, by, actor, within, context.zone)
            query = found(context, by, within, span, tuple(Figure))
            rows = (await work.session.execute(query)).all()
            told.append(Stretch(begins, ends, figures_of(Figures, by, tuple(Figure), rows)))
    return told


@strawberry.type
class TimelineQuery:
    """Figures over time."""

    appeal_timeline: list[AppealStretch] = field(
        "Сколько обращений поступило по месяцам, неделям или дням периода, с разбивкой",
        _timeline,
        needs(Permission.READ_APPEALS),
    )

"""The region's classifier for commands: what of it may be chosen now, and what it names in vain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from core.appeals.classifier.model import Category
from core.commands.finding import Finding, Matter
from core.directory.rules.bodies import Theme
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.kernel.work import Work
from core.region.upkeep.states import State

MOST_NAMED = 3


async def classifier_finding(region: Region) -> Finding:
    """How many of its rows hold today and are in season; whether the law knows what they name."""
    async with region.reading(system()) as work:
        query = select(Category).where(Category.holds(work.today)).order_by(Category.id)
        rows = (await work.session.scalars(query)).all()
        lost = list(_lost(work, rows))
        offered = sum(row.in_season(work.today) for row in rows)
    if not rows:
        return Finding(Matter.CLASSIFIER, State.WELL, "не загружен", region.code)
    if lost:
        more = f" и ещё {len(lost) - MOST_NAMED}" if len(lost) > MOST_NAMED else ""
        text = f"{'; '.join(lost[:MOST_NAMED])}{more}: загрузите новую редакцию"
        return Finding(Matter.CLASSIFIER, State.WARNING, text, region.code)
    since = max(row.since for row in rows)
    text = f"строк {len(rows)}, в сезоне {offered}, последняя редакция с {since:%d.%m.%Y}"
    return Finding(Matter.CLASSIFIER, State.WELL, text, region.code)


def _lost(work: Work, rows: Sequence[Category]) -> Iterator[str]:
    """Rows that name a theme or a place which the law has no more."""
    for row in rows:
        if row.theme and work.rules.find(Theme, row.theme, work.today) is None:
            yield f"«{row.key}»: тематики «{row.theme}» больше нет"
        if row.municipality and not work.rules.find(Municipality, row.municipality, work.today):
            yield f"«{row.key}»: муниципального образования «{row.municipality}» больше нет"

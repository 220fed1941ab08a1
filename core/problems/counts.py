"""How many appeals there are by theme and municipality in stretches of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.appeals.figures.subject import APPEALS, Dimension, Figure
from core.appeals.queries import AppealFilter, View
from core.directory.rules.bodies import Theme
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Municipality
from core.kernel.rules.territories import successors
from core.kernel.work import Work
from core.shapes.figures.reading import Wanted, cut_of
from core.shapes.figures.remembered import Counts, counts_in
from core.shapes.figures.weekly import Stretch, in_all

BY = (Dimension.THEME, Dimension.MUNICIPALITY)

MOST_ROWS = 200_000
"""Who sees by body has no cells by theme and place: so many appeals are counted one by one."""

Key = tuple[str | None, str | None]
"""A theme and a municipality; None for what has none that stands."""


async def counts_of(work: Work, view: View | None, stretches: Sequence[Stretch]) -> Counts:
    """How many there are by theme and municipality in each stretch, of what the actor may see.

    Refuses TOO_MUCH what has to be counted one by one and is more than MOST_ROWS.
    """
    criteria = AppealFilter(view=view)
    cut = cut_of(APPEALS, BY, work.actor, criteria)
    if cut is None:
        every = await work.session.scalar(in_all(APPEALS, stretches)) or 0
        if every > MOST_ROWS:
            text = f"Обращений больше {MOST_ROWS}: по одному их не сосчитать, сузьте период"
            raise Refusal(RefusalCode.TOO_MUCH, text)
    wanted = Wanted(APPEALS, BY, (Figure.TOTAL,), work.actor, work.now, criteria)
    seen = work.actor.scopes(Permission.READ_APPEALS)
    return await counts_in(work, wanted, cut, stretches, (seen, view))


def keys_of(work: Work, on: date) -> list[Key]:
    """Every theme in every municipality of the day."""
    themes = [one.key for one in work.rules.all(Theme, on)]
    places = [one.key for one in work.rules.all(Municipality, on)]
    return [(theme, place) for theme in themes for place in places]


def placed(
    work: Work, counts: Counts, keys: Sequence[Key], stretches: int, on: date
) -> dict[Key, list[int]]:
    """The counts of each cell by stretch; what stands no more counts for what took its place."""
    found = {key: [0] * stretches for key in keys}
    themes = {theme for theme, _ in keys}
    heirs: dict[str | None, str | None] = {None: None}
    for (theme, place), some in counts.items():
        if place not in heirs:
            after = successors(work.rules, place or "", on)
            heirs[place] = after[0] if len(after) == 1 else None
        key = (theme if theme in themes else None, heirs[place])
        own = found.get(key)
        found[key] = [*some] if own is None else [a + b for a, b in zip(own, some, strict=True)]
    return found

"""How the numbers of a summary are to be read: a day before the first appeal has none, not zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from core.appeals.observations.table import as_known, first_day
from core.kernel.work import Work
from core.law.periods import Period
from core.shapes.figures.marks import Cell, CellMark
from core.summaries.model import Stretch

COUNTED = Cell(Fraction(1), 1, CellMark.VALUE)
NO_DATA, STAR = "нет данных", "*"
STARRED = "* Не весь период: первые обращения поступили позже его начала."


async def marks_of(
    work: Work, stretches: Iterable[tuple[Stretch, Period]]
) -> Mapping[Stretch, CellMark]:
    """Of each stretch: a value, a part of one, or missing where it ended before all appeals."""
    first = await first_day(work)
    return {
        stretch: as_known(work, COUNTED, *days.bounds(work.zone), first).mark
        for stretch, days in stretches
    }


def marked(number: int, mark: CellMark) -> tuple[int | None, str]:
    """A number and its mark as a figure keeps them."""
    if mark is CellMark.MISSING:
        return None, mark.value
    if mark is CellMark.VALUE and not number:
        return 0, CellMark.ZERO.value
    return number, mark.value


def mark_of(figure: Mapping[str, Any], stretch: Stretch) -> CellMark:
    """How a figure's number of a stretch is to be read; those of older summaries are numbers."""
    found = figure.get("marks", {}).get(stretch.value)
    if found is not None:
        return CellMark(found)
    return CellMark.VALUE if figure[stretch.value] else CellMark.ZERO


def said(figure: Mapping[str, Any], stretch: Stretch) -> str:
    """The number in words of a table: «12», «12*» of a part of the days, «нет данных»."""
    number = figure[stretch.value]
    return NO_DATA if number is None else f"{number}{_star(figure, stretch)}"


def changed(figure: Mapping[str, Any], stretch: Stretch) -> str:
    """«+3», «−2», «0»: so much more or less than then; nothing where one of both is not known."""
    now, then = figure[Stretch.PERIOD.value], figure[stretch.value]
    if now is None or then is None:
        return NO_DATA
    more = now - then
    star = _star(figure, Stretch.PERIOD) or _star(figure, stretch)
    return (f"+{more}" if more > 0 else f"−{-more}" if more else "0") + star


def starred(figures: Iterable[Mapping[str, Any]]) -> bool:
    """Whether some number is of a part of its days, and `STARRED` has to be said."""
    return any(_star(one, stretch) for one in figures for stretch in Stretch)


def _star(figure: Mapping[str, Any], stretch: Stretch) -> str:
    return STAR if mark_of(figure, stretch) is CellMark.BREAK else ""

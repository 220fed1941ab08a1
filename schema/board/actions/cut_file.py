"""The page of figures as a file: both its tables, beside every value how to read it."""

from __future__ import annotations

from collections.abc import Mapping

from core.kernel.codes import Permission
from schema.board.pages.figures import (
    PERIODS,
    by_times,
    column_of,
    dimensions_in,
    exactly,
    labels_of,
    marked,
    table,
)
from schema.board.pages.open_figures import open_rows
from schema.board.saved import PageContext


async def figures_of(context: PageContext, asked: Mapping[str, str]) -> list[list[object]]:
    """The page's tables as a file has them: beside every value its cases and how to read it.

    What the page tells by the time of receipt stands below, after an empty line.
    """
    if not context.actor.may(Permission.READ_APPEALS):
        return await open_rows(context, asked)
    told = await table(context, asked)
    by, names = dimensions_in(context, asked), labels_of(context, "Dimension")
    heads: list[object] = [names[one] for one in by]
    for place in range(len(PERIODS)):
        title = column_of(told, place)
        heads += [title, f"{title}: обращений", f"{title}: как читать"]
    rows = [heads]
    for row, title in [*((one, "") for one in told["rows"]), (told["total"], "Все вместе")]:
        values: list[object] = [one["name"] or one["key"] or "не указано" for one in row["group"]]
        values = values or [title, *("" for _ in by[1:])]
        for cell in row["cells"]:
            values += [exactly(cell), cell["cases"], marked(context, cell)]
        rows.append(values)
    timed = await by_times(context, asked, told)
    if timed is not None:
        title = column_of(told, 0)
        name = labels_of(context, "ReceiptTime")[asked["each"]]
        rows += [[], [name, title, f"{title}: обращений", f"{title}: как читать"]]
        rows += [
            [one["values"][0], _whole(one["value"]), one["cases"], marked(context, one)]
            for one in timed
        ]
    return rows


def _whole(value: float | None) -> float | int | None:
    """A number, whole where it is."""
    return int(value) if value is not None and value == int(value) else value

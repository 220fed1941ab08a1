"""Figures for readers without the right to cases: the tables that are open to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from core.appeals.figures.subject import Dimension
from core.appeals.observations.published import LIST, LISTED, Listed
from core.appeals.observations.statistic import Statistic
from core.appeals.rules.intake import Channel, Regime
from core.appeals.rules.lifecycle import Outcome
from core.directory.rules.bodies import Theme
from core.kernel.codes import RefusalCode
from core.kernel.rules.passport import Municipality
from core.law.periods import Period, Periodicity, period_called, period_name, period_of, previous
from core.law.russian import Code
from schema.board.lists.appeals import views_of
from schema.board.saved import Failed, PageContext
from schema.board.words.periods import offered
from schema.board.words.values import Codes, number

ROOM = "figures"
CODES: Mapping[Dimension, type[Code]] = {Dimension.REGIME: Regime, Dimension.OUTCOME: Outcome}
TABLES: Mapping[str, Listed] = {"+".join(one.by): one for one in LIST}
RULES: Mapping[Dimension, type[Theme] | type[Municipality] | type[Channel]] = {
    Dimension.THEME: Theme,
    Dimension.MUNICIPALITY: Municipality,
    Dimension.CHANNEL: Channel,
}


async def make(context: PageContext, asked: Mapping[str, str]) -> Mapping[str, Any]:
    """The table of the list that the address asks for, of one month."""
    listed, measure, month = _wanted(context, asked)
    told = await _table(context, listed, measure, month)
    return {
        "tables": {key: one.title for key, one in TABLES.items()},
        "table": "+".join(listed.by),
        "measures": {one.value: one.label for one in sorted(listed.measures)},
        "measure": measure,
        "month": (name := period_name(month, Periodicity.MONTH)),
        "periods": offered(context.today, (Periodicity.MONTH,), name, over=True),
        "heads": [one.label for one in listed.by],
        "rows": [
            {**one, "said": number(one["said"]), "marked": _marked(context, one)} for one in told
        ],
        "file": urlencode(asked),
        "asked": asked,
        "token": context.token,
        **await views_of(context, ROOM, asked),
    }


async def open_rows(context: PageContext, asked: Mapping[str, str]) -> list[list[object]]:
    """The same table as a file has it."""
    listed, measure, month = _wanted(context, asked)
    told = await _table(context, listed, measure, month)
    heads = [*(one.label for one in listed.by), measure.label, "обращений", "как читать"]
    rows = ([*one["names"], one["said"], one["cases"], _marked(context, one)] for one in told)
    return [heads, *rows]


async def _table(
    context: PageContext, listed: Listed, measure: Statistic, month: Period
) -> list[dict[str, Any]]:
    found = await context.ask(
        "Published",
        measure=measure.name,
        by=[one.name for one in listed.by],
        since=month.start.isoformat(),
        until=month.last_day.isoformat(),
    )
    rows = [
        {
            **row,
            "names": _names(context, listed, row["values"], month),
            "said": None if row["value"] is None else int(row["value"]),
        }
        for row in found["publishedFigures"]
    ]
    return sorted(rows, key=lambda row: (-(row["said"] or 0), row["names"]))


def _wanted(context: PageContext, asked: Mapping[str, str]) -> tuple[Listed, Statistic, Period]:
    """What the address asks for; by themes, of the last month, where it says nothing."""
    month = previous(period_of(context.today, Periodicity.MONTH))
    try:
        listed = TABLES[asked.get("table") or next(iter(TABLES))]
        measure = Statistic(asked.get("measure") or Statistic.COUNT)
        if asked.get("period"):
            month = period_called(asked["period"], (Periodicity.MONTH,))
    except (KeyError, ValueError) as error:
        raise Failed(RefusalCode.INVALID, f"{LISTED}.") from error
    return listed, measure, month


def _names(context: PageContext, listed: Listed, values: list[str], month: Period) -> list[str]:
    named = zip(listed.by, values, strict=True)
    return [_name(context, one, value, month) for one, value in named]


def _name(context: PageContext, by: Dimension, value: str, month: Period) -> str:
    if by in CODES:
        return CODES[by](value).label
    rule = context.region.rules.find(RULES[by], value, month.last_day)
    return rule.name if rule else value


def _marked(context: PageContext, cell: Mapping[str, Any]) -> str:
    return Codes(context.endpoint.types)(cell["mark"], "CellMark")

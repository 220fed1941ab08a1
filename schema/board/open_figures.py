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
from schema.board.lists import views_of
from schema.board.periods import offered
from schema.board.saved import Desk, Failed
from schema.board.words import Codes, number

ROOM = "figures"
CODES: Mapping[Dimension, type[Code]] = {Dimension.REGIME: Regime, Dimension.OUTCOME: Outcome}
TABLES: Mapping[str, Listed] = {"+".join(one.by): one for one in LIST}
RULES: Mapping[Dimension, type[Theme] | type[Municipality] | type[Channel]] = {
    Dimension.THEME: Theme,
    Dimension.MUNICIPALITY: Municipality,
    Dimension.CHANNEL: Channel,
}


async def make(desk: Desk, asked: Mapping[str, str]) -> Mapping[str, Any]:
    """The table of the list that the address asks for, of one month."""
    listed, measure, month = _wanted(desk, asked)
    told = await _table(desk, listed, measure, month)
    return {
        "tables": {key: one.title for key, one in TABLES.items()},
        "table": "+".join(listed.by),
        "measures": {one.value: one.label for one in sorted(listed.measures)},
        "measure": measure,
        "month": (name := period_name(month, Periodicity.MONTH)),
        "periods": offered(desk.today, (Periodicity.MONTH,), name, over=True),
        "heads": [one.label for one in listed.by],
        "rows": [
            {**one, "said": number(one["said"]), "marked": _marked(desk, one)} for one in told
        ],
        "file": urlencode(asked),
        "asked": asked,
        "token": desk.token,
        **await views_of(desk, ROOM, asked),
    }


async def open_rows(desk: Desk, asked: Mapping[str, str]) -> list[list[object]]:
    """The same table as a file has it."""
    listed, measure, month = _wanted(desk, asked)
    told = await _table(desk, listed, measure, month)
    heads = [*(one.label for one in listed.by), measure.label, "обращений", "как читать"]
    rows = ([*one["names"], one["said"], one["cases"], _marked(desk, one)] for one in told)
    return [heads, *rows]


async def _table(
    desk: Desk, listed: Listed, measure: Statistic, month: Period
) -> list[dict[str, Any]]:
    found = await desk.ask(
        "Published",
        measure=measure.name,
        by=[one.name for one in listed.by],
        since=month.start.isoformat(),
        until=month.last_day.isoformat(),
    )
    rows = [
        {
            **row,
            "names": _names(desk, listed, row["values"], month),
            "said": None if row["value"] is None else int(row["value"]),
        }
        for row in found["publishedFigures"]
    ]
    return sorted(rows, key=lambda row: (-(row["said"] or 0), row["names"]))


def _wanted(desk: Desk, asked: Mapping[str, str]) -> tuple[Listed, Statistic, Period]:
    """What the address asks for; by themes, of the last month, where it says nothing."""
    month = previous(period_of(desk.today, Periodicity.MONTH))
    try:
        listed = TABLES[asked.get("table") or next(iter(TABLES))]
        measure = Statistic(asked.get("measure") or Statistic.COUNT)
        if asked.get("period"):
            month = period_called(asked["period"], (Periodicity.MONTH,))
    except (KeyError, ValueError) as error:
        raise Failed(RefusalCode.INVALID, f"{LISTED}.") from error
    return listed, measure, month


def _names(desk: Desk, listed: Listed, values: list[str], month: Period) -> list[str]:
    named = zip(listed.by, values, strict=True)
    return [_name(desk, one, value, month) for one, value in named]


def _name(desk: Desk, by: Dimension, value: str, month: Period) -> str:
    if by in CODES:
        return CODES[by](value).label
    rule = desk.region.rules.find(RULES[by], value, month.last_day)
    return rule.name if rule else value


def _marked(desk: Desk, cell: Mapping[str, Any]) -> str:
    return Codes(desk.endpoint.types)(cell["mark"], "CellMark")

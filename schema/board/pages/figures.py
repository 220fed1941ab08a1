"""Figures in a cut of the reader's choice: measure, dimensions, period, filter of an address."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from core.appeals.observations.beside import MOST_DIMENSIONS
from core.kernel.codes import Permission, RefusalCode
from core.law.periods import Periodicity, period_name, period_of, previous
from schema.board.lists.address import FILTERS, chosen, one_of, written
from schema.board.lists.appeals import views_of
from schema.board.lists.filters import EVER, FLAG_NAMES, beside, choices_of, narrowed
from schema.board.lists.moved import carrying
from schema.board.pages import open_figures
from schema.board.saved import Failed, PageContext
from schema.board.words.periods import offered
from schema.board.words.values import Codes, day, number, stretch

ROOM = "figures"
BY = ("by", "and", "also")
"""Names of the dimensions in an address, one after the other."""

ANSWERED = dict((EVER,))
BEHIND: Mapping[str, Mapping[str, str]] = {
    "SOLVED_SHARE": ANSWERED,
    "REWORKED_SHARE": ANSWERED,
    "RESPONSE_SHARE": ANSWERED,
    "MEAN_DAYS": ANSWERED,
    "ON_TIME_SHARE": {"established": "1"},
    "SATISFACTION": {"rated": "1"},
    "ANSWERED": ANSWERED,
    "SOLVED": {"outcome": "SOLVED", "state": "ANSWERED,CLOSED"},
    "OVERDUE": {"overdue": "1"},
    "REWORKED": {"reworked": "1"},
}
"""Which of a group's cases stand behind a measure: counted, or shared out; of others all."""

COUNTS = frozenset({"COUNT", "ANSWERED", "SOLVED", "OVERDUE", "REWORKED"})
"""Measures that are themselves numbers of cases."""

PERIODS = ("Период", "Предыдущий", "Год назад")
OF_THE_FORM = frozenset({*BY, "measure", "period", "each"})
OF_A_TABLE = OF_THE_FORM | FILTERS | {"table"}


async def make(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The table that the address asks for; of the last whole month where it names no period.

    Who may not read cases is shown what is open to everybody.
    """
    if not context.actor.may(Permission.READ_APPEALS):
        return {"template": "open_figures.html", **await open_figures.make(context, asked)}
    measure, by = measure_in(context, asked), dimensions_in(context, asked)
    choices = await choices_of(context)
    wanted = _filter(context, asked)
    return {
        **await _told(context, asked, measure, wanted),
        "files": await ordered_files(context),
        "measures": labels_of(context, "Statistic"),
        "dimensions": labels_of(context, "Dimension"),
        "measure": measure,
        "counted": measure in COUNTS,
        "by": [*by, *[""] * (len(BY) - len(by))],
        "names": BY,
        "times": labels_of(context, "ReceiptTime"),
        "periods": offered(context.today, tuple(Periodicity), _period(context, asked)),
        "each": _each(context, asked),
        "choices": choices,
        "flags": FLAG_NAMES,
        "narrowed": narrowed(
            {key: asked[key] for key in asked if key not in OF_THE_FORM}, choices, context.zone
        ),
        "beside": beside(asked),
        "file": urlencode(asked),
        "asked": asked,
        "token": context.token,
        **await views_of(context, ROOM, asked),
    }


async def _told(
    context: PageContext, asked: Mapping[str, str], measure: str, wanted: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The table; `over` says why it is shown nowhere but in a file."""
    try:
        told = await table(context, asked)
        timed = await _timed(context, asked, measure, told)
    except Failed as failed:
        if failed.code != RefusalCode.TOO_MUCH:
            raise
        return {"over": failed.text}
    return {
        "over": None,
        "notes": [_note(context, told, number) for number in range(len(PERIODS))],
        "columns": [column_of(told, number) for number in range(len(PERIODS))],
        "rows": [_line(context, measure, wanted, told, row) for row in told["rows"]],
        "total": _line(context, measure, wanted, told, told["total"]),
        "timed": timed,
    }


async def ordered_files(context: PageContext) -> list[Mapping[str, Any]]:
    """The reader's own orders of files."""
    return list((await context.ask("Tabulations"))["tabulations"])


def ordered(context: PageContext, asked: Mapping[str, str]) -> dict[str, Any]:
    """What an order of the address's table says."""
    given = {
        "measure": measure_in(context, asked),
        "by": dimensions_in(context, asked),
        "period": _period(context, asked),
        "filter": _filter(context, asked),
    }
    each = _each(context, asked)
    return given if each is None else {**given, "each": each}


async def table(context: PageContext, asked: Mapping[str, str]) -> Mapping[str, Any]:
    """The cut of the API that an address means."""
    given = {name: one for name, one in ordered(context, asked).items() if name != "each"}
    return dict((await context.ask("Cut", **given))["appealCut"])


def _each(context: PageContext, asked: Mapping[str, str]) -> str | None:
    return one_of(asked, "each", context.endpoint.types["ReceiptTime"].values)


async def by_times(
    context: PageContext, asked: Mapping[str, str], told: Mapping[str, Any]
) -> list[Mapping[str, Any]] | None:
    """The measure over the period by when appeals came; None where the address names no time."""
    each = _each(context, asked)
    if each is None:
        return None
    within = {**_filter(context, asked), **_within(told["periods"][0])}
    measure = measure_in(context, asked)
    found = await context.ask("Timed", measure=measure, each=each, filter=within)
    return list(found["appealFigures"])


async def _timed(
    context: PageContext, asked: Mapping[str, str], measure: str, told: Mapping[str, Any]
) -> list[Mapping[str, Any]] | None:
    found = await by_times(context, asked, told)
    if found is None:
        return None
    return [
        {
            "name": stretch(one["values"][0]),
            "said": "—" if one["value"] is None else said_of(measure, one["value"]),
            "cases": one["cases"],
            "marked": "" if one["mark"] in ("VALUE", "ZERO") else marked(context, one),
        }
        for one in found
    ]


def measure_in(context: PageContext, asked: Mapping[str, str]) -> str:
    """The measure of an address; the number of cases where it names none."""
    return one_of(asked, "measure", context.endpoint.types["Statistic"].values) or "COUNT"


def dimensions_in(context: PageContext, asked: Mapping[str, str]) -> list[str]:
    """The dimensions of an address, each once; themes of none. Refuses a strange one."""
    known = context.endpoint.types["Dimension"].values
    found = [*dict.fromkeys(asked[one] for one in BY if asked.get(one))]
    if not set(found) <= known.keys():
        raise Failed(RefusalCode.INVALID, "Такого признака нет")
    return found[:MOST_DIMENSIONS] or ["THEME"]


def _period(context: PageContext, asked: Mapping[str, str]) -> str:
    """The period of an address, as it is written; the last whole month where it names none."""
    month = previous(period_of(context.today, Periodicity.MONTH))
    return asked.get("period") or period_name(month, Periodicity.MONTH)


def exactly(cell: Mapping[str, Any]) -> float | int | None:
    """The value of a cell as a number, whole where it is."""
    if cell["value"] is None:
        return None
    exact = Fraction(cell["value"]["exact"])
    return exact.numerator if exact.denominator == 1 else float(exact)


def said(measure: str, cell: Mapping[str, Any]) -> str:
    """The value of a cell as people read it: shares in hundredths, others to a hundredth."""
    value = exactly(cell)
    return "—" if value is None else said_of(measure, value)


def said_of(measure: str, value: float) -> str:
    """A value as people read it."""
    if measure.endswith("_SHARE"):
        return f"{number(round(100 * value, 1))} %"
    return number(round(value, 2))


def _filter(context: PageContext, asked: Mapping[str, str]) -> dict[str, Any]:
    found = chosen(asked, context.zone).items()
    return {name: value for name, value in found if not name.startswith("received")}


def labels_of(context: PageContext, of: str) -> dict[str, str]:
    """What the values of a type are called, by key."""
    return {key: one.description for key, one in context.endpoint.types[of].values.items()}


def column_of(told: Mapping[str, Any], place: int) -> str:
    """The heading of one of the PERIODS."""
    period = told["periods"][place]
    return f"{PERIODS[place]}: {day(period['since'])}–{day(period['lastDay'])}"


def _note(context: PageContext, told: Mapping[str, Any], place: int) -> str:
    """What a whole column has to say at once: of no such period, of one that is not over yet."""
    cells = [row["cells"][place] for row in (*told["rows"], told["total"])]
    if {one["mark"] for one in cells} == {"MISSING"}:
        return marked(context, cells[0])
    early = (one for one in cells if one["mark"] == "PROVISIONAL")
    return next((marked(context, one) for one in early), "")


def _line(
    context: PageContext,
    measure: str,
    wanted: Mapping[str, Any],
    told: Mapping[str, Any],
    row: Mapping[str, Any],
) -> Mapping[str, Any]:
    keys = {_address(one["dimension"]): one["key"] or "" for one in row["group"]}
    pairs = {**{name: written(value) for name, value in wanted.items()}, **keys}
    cells = [
        {
            **cell,
            "said": said(measure, cell),
            "marked": marked(context, cell),
            "link": _link(context, measure, {**pairs, **_within(told["periods"][place])}, cell),
        }
        for place, cell in enumerate(row["cells"])
    ]
    return {"group": row["group"], "cells": cells}


def _within(period: Mapping[str, str]) -> dict[str, str]:
    return {name: period[name] for name in ("receivedFrom", "receivedBefore")}


def _link(
    context: PageContext, measure: str, pairs: Mapping[str, str], cell: Mapping[str, Any]
) -> str | None:
    """The list of a cell, with how many cases it has: the value where the measure counts them."""
    cases, link = (exactly(cell) if measure in COUNTS else cell["cases"]), _cases(measure, pairs)
    return link and carrying(context, link, int(cases or 0))


def _cases(measure: str, pairs: Mapping[str, str]) -> str | None:
    """The list of exactly the cases behind a cell; None where there can be none."""
    found = dict(pairs)
    for name, value in BEHIND.get(measure, {}).items():
        if name == EVER[0]:
            found.setdefault(*EVER)
            continue
        both = [one for one in value.split(",") if one in found.get(name, value).split(",")]
        if not both:
            return None
        found[name] = ",".join(both)
    return "appeals?" + urlencode(found)


def marked(context: PageContext, cell: Mapping[str, Any]) -> str:
    """How a cell is to be read."""
    return Codes(context.endpoint.types)(cell["mark"], "CellMark")


def _address(dimension: str) -> str:
    """What a dimension is called in an address: `dueRule`."""
    head, *rest = dimension.lower().split("_")
    return head + "".join(map(str.capitalize, rest))

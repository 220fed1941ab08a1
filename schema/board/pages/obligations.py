"""What is owed: the year by months, and what the reader owes himself before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from core.kernel.codes import RefusalCode
from core.obligations.rules import ObligationState
from schema.board.lists.moved import Fresh, carrying, since
from schema.board.pages.documents import number_of
from schema.board.saved import Failed, PageContext
from schema.board.words.values import capitalize, local, moment_in, month, plain

ROOM, PLACE = "Обязанности", "obligations"
OWN, DONE = "own", "done"
"""Parts of the page; a month is a part too."""

OPEN = frozenset({ObligationState.RUNNING.name, ObligationState.OVERDUE.name})
MARKS = {
    ObligationState.OVERDUE.name: "late",
    ObligationState.MISSED.name: "late",
    ObligationState.RUNNING.name: "soon",
    ObligationState.MET.name: "good",
}
"""How a state is marked; the word stands beside it, so that colour is never alone."""


async def make(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The obligations of the year in the address, this one where it names none."""
    year = _year(asked.get("year") or str(context.today.year))
    found = await context.ask("Obligations", year=year)
    blocks = {one["key"]: one["name"] for one in found["blocks"]}
    for one in (*found["obligations"], *found["myObligations"]):
        one["mark"] = MARKS.get(one["state"], "plain")
        one["of"] = blocks.get(one["block"])
        one["number"] = number_of(one["document"]) if one["document"] else None
    own = [one for one in found["myObligations"] if one["state"] in OPEN]
    done = [one for one in found["myObligations"] if one["state"] not in OPEN]
    months = by_month(found["obligations"])
    parts = {OWN: own, DONE: done, **{f"m{one[0]['due'][:7]}": one for _, one in months}}
    became = [await since(context, asked, len(rows), _fresh(context, one, rows), one)
              for one, rows in parts.items()]  # fmt: skip
    links = {
        one: carrying(context, f"?year={year}#{one}", len(rows), one) for one, rows in parts.items()
    }
    return {
        "year": year,
        "own": own,
        "done": done,
        "months": months,
        "links": links,
        "moved": next((one for one in became if one), None),
        "token": context.token,
        **dict.fromkeys(("given", "revoked"), ""),
    }


def _fresh(context: PageContext, part: str, rows: Sequence[Mapping[str, Any]]) -> Fresh:
    """What has come into a list since: owed from a later day, or done meanwhile."""

    def came(one: Mapping[str, Any], at: datetime) -> bool:
        if part == DONE:
            ended = moment_in(one["doneAt"] or "")
            return ended is not None and ended > at
        return part == OWN and date.fromisoformat(one["start"]) > local(at, context.zone)

    async def fresh(at: datetime) -> tuple[Sequence[tuple[str, str]], int]:
        found = [(one["name"], f"{PLACE}#{part}") for one in rows if came(one, at)]
        return found, len(found)

    return fresh


def by_month(owed: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Obligations in the order of their days, under the months of these days.

    What a year asks for may be due in the next one.
    """
    months = groupby(owed, lambda one: date.fromisoformat(one["due"]).replace(day=1))
    return [(capitalize(month(f"{day:%Y-%m}")), list(found)) for day, found in months]


def _year(text: str) -> int:
    year = plain(text)
    if year is None or len(text) != 4:
        raise Failed(RefusalCode.INVALID, "Год — четыре цифры")
    return year

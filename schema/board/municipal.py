"""The morning of one municipality, with what the register and the directory say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from core.kernel.rules.passport import Municipality
from schema.board import morning
from schema.board.posted import plain
from schema.board.saved import Desk, Failed

ROLES = ("curators", "heads", "administrators")


async def make(desk: Desk, _asked: Mapping[str, str], named: str) -> Mapping[str, Any]:
    """The morning bound to a municipality of today, by its key or its number in the register."""
    place = _found(desk, named)
    shown = await morning.within(desk, {"municipality": [place.key]})
    told = await desk.ask("Municipal", key=place.key, on=desk.today.isoformat())
    return {
        **shown,
        "title": place.name,
        "room": "Утро",
        "heading": place.name,
        "place": next(one for one in told["municipalities"] if one["key"] == place.key),
        "own_bodies": told["bodies"],
        "people": _people(told, place.key),
        "links": _links(place.key),
    }


def _found(desk: Desk, named: str) -> Municipality:
    known = desk.region.rules.all(Municipality, desk.today)
    number = plain(named)
    if number is not None and 0 < number <= len(known):
        return known[number - 1]
    found = next((one for one in known if one.key == named), None)
    if found is None:
        raise Failed("NOT_FOUND", "Такого муниципального образования в реестре нет")
    return found


def _people(told: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Who holds a role of the municipal centre here, once for each of their roles."""
    held = (one for role in ROLES for one in told[role] or ())
    return [one for one in held if key in one["appointment"]["municipalities"]]


def _links(key: str) -> Sequence[tuple[str, str]]:
    def cases(**more: str) -> str:
        return "appeals?" + urlencode({"municipality": key, **more})

    return (
        ("Все обращения", cases()),
        ("Открытые, по сроку", cases(state=",".join(morning.OPEN), order="DUE_SOONEST")),
        ("Просроченные", cases(state=",".join(morning.OPEN), overdue="1", order="DELAY")),
        ("Ответ вернулся", cases(undelivered="1")),
        ("Карта региона", "map"),
        ("Структура", "structure"),
    )

"""The morning of one municipality, with what the register and the directory say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from core.kernel.rules.passport import Municipality
from schema.board.pages import morning
from schema.board.pages.numbers import OPEN
from schema.board.saved import Failed, PageContext
from schema.board.words.values import capitalize, plain

ROLES = ("curators", "heads", "administrators")
KINDS = {
    "г": "город", "нп": "населённый пункт", "п": "посёлок", "пгт": "посёлок городского типа",
    "рп": "рабочий посёлок", "с": "село", "сл": "слобода",
}  # fmt: skip
"""What the register calls a place in letters, in words."""


async def make(context: PageContext, _asked: Mapping[str, str], named: str) -> Mapping[str, Any]:
    """The morning bound to a municipality of today, by its key or its number in the register."""
    place = _found(context, named)
    shown = await morning.within(context, {"municipality": [place.key]})
    told = await context.ask("Municipal", key=place.key, on=context.today.isoformat())
    return {
        **shown,
        "title": capitalize(place.name),
        "room": "Утро",
        "heading": capitalize(place.name),
        "place": next(one for one in told["municipalities"] if one["key"] == place.key),
        "seat": seat_in_words(place.seat),
        "own_bodies": told["bodies"],
        "people": _people(told, place.key),
        "links": _links(place.key),
    }


def seat_in_words(seat: str) -> str:
    """«село Большое Солдатское» for «с Большое Солдатское»; a seat without a kind as it is."""
    kind, gap, name = seat.partition(" ")
    return f"{KINDS[kind]} {name}" if gap and kind in KINDS else seat


def _found(context: PageContext, named: str) -> Municipality:
    known = context.region.rules.all(Municipality, context.today)
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
        ("Открытые, по сроку", cases(state=",".join(OPEN), order="DUE_SOONEST")),
        ("Просроченные", cases(state=",".join(OPEN), overdue="1", order="DELAY")),
        ("Ответ вернулся", cases(undelivered="1")),
        ("Карта региона", "map"),
        ("Структура", "structure"),
    )

"""A place or a band in words, neutral ones, out of what a rating says as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.ratings.rules import PeersBy, Rated
from core.shapes.figures.marks import CellMark
from core.statistics.places import Band

TOO_FEW = "мало обращений"
WITHOUT = {CellMark.TOO_FEW: TOO_FEW, CellMark.NOT_APPLICABLE: "сравнить не с кем"}
"""Of who has neither place nor band, why."""

AMONG_THE_FIRST = "среди первых"
"""Of a leader who leads by the weights alone."""


def standing(told: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    """«место 2», «места 1–3», «среди первых», «как ожидалось», «мало обращений».

    An entry that is shown without the others has its words with it.
    """
    if "standing" in entry:
        return str(entry["standing"])
    if entry["mark"] != "value":
        return WITHOUT[CellMark(entry["mark"])]
    if entry["places"] is None:
        return Band(entry["band"]).label
    first = next(one for one in told["entries"] if group(one) == group(entry))
    if place(first) == place(entry) and not beside(told, entry)["lead"]["surely"]:
        return AMONG_THE_FIRST
    return _places(*entry["places"])


def standing_told(entry: Mapping[str, Any], highest: str | None) -> str:
    """The same where everybody is told of it: whether who leads leads by the weights, nobody is.

    So who has the `highest` score, but not the first place alone, is among the first.
    """
    if entry["mark"] != "value":
        return WITHOUT[CellMark(entry["mark"])]
    if entry["places"] is None:
        return Band(entry["band"]).label
    best, worst = entry["places"]
    return AMONG_THE_FIRST if best < worst and entry["raw"] == highest else _places(best, worst)


def _places(best: int, worst: int) -> str:
    return f"место {best}" if best == worst else f"места {best}–{worst}"


def place(entry: Mapping[str, Any]) -> tuple[str, str | None]:
    """Which entry of a rating this is: the key of the body, the theme where rated by each."""
    return entry["subject"], entry["theme"]


def listens(told: Mapping[str, Any]) -> bool:
    """Whether what applicants say of answers is among what a rating is told from."""
    return any(one.get("listens", False) for one in told["criteria"])


def of_blocks(told: Mapping[str, Any]) -> bool:
    """Whether it rates those who are responsible for blocks."""
    return bool(told.get("rates") == Rated.BLOCKS)


def group(entry: Mapping[str, Any]) -> str:
    """With whom an entry is compared, by the key of the group."""
    found: str = entry.get("group", PeersBy.ALL.value)
    return found


def groups(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Who are compared with one another, and what they have in common: everybody, or by groups."""
    if "groups" in told:
        return list(told["groups"])
    return [{**told, "key": PeersBy.ALL.value, "name": PeersBy.ALL.label}]


def beside(told: Mapping[str, Any], entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the peers of an entry that has a score have in common."""
    return next(one for one in groups(told) if one["key"] == group(entry))


def moves(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str | None]]:
    """Whose standing is another than before, in words, in the order of what stands now."""
    old = {place(one): one for one in before["entries"]}
    new = {place(one): one for one in after["entries"]}
    found = []
    for key in [*new, *(one for one in old if one not in new)]:
        was = standing(before, old[key]) if key in old else None
        now = standing(after, new[key]) if key in new else None
        if was != now:
            body, theme = key
            name = (new.get(key) or old[key])["name"]
            found.append(
                {"subject": body, "theme": theme, "name": name, "before": was, "after": now}
            )
    return found

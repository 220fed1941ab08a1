"""A place or a band in words, neutral ones, out of what a rating says as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.statistics.places import Band

TOO_FEW = "мало обращений"
AMONG_THE_FIRST = "среди первых"
"""Of a leader who leads by the weights alone."""


def standing(told: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    """«место 2», «места 1–3», «среди первых», «как ожидалось», «мало обращений»."""
    if entry["mark"] != "value":
        return TOO_FEW
    if entry["places"] is None:
        return Band(entry["band"]).label
    best, worst = entry["places"]
    leads = place(entry) == place(told["entries"][0])
    if leads and not told["lead"]["surely"]:
        return AMONG_THE_FIRST
    return f"место {best}" if best == worst else f"места {best}–{worst}"


def place(entry: Mapping[str, Any]) -> tuple[str, str | None]:
    """Which entry of a rating this is: the key of the body, the theme where rated by each."""
    return entry["subject"], entry["theme"]


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

"""What is chosen in forms of ratings: one's own places, objections that wait, criteria, bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.directory.rules.bodies import Theme
from core.ratings.quarter import quarter_of
from core.ratings.rules import RatingMethod
from schema.board.forms.controls import Choices
from schema.board.saved import PageContext

LONGEST = 80
"""So much of an objection tells it from the others."""


async def own_places(context: PageContext, shown: Mapping[str, Any]) -> Mapping[str, Choices]:
    """The bodies that the reader speaks for, as the draft rates them, and themes where by each."""
    places = shown["places"]
    themes = {one.key: one.name for one in context.region.rules.all(Theme, context.today)}
    return {
        "subject": tuple({one["subject"]: one["name"] for one in places}.items()),
        "theme": tuple(
            (key, themes.get(key, key))
            for key in sorted({one["theme"] for one in places if one["theme"]})
        ),
    }


async def waiting(_context: PageContext, shown: Mapping[str, Any]) -> Mapping[str, Choices]:
    """The objections that the reader may answer."""
    return {
        "number": tuple(
            (str(one["number"]), f"№ {one['number']}: {_short(one['text'])}")
            for one in shown["waiting"]
        )
    }


async def figures(context: PageContext, shown: Mapping[str, Any]) -> Mapping[str, Choices]:
    """The criteria that the appeals do not tell, and the bodies."""
    place = shown["id"]["rating"]
    day = quarter_of(place["period"]).last_day
    method = context.region.rules.get(RatingMethod, place["method"], day)
    bodies = (await context.ask("ChooseBody"))["bodies"]["nodes"]
    return {
        "criterion": tuple((one.key, one.name) for one in method.unseen),
        "subject": tuple((one["key"], one["name"]) for one in bodies),
    }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"

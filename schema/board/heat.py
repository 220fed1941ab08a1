"""The heat map: a picture and its table, of all themes or of one, in two views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from core.kernel.rules.passport import Municipality
from core.problems.borders import borders_of
from core.problems.drawing import WORDS, Look, Place, bounds_of, drawn, legend, stood
from core.problems.period import period_as, week_before
from schema.board.moved import carrying
from schema.board.saved import Desk

ROOM = "Карта"
MOST_OUT = 30
"""So many cells that stand out are listed; there are more only where something is very wrong."""


async def make(desk: Desk, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The map of the period, the theme and the view in the address; of the last week first."""
    word = asked.get("period") or week_before(desk.today)
    look = Look.MANY if asked.get("view") == Look.MANY else Look.UNEXPECTED
    heat = (await desk.ask("Heat", period=word))["heatMap"]
    period = period_as(word)
    cells = heat["cells"]
    themes = {one["theme"]["key"]: one["theme"]["name"] for one in cells if one["theme"]}
    theme = asked.get("theme", "")
    theme = theme if theme in themes else ""
    chosen = [one for one in cells if not theme or (one["theme"] or {}).get("key") == theme]
    within = {
        "receivedFrom": heat["receivedFrom"],
        "receivedBefore": heat["receivedBefore"],
        **({"theme": theme} if theme else {}),
    }
    shown = _places(desk, heat, chosen, look)
    links = {
        one.municipality.key: _cases(desk, within, one.municipality.key, one.cases) for one in shown
    }
    nowhere = sum(one["cases"] for one in chosen if one["municipality"] is None)
    length = period.end - period.start
    return {
        "word": word,
        "heat": heat,
        "look": look,
        "looks": [(one, one.label) for one in Look],
        "theme": theme,
        "themes": dict(sorted(themes.items(), key=lambda pair: pair[1])),
        "picture": _picture(desk, themes.get(theme, "все тематики"), shown, look, links),
        "places": sorted(shown, key=_order),
        "links": links,
        "legend": _legend(shown, look),
        "out": [_out(desk, heat, one) for one in cells if one["unexpected"]][:MOST_OUT],
        "nowhere": nowhere,
        "nowhere_link": _cases(desk, within, "", nowhere),
        "before": _days(period.start - length, period.start),
        "after": _days(period.end, period.end + length) if period.end <= desk.today else None,
    }


def _places(
    desk: Desk, heat: Mapping[str, Any], cells: Sequence[Any], look: Look
) -> Sequence[Place]:
    """The municipalities of the law of the last day."""
    on = period_as(f"{heat['lastDay']}/{heat['lastDay']}").start
    spots = [((one["municipality"] or {}).get("key"), one["cases"], one["step"]) for one in cells]
    return stood(desk.region.rules.all(Municipality, on), spots, look)


def _picture(
    desk: Desk, theme: str, shown: Sequence[Place], look: Look, links: Mapping[str, str]
) -> Markup:
    """Made by `drawn`, which escapes what it is given."""
    title = f"{desk.region.passport.name}: {look.label}, {theme}"
    return Markup(drawn(title, shown, borders_of(desk.region.packages), links=links))


def _legend(shown: Sequence[Place], look: Look) -> list[tuple[int, str]]:
    words = WORDS if look is Look.UNEXPECTED else legend(bounds_of(one.cases for one in shown))
    return [*enumerate(words)]


def _out(desk: Desk, heat: Mapping[str, Any], one: Mapping[str, Any]) -> Mapping[str, Any]:
    within = {"receivedFrom": heat["receivedFrom"], "receivedBefore": heat["receivedBefore"]}
    theme = one["theme"]["key"] if one["theme"] else ""
    link = _cases(desk, {**within, "theme": theme}, one["municipality"]["key"], one["cases"])
    return {**one, "link": link}


def _cases(desk: Desk, within: Mapping[str, str], municipality: str, count: int) -> str:
    """The list of exactly these cases, with how many they are at this moment."""
    link = "appeals?" + urlencode({**within, "municipality": municipality})
    return carrying(link, count, desk.now)


def _order(one: Place) -> tuple[int, int, str]:
    return -one.step, -one.cases, one.municipality.name


def _days(start: Any, end: Any) -> str:
    return f"{start}/{end - timedelta(days=1)}"

"""The heat map: a picture and its table, of all themes or of one, in two views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from core.directory.rules.bodies import Theme
from core.kernel.codes import Permission
from core.kernel.rules.passport import Municipality
from core.law.periods import Periodicity
from core.problems.borders import borders_of, features_of
from core.problems.drawing import (
    WORDS,
    Hexagon,
    Look,
    Place,
    bounds_of,
    drawn,
    drawn_hexagons,
    legend,
    stood,
)
from core.problems.period import period_as, week_before
from schema.board.lists.address import one_of
from schema.board.lists.moved import carrying
from schema.board.pages import open_map
from schema.board.saved import PageContext
from schema.board.words.periods import WEEKS, offered

ROOM, HEXAGONS = "Карта", "hexagons"
OF_A_MAP = ("period", "look", "view", "theme", "grid")
MOST_OUT = 30
"""So many cells that stand out are listed; there are more only where something is very wrong."""


async def make(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The map that the address asks for; what is open to everybody for who may not read cases."""
    if context.actor.may(Permission.READ_APPEALS):
        return await _exact(context, asked)
    return {"template": "open_map.html", **await open_map.make(context, asked)}


async def _exact(context: PageContext, asked: Mapping[str, str]) -> Mapping[str, Any]:
    """The map of the period, the theme and the view in the address; of the last week first."""
    word = asked.get("period") or week_before(context.today)
    look = Look(one_of(asked, "look", [*Look]) or Look.UNEXPECTED)
    views = {key: one.description for key, one in context.endpoint.types["View"].values.items()}
    view = one_of(asked, "view", views)
    heat = (await context.ask("Heat", period=word, view=view))["heatMap"]
    period = period_as(word)
    cells = heat["cells"]
    themes = {one["theme"]["key"]: one["theme"]["name"] for one in cells if one["theme"]}
    every = {one.key for one in context.region.rules.history(Theme)}
    theme = one_of(asked, "theme", sorted(every)) or ""
    theme = theme if theme in themes else ""
    chosen = [one for one in cells if not theme or (one["theme"] or {}).get("key") == theme]
    within = _within(heat, view)
    of_theme = {**within, **({"theme": theme} if theme else {})}
    shown = _places(context, heat, chosen, look)
    by_hexagons = one_of(asked, "grid", (HEXAGONS,)) == HEXAGONS
    links = {
        one.municipality.key: _cases(context, of_theme, one.municipality.key, one.cases)
        for one in shown
        if one.cases
    }
    nowhere = sum(one["cases"] for one in chosen if one["municipality"] is None)
    length = period.end - period.start
    same = {"theme": theme, "look": look, "view": view or "", "grid": asked.get("grid", "")}
    return {
        "periods": offered(context.today, (WEEKS, Periodicity.MONTH), word),
        "heat": heat,
        "look": look,
        "looks": [(one, one.label) for one in Look],
        "view": view,
        "views": views,
        "theme": theme,
        "themes": dict(sorted(themes.items(), key=lambda pair: pair[1])),
        "by_hexagons": by_hexagons,
        "picture": _picture(context, themes.get(theme, "все тематики"), shown, look, links),
        "legend": _legend([one.cases or 0 for one in shown], look),
        **(await _hexagons(context, word, theme, view, look) if by_hexagons else {}),
        "places": sorted(shown, key=_order),
        "links": links,
        "out": [_out(context, within, one) for one in cells if one["unexpected"]][:MOST_OUT],
        "nowhere": nowhere,
        "nowhere_link": _cases(context, of_theme, "", nowhere),
        "before": {**same, "period": _days(period.start - length, period.start)},
        "after": {**same, "period": _days(period.end, period.end + length)}
        if period.end < context.today
        else None,
    }


def _within(heat: Mapping[str, Any], view: str | None) -> dict[str, str]:
    """What the list is asked for, so that it has the cases of the picture alone."""
    days = {name: heat[name] for name in ("receivedFrom", "receivedBefore")}
    return {**days, "view": view} if view else days


def _places(
    context: PageContext, heat: Mapping[str, Any], cells: Sequence[Any], look: Look
) -> Sequence[Place]:
    """The municipalities of the law of the last day."""
    on = period_as(f"{heat['lastDay']}/{heat['lastDay']}").start
    spots = [((one["municipality"] or {}).get("key"), one["cases"], one["step"]) for one in cells]
    return stood(context.region.rules.all(Municipality, on), spots, look)


def _picture(
    context: PageContext, theme: str, shown: Sequence[Place], look: Look, links: Mapping[str, str]
) -> Markup:
    """Made by `drawn`, which escapes what it is given."""
    title = f"{context.region.passport.name}: {look.label}, {theme}"
    return Markup(drawn(title, shown, borders_of(context.region.packages), links=links))


async def _hexagons(
    context: PageContext, word: str, theme: str, view: str | None, look: Look
) -> Mapping[str, Any]:
    """The picture by hexagons, its legend, and how many cases it cannot show."""
    found = await context.ask("Hexagons", period=word, theme=theme or None, view=view)
    told = found["heatHexagons"]
    shapes = [
        Hexagon(
            [(at["latitude"], at["longitude"]) for at in one["corners"]], one["cases"], one["step"]
        )
        for one in told["cells"]
    ]
    title = f"{context.region.passport.name}: {look.label}, по шестиугольникам"
    picture = Markup(drawn_hexagons(title, shapes, features_of(context.region.packages), look))
    return {
        "picture": picture,
        "legend": _legend([one.cases for one in shapes], look),
        "unplaced": told["nowhere"],
    }


def _legend(cases: Sequence[int], look: Look) -> list[tuple[int, str]]:
    words = WORDS if look is Look.UNEXPECTED else legend(bounds_of(cases))
    return [*enumerate(words)]


def _out(
    context: PageContext, within: Mapping[str, str], one: Mapping[str, Any]
) -> Mapping[str, Any]:
    theme = one["theme"]["key"] if one["theme"] else ""
    link = _cases(context, {**within, "theme": theme}, one["municipality"]["key"], one["cases"])
    return {**one, "link": link}


def _cases(context: PageContext, within: Mapping[str, str], municipality: str, count: int) -> str:
    """The list of exactly these cases, with how many they are at this moment."""
    link = f"appeals?{urlencode(within)}&{urlencode({'municipality': municipality})}"
    return carrying(context, link, count)


def _order(one: Place) -> tuple[int, int, str]:
    return -one.step, -(one.cases or 0), one.municipality.name.casefold()


def _days(start: Any, end: Any) -> str:
    return f"{start}/{end - timedelta(days=1)}"

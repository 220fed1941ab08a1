"""Ratings: which there are and when they come out, and one with its places and their cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from core.kernel.codes import Permission, RefusalCode
from core.law.periods import Periodicity
from core.ratings.model import Stage
from core.ratings.words import TOO_FEW
from schema.board.lists.address import following
from schema.board.lists.appeals import PAGE
from schema.board.pages.laboratory import DRAFT, keeps, laboratory, past
from schema.board.saved import Failed, PageContext
from schema.board.words.people import names_of
from schema.board.words.periods import offered
from schema.board.words.values import day, quarter

ROOM, PLACE = "Рейтинги", "ratings"
MOVING, CALENDAR = "moveRatingRelease", "calendar"
"""The step for the whole calendar: whose days are moved is chosen first."""

NOT_MINE = "Дни рейтингов переносит тот, кто их ведёт"

MARKS = {Stage.TRIAL.name: "plain", Stage.DRAFT.name: "soon"}
"""How a stage is marked; the word stands beside it."""

BANDS = {"ABOVE": "dots", "BELOW": "lines"}
"""The pattern of a range by the band; of what is as expected, and of places, a plain one."""

KEPT = ("version", "subject", "theme")
OF_ALL = ("signals", *DRAFT)
OF_ONE = (*KEPT, "changes", "today", "after")


async def every(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The ratings that the reader may see, the calendar, what stands out, the laboratory.

    `signals` names the quarter, «2026-Q1»; without it it is that of the last rating.
    """
    found = await context.ask("Ratings", keeps=context.actor.may(Permission.MANAGE_INDICATORS))
    for one in (*found["ratings"], *found["ratingCalendar"]):
        one["mark"] = MARKS.get(one["stage"], "good")
        one["link"] = f"{PLACE}/{one['method']}.{one['period']}"
    for one in found["ratingCalendar"]:
        one["steps"] = [step for step in _open(one) if step != MOVING]
    return {
        "ratings": found["ratings"],
        "calendar": found["ratingCalendar"],
        "moves": any(MOVING in _open(one) for one in found["ratingCalendar"]),
        **await _signals(context, asked, found["ratings"]),
        "series": await _series(context, None),
        "tally": await _tally(context),
        "lab": await laboratory(context, asked),
    }


def _open(one: Mapping[str, Any]) -> list[str]:
    """The steps that the reader may take at a place of the calendar."""
    return [step["mutation"] for step in one.get("offered", ()) if step["allowed"]]


async def _signals(
    context: PageContext, asked: Mapping[str, str], shown: list[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """What stands out among peers; None for who does not keep the ratings of the whole region."""
    period = asked.get("signals") or max((one["period"] for one in shown), default=None)
    if period is None or not keeps(context):
        return {"signals": None, "period": period}
    found = (await context.ask("RatingSignals", period=period))["ratingSignals"]
    return {
        "signals": [one for one in found if one["flagged"]],
        "period": period,
        "periods": offered(context.today, (Periodicity.QUARTER,), period),
    }


async def one(context: PageContext, asked: Mapping[str, str], rest: str) -> Mapping[str, Any]:
    """One rating, of the last period where the address names none, in its version or the last.

    `subject` and `theme` name an entry whose cases are shown; `changes` and `today` ask for the
    differences between draft and final and for what is known today.
    """
    place = await _place(context, rest)
    rating = (await context.ask("Rating", **place))["rating"]
    version = _version(rating, asked.get("version", ""))
    entries = version["table"]["entries"]
    for entry in entries:
        entry["pattern"] = BANDS.get(entry["band"], "plain")
        entry["link"] = _link(version, entry)
    names = {entry["subject"]: entry["name"] for entry in entries}
    for objection in rating["objections"] or ():
        objection["name"] = names.get(objection["subject"], objection["subject"])
    looks = rating["looks"] or ()
    people = await names_of(context, (one["actor"] for one in looks))
    for one in looks:
        one["who"] = people[one["actor"]]
    whole = version["table"]["full"]
    chosen = _chosen(entries, asked)
    return {
        "title": f"{rating['name']}, {quarter(place['period'])}",
        "number": ".".join(place.values()),
        "room": ROOM,
        "rating": rating,
        "version": version,
        **_compared(version["table"]),
        "entry": chosen,
        "in_hours": chosen and any(one["measure"] == "HOURS" for one in chosen["contributions"]),
        "heard": chosen and any(part["opinion"] for part in chosen["contributions"]),
        **await _behind(context, place, version, chosen, asked),
        "whole": whole,
        "series": await _series(context, place["period"]),
        "changes": await _changes(context, place, asked, names),
        **await _today(context, place, asked),
        "address": {name: f"?{name}=1" for name in ("changes", "today")},
        "mark": MARKS.get(rating["stage"], "good"),
        "open_steps": [one for one in rating["offered"] if one["allowed"]],
        "closed_steps": [
            one
            for one in rating["offered"]
            if not one["allowed"] and one["code"] != RefusalCode.FORBIDDEN.name
        ],
    }


def _compared(table: Mapping[str, Any]) -> dict[str, Any]:
    """The groups with who is rated in each; who has too few cases, and who is alone in his."""
    groups: list[dict[str, Any]] = [{**one, "rated": [], "alone": []} for one in table["groups"]]
    known, few = {one["key"]: one for one in groups}, []
    for entry in table["entries"]:
        if entry["score"] is not None:
            known[entry["group"]]["rated"].append(entry)
        elif entry["standing"] == TOO_FEW:
            few.append(entry)
        else:
            known[entry["group"]]["alone"].append(entry)
    return {"groups": groups, "few": few}


async def find(context: PageContext, number: str) -> Mapping[str, Any]:
    """A place in the calendar with its steps, whether its rating was begun or not; for the whole
    calendar the places whose days may be moved."""
    if number == CALENDAR:
        return await _movable(context)
    place = await _place(context, number)
    found = (await context.ask("RatingSteps", **place))["ratingRelease"]
    begun = found["stage"] is not None
    return {
        **found,
        "id": {"rating": place} | place,
        "title": f"{found['name']}, {quarter(place['period'])}",
        "state": found["stage"],
        "back": f"{PLACE}/{number}" if begun else PLACE,
    }


async def _movable(context: PageContext) -> Mapping[str, Any]:
    keeps = context.actor.may(Permission.MANAGE_INDICATORS)
    rows = (await context.ask("Ratings", keeps=keeps))["ratingCalendar"] if keeps else ()
    choices = [
        (
            f"{one['method']}.{one['period']}",
            f"{one['name']}, {quarter(one['period'])}",
            f"проект {day(one['draftOn'])}, итог {day(one['finalOn'])}",
        )
        for one in rows
        if MOVING in _open(one)
    ]
    offered = [{"mutation": MOVING, "allowed": bool(choices), "text": NOT_MINE}]
    asked = {"asked": "Какого рейтинга", "choices": choices, "chosen_by": "Ratings"}
    return {"id": None, "title": ROOM, "state": None, "offered": offered, **asked}


async def _place(context: PageContext, rest: str) -> dict[str, str]:
    """The method and the period of an address; without a period it is the last one."""
    method, _, period = rest.partition(".")
    return {"method": method, "period": period or await _latest(context, method)}


async def _tally(context: PageContext) -> Mapping[str, Any] | None:
    """What the region hands over for the last quarter; None for who does not keep the ratings."""
    if not keeps(context):
        return None
    found: Mapping[str, Any]
    found = (await context.ask("RegionTally", period=past(context)[0]))["regionTally"]
    return found


async def _series(context: PageContext, period: str | None) -> list[Mapping[str, Any]]:
    """Ratings that somebody else has made, of one period or of all."""
    found: list[Mapping[str, Any]]
    found = (await context.ask("RatingSeries", period=period))["ratingSeries"]
    return found


async def _latest(context: PageContext, method: str) -> str:
    """The last period by this method that the reader may see."""
    found = (await context.ask("Ratings", keeps=False))["ratings"]
    known: list[str] = [one["period"] for one in found if one["method"] == method]
    if not known:
        raise Failed("NOT_FOUND", f"Рейтинга «{method}» нет")
    return max(known)


def _version(rating: Mapping[str, Any], asked: str) -> Mapping[str, Any]:
    """The version by its number; the last where the address names none."""
    found: list[Mapping[str, Any]] = rating["versions"]
    if not asked:
        return found[-1]
    for version in found:
        if str(version["number"]) == asked:
            return version
    raise Failed("NOT_FOUND", "Такой версии рейтинга нет")


def _chosen(entries: list[Mapping[str, Any]], asked: Mapping[str, str]) -> Mapping[str, Any] | None:
    wanted = (asked.get("subject"), asked.get("theme") or None)
    return next((one for one in entries if (one["subject"], one["theme"]) == wanted), None)


def _link(version: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    said = {"version": version["number"], "subject": entry["subject"]}
    return "?" + urlencode({**said, **({"theme": entry["theme"]} if entry["theme"] else {})})


async def _behind(
    context: PageContext,
    place: Mapping[str, str],
    version: Mapping[str, Any],
    entry: Mapping[str, Any] | None,
    asked: Mapping[str, str],
) -> Mapping[str, Any]:
    """The cases of an entry, a page of them; none where none is asked for or they are not his."""
    if (
        entry is None
        or not entry["contributions"]
        or not context.actor.may(Permission.READ_APPEALS)
    ):
        return {"cases": None, "following": None}
    found = await context.ask(
        "RatingCases",
        **place,
        version=version["number"],
        subject=entry["subject"],
        theme=entry["theme"],
        first=PAGE,
        after=asked.get("after") or None,
    )
    page = found["ratingCases"]
    kept = {name: asked[name] for name in KEPT if asked.get(name)}
    return {"cases": page, "following": following(page, kept)}


async def _changes(
    context: PageContext,
    place: Mapping[str, str],
    asked: Mapping[str, str],
    names: Mapping[str, str],
) -> list[Mapping[str, Any]] | None:
    if asked.get("changes") != "1":
        return None
    found: list[Mapping[str, Any]] = (await context.ask("RatingChanges", **place))["rating"][
        "changes"
    ]
    return [{**one, "subject": names.get(one["subject"], one["subject"])} for one in found]


async def _today(
    context: PageContext, place: Mapping[str, str], asked: Mapping[str, str]
) -> dict[str, Any]:
    """What it would be today, or why it would not be: that is a word of one card of the page."""
    if asked.get("today") != "1":
        return {"known": None, "unknown": ""}
    try:
        found = (await context.ask("RatingToday", **place))["rating"]["today"]["entries"]
    except Failed as failed:
        if failed.code != RefusalCode.WRONG_STATE.name:
            raise
        return {"known": [], "unknown": failed.text}
    return {"known": [one for one in found if one["score"] is not None], "unknown": ""}

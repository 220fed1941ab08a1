"""Problems: the list, what stands out beside it, and one problem with its one timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from core.directory.rules.bodies import Theme
from core.kernel.codes import Permission
from core.law.periods import midnight
from core.problems.model import ProblemState
from core.problems.period import days_of, period_as, week_before
from schema.board.forms.choosing import PLACES
from schema.board.lists.address import following, one_of
from schema.board.lists.appeals import EVERY, PAGE
from schema.board.lists.moved import MOST_NAMED, carrying, since
from schema.board.saved import Failed, PageContext
from schema.board.words.values import api, at, exactly, moment, plain
from schema.graphql.ids import decode_id, global_id

ROOM, PLACE, NEW = "Проблемы", "problems", "new"
KNOWN = "known"
"""The number of all cases of a problem: of those that the reader may see there may be less."""

STATES = {one.name: one.label for one in ProblemState}
MARKS = {
    ProblemState.CLOSED.name: "good",
    ProblemState.REOPENED.name: "late",
    ProblemState.CARRIED_OUT.name: "soon",
}
"""How a state is marked; the word stands beside it."""

ENTRIES = (
    "listProblem",
    "importProblems",
    "recordSighting",
    "loadProblemCategories",
    "adoptProblemCategories",
)
"""What is entered beside the steps of one problem."""


async def every(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The list by state, questions for polls of the last week, the register of communication."""
    state = one_of(asked, "state", STATES)
    word = asked.get("period") or week_before(context.today)
    found = await context.ask("Problems", state=state, period=word)
    for one in (*found["problems"], *filter(None, (q["problem"] for q in found["pollPriorities"]))):
        one["number"] = decode_id(one["id"], "Problem")
        one["mark"] = MARKS.get(one.get("state", ""), "plain")
    for one in found["problems"]:
        link = f"{PLACE}/{one['number']}#cases"
        one["link"] = carrying(context, link, one["people"]["cases"], KNOWN)
    for one in found["sightings"]:
        one["number"] = decode_id(one["id"], "Sighting")
    for question in found["pollPriorities"]:
        question["link"] = _behind(context, word, question["cell"])
    keeps = context.actor.may(Permission.MANAGE_INDICATORS)
    return {
        "problems": found["problems"],
        "questions": found["pollPriorities"],
        "sightings": found["sightings"],
        "categories": found["problemCategories"],
        "themes": {one.key: one.name for one in context.region.rules.all(Theme, context.today)},
        "states": STATES,
        "state": state,
        "days": days_of(word),
        "entries": ENTRIES if keeps else (),
    }


async def one(context: PageContext, asked: Mapping[str, str], number: str) -> Mapping[str, Any]:
    """One problem, with a page of its cases."""
    shown = await find(context, number)
    page = (
        await context.ask(
            "ProblemCases", problem=shown["id"], first=PAGE, after=asked.get("after") or None
        )
    )["problemCases"]
    of = {"problem": shown["id"], "first": MOST_NAMED}

    async def fresh(then: datetime) -> tuple[Sequence[tuple[str, str]], int]:
        told = (await context.ask("ProblemCasesSince", **of, since=exactly(then)))["problemCases"]
        numbers = [one["appeal"]["number"] for one in told["nodes"] if one["appeal"]]
        return [(one, f"appeals/{quote(one)}") for one in numbers], told["totalCount"]

    total = page["totalCount"]
    whole = await since(context, asked, shown["people"]["cases"], fresh, KNOWN)
    return {
        "title": shown["title"],
        "room": ROOM,
        "moved": whole or await since(context, asked, total, fresh),
        "whole": carrying(context, "#cases", total),
        "problem": shown,
        "number": number,
        "mark": MARKS.get(shown["state"], "plain"),
        "cases": page,
        "following": following(page, {}),
        "open_steps": [one for one in shown["offered"] if one["allowed"]],
        "closed_steps": [one for one in shown["offered"] if not one["allowed"]],
    }


async def find(context: PageContext, number: str) -> Mapping[str, Any]:
    """The problem of a number; what stands for it where something new is entered."""
    if number == NEW:
        allowed = context.actor.may(Permission.MANAGE_INDICATORS)
        text = "Проблемы региона ведёт тот, кто отвечает за весь регион"
        offered = [{"mutation": one, "allowed": allowed, "text": text} for one in ENTRIES]
        return {"id": None, "title": ROOM, "state": None, "offered": offered, "timeline": ()}
    absent = f"Проблемы № {number} нет"
    found = await context.ask("Problem", id=_id("Problem", number, absent))
    return _there(found["node"], absent)


def changed(context: PageContext, shown: Mapping[str, Any], seen: datetime) -> list[dict[str, str]]:
    """What was done about it after the reader saw it."""
    later = [one for one in shown["timeline"] if moment(one["at"]) > seen and not one["ahead"]]
    return [{"at": at(one["at"], context.zone), "text": one["words"]} for one in later]


def back(number: str) -> str:
    """The page to which its steps lead."""
    return PLACE if number == NEW else f"{PLACE}/{number}"


async def find_sighting(context: PageContext, number: str) -> Mapping[str, Any]:
    """A conflict, an error, a vote or a discussion."""
    absent = f"Записи № {number} нет или она Вам не видна"
    node = (await context.ask("Sighting", id=_id("Sighting", number, absent)))["node"]
    found = _there(node, absent)
    return {**found, "title": found["text"], "state": None}


def _behind(context: PageContext, word: str, cell: Mapping[str, Any]) -> str:
    """The list of the cases of a cell of the heat map in the period."""
    period = period_as(word)
    asked = {
        "receivedFrom": api(midnight(period.start, context.zone)),
        "receivedBefore": api(midnight(min(period.end, context.today), context.zone)),
        **{name: (cell[name] or {}).get("key", "") for name in PLACES},
    }
    return carrying(context, f"{EVERY}?{urlencode(asked)}", cell["cases"])


def _id(kind: str, number: str, absent: str) -> str:
    row = plain(number)
    if not row:
        raise Failed("NOT_FOUND", absent)
    return global_id(kind, row)


def _there(node: Mapping[str, Any] | None, absent: str) -> Mapping[str, Any]:
    if node is None:
        raise Failed("NOT_FOUND", absent)
    return node

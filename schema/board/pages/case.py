"""One case: where it is, whose days, why such a term, its words, its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.kernel.codes import Permission
from schema.board.forms.steps import form_of
from schema.board.lists.columns import delay
from schema.board.lists.way import carried, way_of
from schema.board.pages import incoming
from schema.board.saved import Failed, PageContext
from schema.board.words.values import moment, span

FIRST = (
    "routeAppeal", "acceptAppeal", "answerAppeal", "signAnswer", "sendAnswer", "resendAnswer",
    "closeAppeal", "prolongAppeal", "transferAppeal", "returnAppeal", "writeNote",
)  # fmt: skip
"""The steps of most days, in the order of a life; the rare ones stand behind them."""

MOST_FIRST = 5
ANSWER = "answerAppeal"
"""It has a page of its own."""

WIDTH = 880
"""Of the bar of days, in units of its picture."""

LETTER = 10
"""What a letter of a name takes of it at the most."""


@dataclass(frozen=True, slots=True)
class Held:
    """Who held the case and for how long, with its place in the bar; whether the name fits in."""

    name: str
    said: str
    x: float
    width: float
    heat: str
    named: bool


@dataclass(frozen=True, slots=True)
class Days:
    """The whole time of a case cut by its holders, and where its term lies in it."""

    held: tuple[Held, ...]
    whole: str
    start: datetime
    end: datetime
    due: float | None


async def make(context: PageContext, asked: Mapping[str, str], number: str) -> Mapping[str, Any]:
    """The blocks of a case; Failed NOT_FOUND where the reader sees none of this number."""
    case_id, opens = await find(context, number), context.actor.may(Permission.READ_CONTENT)
    asked_of = {"id": case_id, "content": opens}
    head = (await context.ask("Case", **asked_of))["appeal"]
    holders = (await context.ask("Holders", id=case_id))["appeal"]
    deadline = (await context.ask("Deadline", id=case_id))["appeal"]
    text = (await context.ask("Text", **asked_of))["appeal"]
    path = (await context.ask("Path", **asked_of))["appeal"]
    steps = [{**one, **_elsewhere(context, one)} for one in head["steps"]]
    allowed = sorted((one for one in steps if one["allowed"]), key=_rarity)
    usual = [one for one in allowed if one["mutation"] in FIRST][:MOST_FIRST]
    return {
        "case": {"address": None, **head},
        "days": days_of(context, holders),
        "deadline": deadline["deadline"],
        "no_term": deadline["noTermReason"],
        "text": {"text": None, "attachments": (), "notes": (), **text},
        "content_shown": opens,
        "unchecked": sum(one["state"] != "CLEAN" for one in text.get("attachments") or ()),
        "ledger": path["ledger"],
        "letters": await incoming.of_case(context, case_id),
        "open_steps": usual,
        "rare_steps": [one for one in allowed if one not in usual],
        "closed_steps": [one for one in steps if not one["allowed"] and one["code"] != "FORBIDDEN"],
        "delay": delay(context, head),
        "way": await way_of(context, asked, number),
        "carried": carried(asked),
        "person_shown": context.actor.may(Permission.READ_PERSONAL_DATA),
    }


def _elsewhere(context: PageContext, step: Mapping[str, Any]) -> Mapping[str, Any]:
    """That a step which no form has room for is not taken here."""
    if not step["allowed"] or step["mutation"] == ANSWER:
        return {}
    if form_of(context.endpoint.graphql, step["mutation"]) is not None:
        return {}
    return {"allowed": False, "text": "Этот шаг делают через API: полей для него на доске нет."}


def _rarity(step: Mapping[str, Any]) -> int:
    return FIRST.index(step["mutation"]) if step["mutation"] in FIRST else len(FIRST)


async def find(context: PageContext, number: str) -> str:
    """The id of the case with the number; Failed NOT_FOUND, hidden and absent alike."""
    nodes = (await context.ask("Find", number=number))["appeals"]["nodes"]
    if len(nodes) != 1:
        raise Failed("NOT_FOUND", f"Обращения № {number} нет или оно не в Вашем ведении")
    found: str = nodes[0]["id"]
    return found


def days_of(context: PageContext, case: Mapping[str, Any]) -> Days | None:
    """Whose days they were; None where nobody has held it for a second."""
    holders = case["holders"]
    whole = sum(one["seconds"] for one in holders)
    if not whole:
        return None
    start = moment(holders[0]["since"])
    end = moment(holders[-1]["until"] or context.now)
    held, x = [], 0.0
    for place, one in enumerate(holders):
        width = WIDTH * one["seconds"] / whole
        name = one["body"]["name"] if one["body"] else "Центр"
        heat = ("h2", "h3", "h4")[place % 3]
        said, named = span(one["seconds"]), len(name) * LETTER + 16 <= width
        held.append(Held(name, said, round(x, 1), round(max(width, 2), 1), heat, named))
        x += width
    return Days(tuple(held), span(whole), start, end, _place(case["dueAt"], start, whole))


def _place(due: str | None, start: datetime, whole: int) -> float | None:
    if due is None:
        return None
    at = (moment(due) - start).total_seconds() / whole
    return round(WIDTH * at, 1) if 0 <= at <= 1 else None

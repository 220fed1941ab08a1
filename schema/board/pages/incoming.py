"""Letters that came by e-mail: which wait for a word, and what may be said of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.kernel.codes import Permission
from core.mailbox.kinds import Kind, LetterState
from schema.board.lists.address import following, one_of
from schema.board.lists.moved import carrying, since
from schema.board.saved import Failed, PageContext
from schema.board.words.subjects import actors
from schema.board.words.values import at, moment, plain
from schema.graphql.ids import decode_id, global_id

ROOM, PLACE = "Письма", "incoming"
PAGE, OF_A_CASE = 25, 10
STATES = {one.name: one.label for one in LetterState}
STEPS = ("addLetter", "takeLetterIn", "thankForLetter")
THANKS = "thankForLetter"
NOT_MINE = "Чем является письмо, говорит тот, кто принимает обращения"
SAID = "О письме уже сказано, или это копия другого письма"
NO_CASE = "Благодарят за ответ по обращению, а оно не найдено"


async def every(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Letters of one state, of those that wait where the address says none."""
    state = one_of(asked, "state", STATES) or LetterState.WAITING.name
    after = asked.get("after") or None
    found = await context.ask("IncomingList", filter={"state": [state]}, first=PAGE, after=after)
    counts = found["letterCounts"]
    page = numbered(found["letters"])

    async def fresh(at: datetime) -> tuple[Sequence[tuple[str, str]], int]:
        new = [one for one in page["nodes"] if (moment(one["receivedAt"]) > at)]
        return [(f"№\u00a0{one['number']}", f"{PLACE}/{one['number']}") for one in new], len(new)

    total = page["totalCount"]
    return {
        "moved": None if after else await since(context, asked, total, fresh),
        "whole": carrying(context, f"?state={state}", total),
        "page": page,
        "states": {key: (label, counts[key.lower()]) for key, label in STATES.items()},
        "state": state,
        "late": counts["late"],
        "following": following(found["letters"], {"state": state}),
    }


async def of_case(context: PageContext, case_id: str) -> Mapping[str, Any] | None:
    """The letters to a case; None of who reads no content."""
    if not context.actor.may(Permission.READ_CONTENT):
        return None
    return numbered((await context.ask("CaseLetters", id=case_id, first=OF_A_CASE))["letters"])


def numbered(page: Mapping[str, Any]) -> Mapping[str, Any]:
    """The page with the number that each letter has in an address."""
    for one in page["nodes"]:
        one["number"] = decode_id(one["id"], "Letter")
    return page


async def find(context: PageContext, number: str) -> Mapping[str, Any]:
    """The letter with what may be said of it; Failed where there is none for the reader."""
    row = plain(number)
    node = (await context.ask("Incoming", id=global_id("Letter", row)))["node"] if row else None
    if node is None:
        raise Failed("NOT_FOUND", f"Письма № {number} нет или оно не в Вашем ведении")
    came, who = at(node["receivedAt"], context.zone), node["saidBy"]
    return {
        **node,
        "title": f"пришло {came}",
        "teller": (await actors(context, [who]))[who] if who else "",
        "offered": [_offered(context, node, step) for step in STEPS],
    }


def _offered(context: PageContext, node: Mapping[str, Any], step: str) -> dict[str, Any]:
    why = None
    if not context.actor.may(Permission.TAKE_IN):
        why = NOT_MINE
    elif node["said"] or node["state"] == LetterState.UNREAD.name or node["kind"] == Kind.COPY.name:
        why = SAID
    elif step == THANKS and node["appeal"] is None:
        why = NO_CASE
    return {"mutation": step, "allowed": why is None, "text": why}


def changed(
    context: PageContext, shown: Mapping[str, Any], since: datetime
) -> list[dict[str, str]]:
    """What was said of it after the reader saw it."""
    if shown["saidAt"] is None or moment(shown["saidAt"]) <= since:
        return []
    return [{"at": at(shown["saidAt"], context.zone), "text": f"уже сказано: {shown['teller']}"}]

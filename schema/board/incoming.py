"""Letters that came by e-mail: which wait for a word, and what may be said of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.kernel.codes import Permission
from core.mailbox.kinds import Kind, LetterState
from schema.board.address import following
from schema.board.moved import carrying, since
from schema.board.posted import plain
from schema.board.saved import Desk, Failed
from schema.board.subjects import actors
from schema.board.words import at, moment
from schema.graphql.ids import decode_id, global_id

ROOM, PLACE = "Письма", "incoming"
PAGE, OF_A_CASE = 25, 10
STATES = {one.name: one.label for one in LetterState}
STEPS = ("addLetter", "takeLetterIn", "thankForLetter")
THANKS = "thankForLetter"
NOT_MINE = "Чем является письмо, говорит тот, кто принимает обращения"
SAID = "О письме уже сказано, или это копия другого письма"
NO_CASE = "Благодарят за ответ по обращению, а оно не найдено"


async def every(desk: Desk, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Letters of one state, of those that wait where the address says none."""
    given = asked.get("state", "")
    state = given if given in STATES else LetterState.WAITING.name
    after = asked.get("after") or None
    found = await desk.ask("IncomingList", filter={"state": [state]}, first=PAGE, after=after)
    counts = found["letterCounts"]
    page = numbered(found["letters"])

    async def fresh(at: datetime) -> tuple[Sequence[tuple[str, str]], int]:
        new = [one for one in page["nodes"] if (moment(one["receivedAt"]) > at)]
        return [(f"№\u00a0{one['number']}", f"{PLACE}/{one['number']}") for one in new], len(new)

    total = page["totalCount"]
    return {
        "moved": None if after else await since(desk, asked, total, fresh),
        "whole": carrying(desk, f"?state={state}", total),
        "page": page,
        "states": {key: (label, counts[key.lower()]) for key, label in STATES.items()},
        "state": state,
        "late": counts["late"],
        "following": following(found["letters"], {"state": state}),
    }


async def of_case(desk: Desk, case_id: str) -> Mapping[str, Any] | None:
    """The letters to a case; None of who reads no content."""
    if not desk.actor.may(Permission.READ_CONTENT):
        return None
    return numbered((await desk.ask("CaseLetters", id=case_id, first=OF_A_CASE))["letters"])


def numbered(page: Mapping[str, Any]) -> Mapping[str, Any]:
    """The page with the number that each letter has in an address."""
    for one in page["nodes"]:
        one["number"] = decode_id(one["id"], "Letter")
    return page


async def find(desk: Desk, number: str) -> Mapping[str, Any]:
    """The letter with what may be said of it; Failed where there is none for the reader."""
    row = plain(number)
    node = (await desk.ask("Incoming", id=global_id("Letter", row)))["node"] if row else None
    if node is None:
        raise Failed("NOT_FOUND", f"Письма № {number} нет или оно не в Вашем ведении")
    came, who = at(node["receivedAt"], desk.zone), node["saidBy"]
    return {
        **node,
        "title": f"пришло {came}",
        "teller": (await actors(desk, [who]))[who] if who else "",
        "offered": [_offered(desk, node, step) for step in STEPS],
    }


def _offered(desk: Desk, node: Mapping[str, Any], step: str) -> dict[str, Any]:
    why = None
    if not desk.actor.may(Permission.TAKE_IN):
        why = NOT_MINE
    elif node["said"] or node["state"] == LetterState.UNREAD.name or node["kind"] == Kind.COPY.name:
        why = SAID
    elif step == THANKS and node["appeal"] is None:
        why = NO_CASE
    return {"mutation": step, "allowed": why is None, "text": why}


def changed(desk: Desk, shown: Mapping[str, Any], since: datetime) -> list[dict[str, str]]:
    """What was said of it after the reader saw it."""
    if shown["saidAt"] is None or moment(shown["saidAt"]) <= since:
        return []
    return [{"at": at(shown["saidAt"], desk.zone), "text": f"уже сказано: {shown['teller']}"}]

"""Lists of appeals: the address bar holds the filter, the order and the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from core.kernel.access import Scope
from core.kernel.codes import Permission
from core.sessions.views import views
from schema.board.forms.drafts import unfinished
from schema.board.lists.address import (
    FOUND,
    ORDERS,
    chosen,
    following,
    listed,
    one_of,
)
from schema.board.lists.columns import ASKED, COLUMNS, delay, shown
from schema.board.lists.filters import (
    DAY_NAMES,
    FLAG_NAMES,
    beside,
    choices_of,
    form_days,
    narrowed,
)
from schema.board.lists.moved import CARRIED, carrying, moved
from schema.board.saved import PageContext
from schema.board.words.values import api
from schema.graphql.ids import decode_id

PAGE = 25
RETURNED = 8
"""Of answers that came back so many are named in the own list."""

OF_THE_PAGE = CARRIED | {"after", "order"}
"""What an address says of one page, and not of the list."""

PASSING = CARRIED | {"show"}
"""What a view of the list, saved or gone back to, leaves out."""

NUMBER = "number"
MINE, EVERY = "my", "appeals"
HEADINGS = {MINE: "Мой список", EVERY: "Обращения"}
LEAD = "Открытые обращения, следующий шаг с которыми за Вами."
NONE = "Таких обращений нет или они не в Вашем ведении."
NOTHING_WAITS = "Вашего решения сейчас ничего не ждёт. Все обращения — в разделе «Обращения»."


async def every(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """All that the reader may see, by what the address asks for."""
    return await _listed(context, EVERY, asked)


async def mine(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """What waits for a step of the reader, by its term; letters that wait to be told apart."""
    own = {
        "unfinished": await unfinished(context),
        "returned": await _returned(context),
        "letters": await _letters(context),
        "ratings": await _ratings(context),
    }
    return {**await _listed(context, MINE, asked), **own}


def meant(context: PageContext, room: str, asked: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """The filter and the order of a list, with what the room has where the address says nothing."""
    own = {"awaitsMe": True} if room == MINE else {}
    usual = "DUE_SOONEST" if room == MINE else "NEWEST"
    order = one_of(asked, "order", ORDERS) or usual
    return {**own, **chosen(asked, context.zone)}, order


async def straight(context: PageContext, asked: Mapping[str, str]) -> str | None:
    """Where what was looked for is: the one case of a number, else the list by words or address.

    None where several have the number or nobody has it. What says nothing narrows no list; what
    does not end in a digit was meant as words, though none has them.
    """
    said, cases = asked.get(NUMBER, "").strip(), f"/{context.region.code}/{EVERY}"
    if asked[FOUND] != NUMBER:
        return None
    if not any(map(str.isalnum, said)):
        return cases
    nodes = (await context.ask("Find", number=said))["appeals"]["nodes"]
    if len(nodes) == 1:
        return f"{cases}/{quote(nodes[0]['number'])}"
    reads = not nodes and context.actor.may(Permission.READ_CONTENT)
    found = await context.ask("FindWords", words=said) if reads else {}
    words = "text" if reads and not said[-1].isdigit() else None
    name = next((name for name, page in found.items() if page["totalCount"]), words)
    return f"{cases}?{urlencode({name: said})}" if name else None


async def batches(context: PageContext, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The reader's own steps with many, the latest first."""
    found = (await context.ask("Batches"))["batches"]
    rows = [{**one, "number": decode_id(one["id"], "Batch")} for one in found]
    return {"batches": rows, "room": "Обращения"}


async def _listed(context: PageContext, room: str, asked: Mapping[str, str]) -> Mapping[str, Any]:
    wanted, order = meant(context, room, asked)
    after = asked.get("after") or None
    found = await context.ask("List", filter=wanted, order=order, first=PAGE, after=after)
    page, choices = found["appeals"], await choices_of(context)
    kept = {name: value for name, value in asked.items() if name not in OF_THE_PAGE}
    became = await moved(context, asked, wanted, page["totalCount"]) if after is None else None
    return {
        "moved": became,
        "returned": None,
        "letters": None,
        "ratings": (),
        "heading": HEADINGS[room],
        "lead": LEAD if room == MINE else "",
        "page": page,
        "whole": carrying(context, f"?{urlencode({**kept, 'order': order})}", page["totalCount"]),
        "columns": shown(asked),
        "order": order,
        "asked": asked,
        "following": following(page, {**kept, "order": order}),
        "narrowed": narrowed(asked, choices, context.zone),
        "listed": listed(wanted, order),
        **await views_of(context, room, asked),
        "file": f"{listed(wanted, order)}&{urlencode({ASKED: asked.get(ASKED, '')})}",
        "steps": found["batchSteps"],
        "empty": NOTHING_WAITS if room == MINE and not kept else NONE,
        "delay": lambda case: delay(context, case),
        "said": lambda column, case: column.said(context, case),
        "token": context.token,
        "seen": api(context.now),
        "choices": choices,
        "orders": ORDERS,
        "every_column": COLUMNS,
        "days": DAY_NAMES,
        "on_days": form_days(asked, context.zone),
        "beside": beside(asked),
        "flags": FLAG_NAMES,
    }


async def _returned(context: PageContext) -> Mapping[str, Any] | None:
    """What has come back to who may send it again; None of anybody else."""
    if not context.actor.may(Permission.ANSWER):
        return None
    found = (await context.ask("Returned", first=RETURNED))["appeals"]
    return {**found, "link": carrying(context, f"{EVERY}?undelivered=1", found["totalCount"])}


async def _letters(context: PageContext) -> Mapping[str, Any] | None:
    """How many letters wait to be told apart by whoever takes appeals in; None of anybody else."""
    if not context.actor.may(Permission.TAKE_IN):
        return None
    found = (await context.ask("LetterCounts"))["letterCounts"]
    return {**found, "link": carrying(context, "incoming", found["waiting"])}


async def _ratings(context: PageContext) -> Sequence[Mapping[str, Any]]:
    """What ratings tell the reader's own bodies and he has not seen; nothing to the others."""
    scopes = context.actor.scopes(Permission.READ_APPEALS)
    if Scope() in scopes or not any(one.bodies for one in scopes):
        return ()
    found = (await context.ask("RatingNotices"))["ratingNotices"]
    for one in found:
        place = {name: one[name] for name in ("version", "subject", "theme") if one[name]}
        one["link"] = f"ratings/{one['method']}.{one['period']}?{urlencode(place)}"
    return found  # type: ignore[no-any-return]


async def views_of(context: PageContext, room: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """The address of a page and the views that its reader has saved of this kind of page."""
    query = urlencode({name: value for name, value in asked.items() if name not in PASSING})
    found = await views(context.region, context.actor.subject, context.of)
    mine = [one for one in found if one.address.partition("?")[0] == room]
    return {"here": f"{room}?{query}", "saved_views": mine}

"""The journal of the region as a list: the address bar holds what is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from schema.board.lists.address import following
from schema.board.lists.appeals import PAGE
from schema.board.saved import PageContext
from schema.board.words.entries import caused, changes
from schema.board.words.subjects import EXPORT, actor_meant, actors, meant, told

ROOM = "Журнал"
FILTERS = ("name", "actor", "subject")


async def make(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Entries of the event, the person and the subject that the address names, or all."""
    kept = {name: asked[name] for name in FILTERS if asked.get(name)}
    sought = dict(kept)
    if "actor" in kept:
        sought["actor"] = await actor_meant(context, kept["actor"])
    if "subject" in kept:
        sought["subject"] = await meant(context, kept["subject"])
    after = asked.get("after") or None
    page = (await context.ask("Journal", **sought, first=PAGE, after=after))["journal"]
    rows = page["nodes"]
    entered = [_entered(one) for one in rows]
    people = (*(one["actor"] for one in rows), *entered, sought.get("actor", ""))
    names = await actors(context, people)
    things = await told(context, [*(one["subject"] for one in rows), sought.get("subject", "")])
    changed = await changes(context, rows)
    for one, told_of, whom in zip(rows, changed, entered, strict=True):
        one["changes"], one["cause"] = told_of, caused(context, one["cause"])
        one["who"], one["what"] = names[one["actor"] or whom], things[one["subject"]]
    kinds = sorted(context.region.events.values(), key=lambda kind: kind.words)
    return {
        "page": page,
        "kinds": {kind.name: kind.words for kind in kinds},
        "asked": asked,
        "who": names.get(sought.get("actor", ""), ""),
        "what": _sought(sought, things),
        "narrowed": bool(kept),
        "following": following(page, kept),
    }


def _sought(sought: Mapping[str, str], things: Mapping[str, str]) -> str:
    """The subject that is looked for, in words by which it can be looked for again."""
    subject = sought.get("subject", "")
    return things[subject] if subject and not subject.startswith(f"{EXPORT}:") else subject


def _entered(entry: Mapping[str, Any]) -> str:
    """Who has come in, of an entry that this makes: nobody acts yet when it is written."""
    if entry["actor"] or not entry["subject"].startswith("session:"):
        return ""
    subject: str = orjson.loads(entry["after"]).get("subject", "")
    return subject

"""Documents of the centre: the list, and one with its chain, versions, receipts and letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from core.documents.model import DocumentState
from schema.board.forms.posted import number_in
from schema.board.lists.address import following
from schema.board.lists.appeals import PAGE
from schema.board.lists.moved import MOST_NAMED, carrying, since
from schema.board.saved import Failed, PageContext
from schema.board.words.people import names_of
from schema.board.words.values import at, exactly, moment, plain
from schema.graphql.ids import decode_id, global_id

ROOM, PLACE = "Документы", "documents"
NEW, DRAFTING, EDITING = "new", "draftDocument", "editDocument"
NOT_MINE = "Документ готовит тот, кому это даёт его вид"
STATES = {one.name: one.label for one in DocumentState}


async def every(context: PageContext, asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """Documents of the kind and state of the address, and the steps that nobody can take today."""
    kept = {name: asked[name] for name in ("kind", "state") if asked.get(name)}
    after = asked.get("after") or None
    found = await context.ask("Documents", **kept, first=PAGE, after=after)
    for one in (
        *found["documents"]["nodes"],
        *(row["document"] for row in found["stuckDocuments"]),
    ):
        one["number"] = number_of(one)
    total = found["documents"]["totalCount"]

    async def fresh(then: datetime) -> tuple[Sequence[tuple[str, str]], int]:
        asked_since = {**kept, "since": exactly(then), "first": MOST_NAMED}
        told = (await context.ask("DocumentsSince", **asked_since))["documents"]
        named = [(one["title"], f"documents/{number_of(one)}") for one in told["nodes"]]
        return named, told["totalCount"]

    return {
        "moved": await since(context, asked, total, fresh) if after is None else None,
        "whole": carrying(context, f"?{urlencode(kept)}", total),
        "page": found["documents"],
        "kinds": {one["key"]: one["name"] for one in found["documentKinds"]},
        "states": STATES,
        "asked": asked,
        "stuck": found["stuckDocuments"],
        "following": following(found["documents"], kept),
        "drafts": bool(found["documentKindsToDraft"]),
    }


async def one(context: PageContext, asked: Mapping[str, str], number: str) -> Mapping[str, Any]:
    """One document; Failed NOT_FOUND where there is none of this number, or none for the reader.

    `before` and `after` of the address name two versions to lay side by side.
    """
    missing = Failed("NOT_FOUND", f"Документа № {number} нет или он не в Вашем ведении")
    row = plain(number)
    if not row:
        raise missing
    found = await context.ask("Document", id=global_id("Document", row))
    shown = found["node"]
    if shown is None:
        raise missing
    before, after = number_in(asked, "before"), number_in(asked, "after")
    differences = None
    if before and after:
        said = await context.ask("Differences", id=shown["id"], before=before, after=after)
        differences = said["documentDifferences"]
    kind = next((one for one in found["documentKinds"] if one["key"] == shown["kind"]), None)
    receipts = [one for version in shown["versions"] for one in version["receipts"]]
    return {
        "title": shown["title"],
        "room": ROOM,
        "document": shown,
        "kind": kind,
        "columns": {one["name"]: one["columns"] for one in kind["fields"]} if kind else {},
        "grounds": {str(one["clause"]): one for one in receipts if one["clause"]}.values(),
        "chain": list(chain_of(shown["current"])) if shown["current"] else [],
        "number": number,
        "open_steps": [one for one in shown["offered"] if one["allowed"]],
        "closed_steps": [one for one in shown["offered"] if not one["allowed"]],
        "papers": any(one["receipts"] or one["letters"] for one in shown["versions"]),
        "pair": [before, after],
        "differences": differences,
    }


async def find(context: PageContext, number: str) -> Mapping[str, Any]:
    """The document of a number; what stands for it where a new one is begun.

    Its kind is named behind a dot; without one there are those that the reader may draft.
    """
    new, _, key = number.partition(".")
    if new != NEW:
        found = await one(context, {}, number)
        shown: Mapping[str, Any] = found["document"]
        names = await names_of(context, {edit["by"] for edit in shown["edits"]})
        edits = [{**edit, "who": names[edit["by"]]} for edit in shown["edits"]]
        fields = found["kind"]["fields"] if found["kind"] else ()
        return {**shown, "edits": edits, "form": {"fields": fields, "blocks": ()}}
    kinds = (await context.ask("DraftKinds"))["documentKindsToDraft"]
    offered = [{"mutation": DRAFTING, "allowed": bool(kinds), "text": NOT_MINE}]
    begun = {"id": None, "title": ROOM, "state": None, "versions": (), "edits": (), "current": None}
    if not key:
        choices = [(f"{NEW}.{row['key']}", row["name"], row["clause"]["title"]) for row in kinds]
        asked = {"asked": "Какого вида", "choices": choices, "chosen_by": "DraftKinds"}
        return {**begun, "offered": offered, **asked}
    kind = next((row for row in kinds if row["key"] == key), None)
    if kind is None:
        raise Failed("NOT_FOUND", "Вида документов с таким ключом нет или его готовите не Вы")
    return {**begun, "title": kind["name"], "offered": offered, "form": kind, "revision": 0}


def changed(
    context: PageContext, shown: Mapping[str, Any], since: datetime
) -> list[dict[str, str]]:
    """What was changed, submitted and decided after the reader saw it."""
    found = [(one["frozenAt"], f"представлена версия {one['number']}") for one in shown["versions"]]
    found += [(one["at"], f"{one['who']}: проект изменён") for one in shown["edits"]]
    for said in shown["current"]["decisions"] if shown["current"] else ():
        text = f"{said['decidedBy']}: {'да' if said['agreed'] else 'нет'}"
        found.append((said["at"], f"{text}. {said['reason']}" if said["reason"] else text))
    later = sorted(one for one in found if moment(one[0]) > since)
    return [{"at": at(when, context.zone), "text": text} for when, text in later]


def back(number: str) -> str:
    """The page to which its steps lead."""
    return PLACE if number.partition(".")[0] == NEW else f"{PLACE}/{number}"


def number_of(shown: Mapping[str, Any]) -> int:
    """The number by which a document stands in an address."""
    return decode_id(shown["id"], "Document")


def chain_of(version: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps of a version in turn, each with what was decided and whether it is open now."""
    waiting = {one["key"] for one in version["openSteps"]}
    for step in version["steps"]:
        said = [one for one in version["decisions"] if one["step"] == step["key"]]
        yield {**step, "said": said, "open": step["key"] in waiting}

"""A new appeal from paper, by telephone or at a reception, with twins and the route beside it."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.kernel.codes import Permission
from core.sessions import drafts
from schema.board.forms.drafts import keep
from schema.board.forms.posted import typed_of
from schema.board.forms.steps import local_moment
from schema.board.forms.taking import Place, misfit
from schema.board.rendering import HEADERS, board_page
from schema.board.saved import Failed, PageContext
from schema.board.words.values import api, at

PLACE = "intake"
MONTHS_BACK = timedelta(days=61)
"""How far back twins are looked for."""

PLAIN = ("channel", "theme", "municipality", "address", "text")
KINDS = {
    "CITIZEN": "гражданин России",
    "LEGAL_ENTITY": "организация",
    "FOREIGNER": "иностранный гражданин",
    "STATELESS": "лицо без гражданства",
    "UNKNOWN": "неизвестно",
}
OF_FIELD = {"TEXT_EMPTY": "text", "TEXT_TOO_LONG": "text", "DATE_OUT_OF_RANGE": "receivedAt"}
"""Which field a refusal is of that says it by its code alone."""

CONTACT = {"name": "name", "contact": "contact", "home": "address"}


async def intake(
    context: PageContext, me: Mapping[str, Any], request: Request, names: tuple[str, ...]
) -> Response:
    """The form; what it shows beside while somebody types; or the appeal that came of it."""
    if not context.actor.may(Permission.TAKE_IN):
        raise Failed("FORBIDDEN", "Приём обращений Вам не поручен.")
    found = await drafts.kept_at(context.region, context.actor.subject, PLACE)
    typed: Mapping[str, str] = found.typed if found else {}
    values: dict[str, Any] = {"kept_at": at(found.saved_at, context.zone) if found else None}
    if request.method == "POST":
        typed = await typed_of(context, request, names)
        values["kept_at"] = None
        if typed.get("drop"):
            await drafts.drop(context.region, context.actor.subject, PLACE)
            return RedirectResponse(f"/{context.region.code}/{PLACE}", 303, headers=HEADERS)
        if not typed.get("check"):
            said = await _taken(context, typed)
            if said["__typename"] != "Refusal":
                address = f"/{context.region.code}/appeals/{quote(said['number'])}?done=takeIn"
                return RedirectResponse(address, 303, headers=HEADERS)
            values["refusal"] = {"field": OF_FIELD.get(said.get("code", ""), ""), **said}
    status = 422 if values.get("refusal") else 200
    return board_page(
        context, "intake.html", me, {**await _shown(context, typed), **values}, status
    )


async def _shown(context: PageContext, typed: Mapping[str, str]) -> dict[str, Any]:
    choices = (await context.ask("IntakeChoices"))["rulebook"]
    given = {name: typed[name] for name in PLAIN if typed.get(name)}
    return {
        "title": "Новое обращение",
        "room": "Новое обращение",
        "typed": typed,
        "kinds": KINDS,
        "channels": sorted(choices["channels"], key=lambda one: one["electronic"]),
        "themes": choices["themes"],
        "municipalities": choices["municipalities"],
        "external": typed.get("external") or f"доска-{secrets.token_hex(8)}",
        "seen": api(context.now),
        "token": context.token,
        "place": PLACE,
        "route": await _found(context, _route, given),
        "twins": await _found(context, _twins, given),
        "refusal": None,
    }


async def _found(
    context: PageContext,
    look: Callable[[PageContext, Mapping[str, str]], Awaitable[Mapping[str, Any] | None]],
    given: Mapping[str, str],
) -> Mapping[str, Any] | None:
    """What is found for what was typed, or what the API refuses of it: that closes no form."""
    try:
        return await look(context, given)
    except Failed as failed:
        return {"refused": failed.text}


async def _route(context: PageContext, given: Mapping[str, str]) -> Mapping[str, Any] | None:
    """Where it would go by what is known so far; None without a theme."""
    if "theme" not in given or "channel" not in given:
        return None
    names = ("channel", "theme", "municipality")
    asked = {name: given[name] for name in names if name in given}
    found: Mapping[str, Any] = (await context.ask("Route", input=asked))["explainRouting"]
    return found


async def _twins(context: PageContext, given: Mapping[str, str]) -> Mapping[str, Any] | None:
    """Those of the same theme in the same place; None where too little is known."""
    if "theme" not in given or not ({"municipality", "address"} & given.keys()):
        return None
    asked: dict[str, Any] = {
        name: [given[name]] for name in ("theme", "municipality") if name in given
    }
    if "address" in given:
        asked["address"] = given["address"]
    asked["receivedFrom"] = api(context.now - MONTHS_BACK)
    found: Mapping[str, Any] = (await context.ask("Twins", filter=asked))["appeals"]
    return found


async def _taken(context: PageContext, typed: Mapping[str, str]) -> Mapping[str, Any]:
    """What the API says of it. The same form sent twice is one appeal."""
    await keep(context.region, context.actor.subject, PLACE, typed)
    asked: dict[str, Any] = {name: typed[name].strip() for name in PLAIN if typed.get(name)}
    asked["text"], asked["channel"] = asked.get("text", ""), asked.get("channel", "")
    asked["externalId"] = typed.get("external", "")
    asked["applicantKind"] = typed.get("kind") or "UNKNOWN"
    asked["anonymous"] = typed.get("anonymous") == "1"
    if typed.get("receivedAt"):
        asked["receivedAt"] = local_moment(context, typed["receivedAt"])
    contact = {key: typed[name].strip() for name, key in CONTACT.items() if typed.get(name)}
    if contact:
        asked["applicant"] = contact
    kind: Any = context.endpoint.graphql.type_map["TakeInInput"]
    if unfit := misfit(kind, asked):
        return {**unfit, "clause": None, "field": _field(unfit["at"])}
    try:
        said: Mapping[str, Any] = (await context.ask("TakeIn", input=asked))["takeIn"]
    except Failed as failed:
        said = {"__typename": "Refusal", "text": failed.text, "clause": None}
    if said["__typename"] != "Refusal":
        await drafts.drop(context.region, context.actor.subject, PLACE)
    context.asked.pop("TakeIn", None)  # it holds the person's data, and the page may be shown
    return said


def _field(at: Place) -> str:
    """The field of the form that stands at this place of the input."""
    fields = {key: name for name, key in CONTACT.items()} if at[0] == "applicant" else {}
    return fields.get(str(at[-1]), str(at[-1]))

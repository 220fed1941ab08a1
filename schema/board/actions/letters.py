"""The letters page: an answer composed with its template, seen as a letter, signed and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.appeals.rules.answers import EVIDENCE
from schema.board.forms import steps
from schema.board.forms.changes import changed_since
from schema.board.forms.choosing import fit, of_step
from schema.board.forms.controls import Control, wrong
from schema.board.forms.drafts import NOTHING, Begun, begun, forget, keep, seen
from schema.board.forms.posted import number_in, typed_of
from schema.board.forms.taking import misfit, taken
from schema.board.lists.columns import delay
from schema.board.lists.way import carried
from schema.board.pages import case
from schema.board.rendering import HEADERS, board_page
from schema.board.saved import Failed, PageContext
from schema.board.words.values import api, plain
from schema.graphql.ids import decode_id, global_id

PLACE = "letters"
NEW = f"{PLACE}/new/"
PLAIN = ("kind", "outcome", "norm", "planDate")
WRITTEN = (*PLAIN, "text")
SIGN, SEND = "signAnswer", "sendAnswer"
DISPATCH = ("way", "number", "at", "address", "addressGround")


async def letters(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response | None:
    """An answer being written, or one that is kept with the steps that it still needs."""
    if path.startswith(NEW):
        return await _composed(context, me, request, path, names)
    number = path.removeprefix(PLACE).removeprefix("/")
    if not plain(number):
        return None
    return await _kept(context, me, request, path, names)


async def _composed(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response:
    found = await case.find(context, path.removeprefix(NEW))
    head = (await context.ask("Compose", id=found))["appeal"]
    said: dict[str, Any] = {"refusal": None, "preview": None}
    way, kept = carried(dict(request.query_params)), await begun(context, path)
    typed, since = kept.typed, kept.seen_at
    if request.method == "POST":
        typed = await typed_of(context, request, names)
        since = seen(typed)
        if typed.get("drop"):
            await forget(context, path, kept)
            return _to(context, f"appeals/{quote(head['number'])}{way}")
        typed, answer = await _done(context, head, path, typed, said, kept)
        if answer is not None:
            own = carried(dict(request.query_params), done="answerAppeal")
            return _to(context, f"{PLACE}/{answer}{own}")
        kept = NOTHING
    step = next((one for one in head["steps"] if one["mutation"] == "answerAppeal"), None)
    kind: Any = context.endpoint.graphql.type_map["AnswerInput"]
    known = await of_step(context, head["id"], case.ANSWER)
    values = {
        **said,
        "title": "Ответ заявителю",
        "room": "Обращения",
        "case": head,
        "delay": delay(context, {"answeredAt": None, **head}),
        "step": step,
        "typed": typed,
        "kept": kept,
        "controls": fit(steps.controls_of(kind, PLAIN), known),
        "templates": await _templates(context, head),
        "kinds": EVIDENCE,
        "changed": await changed_since(context, head["id"], since) if since else [],
        "seen": api(context.now),
        "token": context.token,
        "place": path,
        "carried": way,
        "show": request.query_params.get("show") == "queries",
    }
    return board_page(context, "compose.html", me, values, 422 if said["refusal"] else 200)


async def _done(
    context: PageContext,
    head: Mapping[str, Any],
    path: str,
    typed: Mapping[str, str],
    said: dict[str, Any],
    kept: Begun,
) -> tuple[Mapping[str, str], int | None]:
    """What the form holds now, and the number of the answer where one was prepared.

    Whatever comes of it, what was typed is kept first.
    """
    await keep(context.region, context.actor.subject, path, typed)
    if typed.get("do") == "template":
        if typed.get("template"):
            asked = {"template": typed["template"], "appeal": head["id"]}
            drawn = (await context.ask("Template", **asked))["draftAnswer"]
            text = "\n\n".join(filter(None, (typed.get("text", "").strip(), drawn)))
            typed = {**typed, "text": text}
            await keep(context.region, context.actor.subject, path, typed)
        return typed, None
    given = _given(context, head, typed)
    kind: Any = context.endpoint.graphql.type_map["AnswerInput"]
    if unfit := misfit(kind, given):
        said["refusal"] = {**unfit, "field": wrong(steps.controls_of(kind, WRITTEN), unfit, typed)}
        return typed, None
    try:
        if typed.get("do") == "preview":
            said["preview"] = (await context.ask("Preview", input=given))["answerPreview"]
            return typed, None
        done = (await context.ask("Prepare", input=given))["answerAppeal"]
    except Failed as failed:
        done = {"__typename": "Refusal", "code": failed.code, "text": failed.text}
    context.asked.pop("Prepare", None)
    if done["__typename"] == "Refusal":
        said["refusal"] = {"field": "", **done}
        return typed, None
    await forget(context, path, kept)
    return typed, max(decode_id(one["id"], "Answer") for one in done["answers"])


def _given(
    context: PageContext, head: Mapping[str, Any], typed: Mapping[str, str]
) -> dict[str, Any]:
    """The answer as the API takes it."""
    kind: Any = context.endpoint.graphql.type_map["AnswerInput"]
    given: dict[str, Any] = {"id": head["id"], "text": typed.get("text", "")}
    if typed.get("version"):
        given["expectedVersion"] = number_in(typed, "version")
    for one in steps.controls_of(kind, PLAIN):
        value = steps.value_of(context, one, typed.get(one.name, ""))
        if value is not None:
            given[one.name] = value
    if typed.get("proof"):
        given["evidence"] = [{"kind": typed.get("proofKind", ""), "attachment": typed["proof"]}]
    return given


async def _templates(context: PageContext, head: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
    """Templates that fit; none where the region's act has none or the reader may not use them."""
    theme = head["theme"]["key"] if head["theme"] else None
    try:
        found: Sequence[Mapping[str, str]] = (await context.ask("Templates", theme=theme))[
            "answerTemplates"
        ]
    except Failed as failed:
        if failed.code not in ("NOT_FOUND", "FORBIDDEN"):
            raise
        context.asked.pop("Templates", None)
        return ()
    return found


async def _kept(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response:
    number = path.removeprefix(f"{PLACE}/")
    found = (await context.ask("Letter", id=global_id("Answer", int(number))))["answerLetter"]
    if found is None:
        raise Failed("NOT_FOUND", f"Ответа № {number} нет или он не в Вашем ведении")
    head, typed, asked = found["appeal"], dict[str, str](), dict(request.query_params)
    refusal, since = None, None
    if request.method == "POST":
        typed = dict(await typed_of(context, request, names))
        since = seen(typed)
        refusal = await _step(context, head, typed)
        if refusal is None:
            return _to(context, f"{path}{carried(asked, done=_mutation(typed))}")
    open_ = {one["mutation"]: one for one in head["steps"]}
    last = max(decode_id(one["id"], "Answer") for one in head["answers"]) == int(number)
    sign = await _offered(context, head, open_.get(SIGN), "SignInput")
    send = await _offered(context, head, open_.get(SEND), "DispatchInput")
    if refusal is not None:
        of_form = send if _mutation(typed) == SEND else sign
        refusal = {**refusal, "field": wrong(of_form, refusal, typed)}
    values = {
        "title": f"Ответ № {number}",
        "room": "Обращения",
        "letter": found,
        "case": head,
        "last": last,
        "sign": open_.get(SIGN),
        "send": open_.get(SEND),
        "sign_controls": sign,
        "send_controls": send,
        "typed": typed,
        "refusal": refusal,
        "changed": await changed_since(context, head["id"], since) if since else [],
        "seen": api(context.now),
        "token": context.token,
        "number": number,
        "carried": carried(asked),
        "show": asked.get("show") == "queries",
    }
    return board_page(context, "letter.html", me, values, 422 if refusal else 200)


def _controls(context: PageContext, name: str) -> tuple[Control, ...]:
    kind: Any = context.endpoint.graphql.type_map[name]
    return steps.controls_of(kind, tuple(kind.fields))


async def _offered(
    context: PageContext, head: Mapping[str, Any], step: Mapping[str, Any] | None, name: str
) -> tuple[Control, ...]:
    """The fields of a step, with what it takes in them where it can be taken now."""
    known = {}
    if step is not None and step["allowed"]:
        known = await of_step(context, head["id"], step["mutation"])
    return fit(_controls(context, name), known)


def _mutation(typed: Mapping[str, str]) -> str:
    return SEND if typed.get("do") == "send" else SIGN


async def _step(
    context: PageContext, head: Mapping[str, Any], typed: Mapping[str, str]
) -> Mapping[str, Any] | None:
    """Sign or send; the refusal, None where it is done."""
    mutation = _mutation(typed)
    kind = "DispatchInput" if mutation == SEND else "SignInput"
    said = {
        one.name: value
        for one in _controls(context, kind)
        if (value := steps.value_of(context, one, typed.get(one.name, ""))) is not None
    }
    version = number_in(typed, "version")
    given = {"dispatch": said} if mutation == SEND else said
    return await taken(context, mutation, {"id": head["id"], "expectedVersion": version, **given})


def _to(context: PageContext, path: str) -> Response:
    return RedirectResponse(f"/{context.region.code}/{path}", 303, headers=HEADERS)

"""The letters page: an answer composed with its template, seen as a letter, signed and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.appeals.rules.answers import EVIDENCE
from schema.board import case, steps
from schema.board.changes import changed_since
from schema.board.columns import delay
from schema.board.drafts import NOTHING, Begun, begun, forget, keep, seen
from schema.board.posted import number_in, plain, typed_of
from schema.board.rendering import HEADERS, board_page
from schema.board.saved import Desk, Failed
from schema.board.way import carried
from schema.board.words import api
from schema.graphql.ids import decode_id, global_id

PLACE = "letters"
NEW = f"{PLACE}/new/"
PLAIN = ("kind", "outcome", "norm", "planDate")
SIGN, SEND = "signAnswer", "sendAnswer"
DISPATCH = ("way", "number", "at", "address", "addressGround")


async def letters(
    desk: Desk, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response | None:
    """An answer being written, or one that is kept with the steps that it still needs."""
    if path.startswith(NEW):
        return await _composed(desk, me, request, path, names)
    number = path.removeprefix(PLACE).removeprefix("/")
    if not plain(number):
        return None
    return await _kept(desk, me, request, path, names)


async def _composed(
    desk: Desk, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response:
    found = await case.find(desk, path.removeprefix(NEW))
    head = (await desk.ask("Compose", id=found))["appeal"]
    said: dict[str, Any] = {"refusal": None, "preview": None}
    way, kept = carried(dict(request.query_params)), await begun(desk, path)
    typed, since = kept.typed, kept.seen_at
    if request.method == "POST":
        typed = await typed_of(desk, request, names)
        since = seen(typed)
        if typed.get("drop"):
            await forget(desk, path, kept)
            return _to(desk, f"appeals/{quote(head['number'])}{way}")
        typed, answer = await _done(desk, head, path, typed, said, kept)
        if answer is not None:
            own = carried(dict(request.query_params), done="answerAppeal")
            return _to(desk, f"{PLACE}/{answer}{own}")
        kept = NOTHING
    step = next((one for one in head["steps"] if one["mutation"] == "answerAppeal"), None)
    kind = desk.endpoint.graphql.type_map["AnswerInput"]
    values = {
        **said,
        "title": "Ответ заявителю",
        "room": "Обращения",
        "case": head,
        "delay": delay(desk, {"answeredAt": None, **head}),
        "step": step,
        "typed": typed,
        "kept": kept,
        "controls": steps.controls_of(kind, PLAIN),  # type: ignore[arg-type]
        "templates": await _templates(desk, head),
        "kinds": EVIDENCE,
        "changed": await changed_since(desk, head["id"], since) if since else [],
        "seen": api(desk.now),
        "token": desk.token,
        "place": path,
        "carried": way,
        "show": request.query_params.get("show") == "queries",
    }
    return board_page(desk, "compose.html", me, values, 422 if said["refusal"] else 200)


async def _done(
    desk: Desk,
    head: Mapping[str, Any],
    path: str,
    typed: Mapping[str, str],
    said: dict[str, Any],
    kept: Begun,
) -> tuple[Mapping[str, str], int | None]:
    """What the form holds now, and the number of the answer where one was prepared.

    Whatever comes of it, what was typed is kept first.
    """
    await keep(desk.region, desk.actor.subject, path, typed)
    if typed.get("do") == "template":
        if typed.get("template"):
            asked = {"template": typed["template"], "appeal": head["id"]}
            drawn = (await desk.ask("Template", **asked))["draftAnswer"]
            text = "\n\n".join(filter(None, (typed.get("text", "").strip(), drawn)))
            typed = {**typed, "text": text}
            await keep(desk.region, desk.actor.subject, path, typed)
        return typed, None
    given = _given(desk, head, typed)
    try:
        if typed.get("do") == "preview":
            said["preview"] = (await desk.ask("Preview", input=given))["answerPreview"]
            return typed, None
        done = (await desk.ask("Prepare", input=given))["answerAppeal"]
    except Failed as failed:
        done = {"__typename": "Refusal", "code": failed.code, "text": failed.text}
    desk.asked.pop("Prepare", None)
    if done["__typename"] == "Refusal":
        said["refusal"] = done
        return typed, None
    await forget(desk, path, kept)
    return typed, max(decode_id(one["id"], "Answer") for one in done["answers"])


def _given(desk: Desk, head: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    """The answer as the API takes it."""
    kind: Any = desk.endpoint.graphql.type_map["AnswerInput"]
    given: dict[str, Any] = {"id": head["id"], "text": typed.get("text", "")}
    if typed.get("version"):
        given["expectedVersion"] = number_in(typed, "version")
    for one in steps.controls_of(kind, PLAIN):
        value = steps.value_of(desk, one, typed.get(one.name, ""))
        if value is not None:
            given[one.name] = value
    if typed.get("proof"):
        given["evidence"] = [{"kind": typed.get("proofKind", ""), "attachment": typed["proof"]}]
    return given


async def _templates(desk: Desk, head: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
    """Templates that fit; none where the region's act has none or the reader may not use them."""
    theme = head["theme"]["key"] if head["theme"] else None
    try:
        found: Sequence[Mapping[str, str]] = (await desk.ask("Templates", theme=theme))[
            "answerTemplates"
        ]
    except Failed as failed:
        if failed.code not in ("NOT_FOUND", "FORBIDDEN"):
            raise
        desk.asked.pop("Templates", None)
        return ()
    return found


async def _kept(
    desk: Desk, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response:
    number = path.removeprefix(f"{PLACE}/")
    found = (await desk.ask("Letter", id=global_id("Answer", int(number))))["answerLetter"]
    if found is None:
        raise Failed("NOT_FOUND", f"Ответа № {number} нет или он не в Вашем ведении")
    head, typed, asked = found["appeal"], dict[str, str](), dict(request.query_params)
    refusal, since = None, None
    if request.method == "POST":
        typed = dict(await typed_of(desk, request, names))
        since = seen(typed)
        refusal = await _step(desk, head, typed)
        if refusal is None:
            return _to(desk, f"{path}{carried(asked, done=_mutation(typed))}")
    open_ = {one["mutation"]: one for one in head["steps"]}
    last = max(decode_id(one["id"], "Answer") for one in head["answers"]) == int(number)
    values = {
        "title": f"Ответ № {number}",
        "room": "Обращения",
        "letter": found,
        "case": head,
        "last": last,
        "sign": open_.get(SIGN),
        "send": open_.get(SEND),
        "sign_controls": _controls(desk, "SignInput"),
        "send_controls": _controls(desk, "DispatchInput"),
        "typed": typed,
        "refusal": refusal,
        "changed": await changed_since(desk, head["id"], since) if since else [],
        "seen": api(desk.now),
        "token": desk.token,
        "number": number,
        "carried": carried(asked),
        "show": asked.get("show") == "queries",
    }
    return board_page(desk, "letter.html", me, values, 422 if refusal else 200)


def _controls(desk: Desk, name: str) -> tuple[steps.Control, ...]:
    kind: Any = desk.endpoint.graphql.type_map[name]
    return steps.controls_of(kind, tuple(kind.fields))


def _mutation(typed: Mapping[str, str]) -> str:
    return SEND if typed.get("do") == "send" else SIGN


async def _step(
    desk: Desk, head: Mapping[str, Any], typed: Mapping[str, str]
) -> Mapping[str, Any] | None:
    """Sign or send; the refusal, None where it is done."""
    mutation = _mutation(typed)
    kind = "DispatchInput" if mutation == SEND else "SignInput"
    said = {
        one.name: value
        for one in _controls(desk, kind)
        if (value := steps.value_of(desk, one, typed.get(one.name, ""))) is not None
    }
    version = number_in(typed, "version")
    given = {"dispatch": said} if mutation == SEND else said
    return await steps.taken(
        desk, mutation, {"id": head["id"], "expectedVersion": version, **given}
    )


def _to(desk: Desk, path: str) -> Response:
    return RedirectResponse(f"/{desk.region.code}/{path}", 303, headers=HEADERS)

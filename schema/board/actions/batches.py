"""One step with many cases: who may, with what words, how far it is, what came of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from graphql import GraphQLInputObjectType
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.sessions import drafts
from schema.board.forms.choosing import chosen_of, with_choices
from schema.board.forms.controls import Control, wrong
from schema.board.forms.drafts import keep
from schema.board.forms.posted import typed_of
from schema.board.forms.steps import controls_of, value_of
from schema.board.forms.taking import misfit, unfit
from schema.board.lists.address import chosen, following, one_of
from schema.board.lists.appeals import PAGE
from schema.board.rendering import HEADERS, board_page, message
from schema.board.saved import Failed, PageContext
from schema.board.words.values import api, at, plain
from schema.graphql.ids import decode_id, global_id

PLACE = "batches"
TICK = "tick-"
WHOLE = "all"
"""What the list says instead of ticks: every case that it shows, whatever its pages."""

STATES = ("WAITING", "DONE", "REFUSED")


async def batches(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response | None:
    """The batch that ticks of a list make, the page of one, or what came of its form."""
    number = path.removeprefix(PLACE).removeprefix("/")
    if not number:
        if request.method != "POST":
            return None
        return await _prepared(context, await typed_of(context, request, names))
    if not plain(number):
        return None
    typed: Mapping[str, str] = {}
    refusal: Mapping[str, Any] | None = None
    kept_at = None
    if request.method == "POST":
        typed = await typed_of(context, request, names)
        refusal = await _started(context, path, number, typed)
        if refusal is None:
            return _to(context, number)
    elif (found := await drafts.kept_at(context.region, context.actor.subject, path)) is not None:
        typed, kept_at = found.typed, at(found.saved_at, context.zone)
    asked = dict(request.query_params)
    values = await _shown(context, number, asked)
    if refusal is not None:
        refusal = {**refusal, "field": wrong(values["controls"], refusal, typed)}
    values |= {"typed": typed, "refusal": refusal, "kept_at": kept_at, "place": path}
    values["show"] = asked.get("show") == "queries"
    return board_page(context, "batch.html", me, values, 422 if refusal else 200)


async def _prepared(context: PageContext, typed: Mapping[str, str]) -> Response:
    given: dict[str, Any] = {"step": typed.get("step", "")}
    asked = dict(parse_qsl(typed.get("listed", ""), keep_blank_values=True))
    if typed.get("which") == WHOLE:
        given |= {"filter": chosen(asked, context.zone), "order": asked.get("order")}
    else:
        given["appeals"] = [value for name, value in typed.items() if name.startswith(TICK)]
        if not given["appeals"]:
            return message(422, "Ничего не отмечено", "Отметьте обращения в списке.")
    said = (await context.ask("PrepareBatch", input=given))["prepareBatch"]
    if said["__typename"] == "Refusal":
        return message(422, "Не принято", said["text"], context.region.code)
    return _to(context, str(decode_id(said["id"], "Batch")))


async def _started(
    context: PageContext, path: str, number: str, typed: Mapping[str, str]
) -> Mapping[str, Any] | None:
    """The refusal; None where it has begun. What is refused is kept first."""
    await keep(context.region, context.actor.subject, path, typed)
    given: dict[str, Any] = {"batch": global_id("Batch", int(number))}
    for one in _controls(context, typed.keys()):
        value = value_of(context, one, typed[one.name])
        if value is not None:
            given[one.name] = value
    kind: Any = context.endpoint.graphql.type_map["StartBatchInput"]
    if ill := misfit(kind, given):
        return ill
    try:
        said: Mapping[str, Any] = (await context.ask("StartBatch", input=given))["startBatch"]
    except Failed as failed:
        return unfit(failed.text, failed.code)
    if said["__typename"] == "Refusal":
        return said
    await drafts.drop(context.region, context.actor.subject, path)
    return None


async def _shown(context: PageContext, number: str, asked: Mapping[str, str]) -> dict[str, Any]:
    state = one_of(asked, "state", STATES)
    after = asked.get("after") or None
    found = await context.ask(
        "Batch", id=global_id("Batch", int(number)), state=state, first=PAGE, after=after
    )
    batch = found["batch"]
    if batch is None:
        raise Failed("NOT_FOUND", f"Списка № {number} нет или его готовили не Вы")
    kind = next((one for one in found["batchSteps"] if one["step"] == batch["step"]), None)
    fields: tuple[Control, ...] = ()
    if kind is not None and batch["state"] == "PREPARED":
        wanted = _controls(context, (*kind["asks"], *kind["lets"]), kind["asks"])
        fields = await with_choices(context, wanted, known=chosen_of(batch["choices"]))
    return {
        "title": "Шаг со многими",
        "room": "Обращения",
        "batch": batch,
        "mutation": kind["mutation"] if kind else None,
        "controls": fields,
        "rows": found["batchRows"],
        "state": state,
        "following": following(found["batchRows"], {"state": state} if state else {}),
        "seen": api(context.now),
        "token": context.token,
    }


def _controls(context: PageContext, names: Any, asked: Sequence[str] = ()) -> tuple[Control, ...]:
    kind = context.endpoint.graphql.type_map["StartBatchInput"]
    assert isinstance(kind, GraphQLInputObjectType)
    return controls_of(kind, [one for one in names if one != "batch"], required=asked)


def _to(context: PageContext, number: str) -> Response:
    return RedirectResponse(f"/{context.region.code}/{PLACE}/{number}", 303, headers=HEADERS)

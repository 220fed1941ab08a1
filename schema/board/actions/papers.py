"""Steps of things as forms, made out of the API's own inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from graphql import GraphQLInputObjectType
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.kernel.codes import Authority
from core.sessions import drafts
from schema.board.actions.things import PAPERS, Paper
from schema.board.added import added, pages_of
from schema.board.forms import indicators as forms
from schema.board.forms.acts import act_of, asked_of, folded
from schema.board.forms.choosing import with_choices
from schema.board.forms.controls import NOBODY, ROW, Choices, Control, wrong
from schema.board.forms.documents import beside, drafted, drafting
from schema.board.forms.drafts import OURS, keep, seen
from schema.board.forms.offers import CHOICES
from schema.board.forms.posted import number_in, typed_of
from schema.board.forms.requests import by_letter
from schema.board.forms.steps import controls_of, title_of, value_of
from schema.board.forms.taking import input_of, refused, said_of, unfit
from schema.board.pages import case, documents, incoming, indicators, requests
from schema.board.rendering import HEADERS, board_page, message
from schema.board.saved import Failed, PageContext
from schema.board.sitemap import Page
from schema.board.words.values import api, at
from schema.graphql.ids import decode_id

STEP = "/step/"
DECIDE = "decideDocument"
WRITING = (documents.DRAFTING, documents.EDITING)
VERDICT = Control(
    "verdict", "Решение", "select", True, options=(NOBODY, ("yes", "да"), ("no", "нет"))
)
BESIDE = f"{ROW}0"
"""Ends the name of a field which the page itself has one of the same name beside."""

BOTH = "Причину указывают, когда решают «нет»: выберите «нет» или уберите её"


async def papers(
    context: PageContext, me: Mapping[str, Any], request: Request, path: str, names: Sequence[str]
) -> Response | None:
    """The form of a step, or what came of it; None where the path is none of a step."""
    place, _, rest = path.partition("/")
    number, found, mutation = rest.partition(STEP)
    if not found:
        return None
    paper = PAPERS[place]
    shown = await paper.find(context, number)
    step = next((one for one in shown["offered"] if one["mutation"] == mutation), None)
    if step is None:
        return message(404, "Такого шага здесь нет", "Его делает API.", context.region.code)
    if "choices" in shown:
        return board_page(context, "choose.html", me, _choosing(context, paper, shown, mutation))
    typed: Mapping[str, str] = {}
    refusal, since, kept_at = None, None, None
    own = _own_page(context, paper)
    back = shown.get("back") or (own.path if own else paper.back(number))
    if request.method == "POST":
        typed = await typed_of(context, request, names)
        since = seen(typed)
        said = await _sent(context, paper, shown, path, typed)
        if not refused(said):
            done = f"?done={mutation}" if said else ""
            to = _opened(paper, shown, number, said) or back
            return RedirectResponse(f"/{context.region.code}/{to}{done}", 303, headers=HEADERS)
        refusal = said
    elif (kept := await drafts.kept_at(context.region, context.actor.subject, path)) is not None:
        typed, since, kept_at = kept.typed, kept.seen_at, at(kept.saved_at, context.zone)
    controls = await _controls(context, paper, shown, mutation)
    values = {
        "title": title_of(context.endpoint.graphql, mutation),
        "room": own.room if own else paper.room,
        "paper": paper,
        "shown": shown,
        "number": number,
        "back": back,
        "step": step,
        "typed": typed,
        "refusal": refusal and {**refusal, "field": wrong(controls, refusal, typed)},
        "kept_at": kept_at,
        "controls": controls,
        **_beside(context, paper, shown, mutation, typed, since),
        "seen": api(context.now),
        "token": context.token,
        "place": path,
        "show": request.query_params.get("show") == "queries",
    }
    return board_page(context, "paper_step.html", me, values, 422 if refusal else 200)


def _beside(
    context: PageContext,
    paper: Paper,
    shown: Mapping[str, Any],
    mutation: str,
    typed: Mapping[str, str],
    since: datetime | None,
) -> Mapping[str, Any]:
    """What changed since the reader saw the page, and what stands in what he changes."""
    changed = paper.changed(context, shown, since) if since else []
    held: Mapping[str, Any] = {"standing": {}, "unlike": ()}
    if mutation == documents.EDITING:
        held = beside(shown, typed if changed else None)
    return {"changed": changed, **held}


async def _sent(
    context: PageContext,
    paper: Paper,
    shown: Mapping[str, Any],
    path: str,
    typed: Mapping[str, str],
) -> Mapping[str, Any]:
    """What the API says of what was typed; nothing where it is to be forgotten.

    What is refused is kept.
    """
    said: Mapping[str, Any] = {}
    if not typed.get("drop"):
        await keep(context.region, context.actor.subject, path, typed)
        said = await _taken(context, paper, shown, path.rpartition(STEP)[2], typed)
    if not refused(said):
        await drafts.drop(context.region, context.actor.subject, path)
    return said


async def _controls(
    context: PageContext, paper: Paper, shown: Mapping[str, Any], mutation: str
) -> tuple[Control, ...]:
    """The fields of the step; a decision says yes or no first, and for whom of those who wait."""
    kind = _input(context, mutation)
    shown_fields = [name for name in kind.fields if name not in paper.hidden]
    own = tuple(
        replace(one, name=f"{one.name}{BESIDE}") if one.name in OURS else one
        for one in controls_of(kind, shown_fields)
    )
    if mutation == forms.PROPOSING:
        return (*await forms.proposed(context, own), *act_of(kind))
    if mutation in WRITING:
        return tuple(drafting(shown, own))
    if paper.place == indicators.PLACE:
        own = forms.with_periods(context, shown, own)
        own += act_of(kind, required=True) if forms.by_document(shown, mutation) else ()
    if mutation == requests.ASKING:
        own += act_of(kind) if by_letter(shown) else ()
    if mutation != DECIDE:
        known = await _known(context, shown, mutation)
        return await with_choices(context, (*own, *asked_of(kind)), known=known)
    waiting = shown["current"]["openSteps"] if shown["current"] else []
    parties = {party["by"] for one in waiting for party in one["parties"]}
    deeds = {one["deed"] for one in waiting}
    centre = all(Authority[one].of_the_centre for one in parties)
    left = {*(["deed"] if len(deeds) < 2 else ()), *(["body"] if centre else ())}
    kept = {"by": parties, "deed": deeds}
    narrowed = [_among(one, kept) for one in own if one.name not in left]
    act = () if centre else act_of(kind)
    return await with_choices(context, (VERDICT, *narrowed, *act))


async def _known(
    context: PageContext, shown: Mapping[str, Any], mutation: str
) -> Mapping[str, Choices]:
    offer = CHOICES.get(mutation)
    return {} if offer is None else await offer(context, shown)


def _among(one: Control, kept: Mapping[str, set[str]]) -> Control:
    if one.name not in kept:
        return one
    options = tuple(option for option in one.options if option[0] in kept[one.name])
    return replace(one, options=options)


async def _taken(
    context: PageContext,
    paper: Paper,
    shown: Mapping[str, Any],
    mutation: str,
    typed: Mapping[str, str],
) -> Mapping[str, Any]:
    """What the API says of the step: its refusal, or what came of it."""
    kind = _input(context, mutation)
    controls = await _controls(context, paper, shown, mutation)
    values = {
        one.name.removesuffix(BESIDE): value_of(context, one, typed.get(one.name, ""))
        for one in controls
    }
    given = {**_whose(paper, shown, kind), **{k: v for k, v in values.items() if v is not None}}
    if "revision" in kind.fields:
        given["revision"] = number_in(typed, "revision")
    if mutation == DECIDE:
        verdict, reason = given.pop("verdict", ""), given.get("refusing")
        if verdict not in ("yes", "no"):
            return unfit("Выберите решение: да или нет.")
        if verdict == "yes" and reason:
            return unfit(f"{BOTH}.")
        if verdict == "no":
            given["refusing"] = reason or ""
        given["seen"] = typed.get("digest", "")
    given = folded(kind, given)
    if mutation in WRITING:
        given = drafted(shown, given)
    if paper.place == indicators.PLACE:
        given = forms.filled(shown, mutation, given)
    try:
        if paper.place == incoming.PLACE and "appeal" in given:
            given["appeal"] = await case.find(context, given["appeal"])
        return await said_of(context, mutation, given)
    except Failed as failed:
        return unfit(failed.text, failed.code)


def _whose(paper: Paper, shown: Mapping[str, Any], kind: GraphQLInputObjectType) -> dict[str, Any]:
    """Which thing the step is of; where no one field of the input says it, several do."""
    if shown["id"] is None:
        return {}
    if isinstance(shown["id"], str):
        return {paper.field: shown["id"]}
    return {name: value for name, value in shown["id"].items() if name in kind.fields}


def _own_page(context: PageContext, paper: Paper) -> Page | None:
    """The page that the region gives things of this kind; None where it gives them none."""
    boards = context.region.boards
    path = added(boards).places.get(paper.place)
    return next((one for one in pages_of(boards) if one.path == path), None)


def _opened(paper: Paper, shown: Mapping[str, Any], number: str, said: Mapping[str, Any]) -> str:
    """The page of what a step was done to, or what was begun by it; "" where it has none."""
    if not paper.opened or said.get("__typename") != paper.kind:
        return ""
    if shown["id"] is None:
        number = str(decode_id(said["id"], paper.kind))
    return f"{paper.place}/{number}"


def _choosing(
    context: PageContext, paper: Paper, shown: Mapping[str, Any], mutation: str
) -> Mapping[str, Any]:
    """What is to be chosen before the form: each has a form of its own."""
    return {
        "title": title_of(context.endpoint.graphql, mutation),
        "room": paper.room,
        "paper": paper,
        "shown": shown,
        "mutation": mutation,
    }


def _input(context: PageContext, mutation: str) -> GraphQLInputObjectType:
    assert context.endpoint.graphql.mutation_type is not None
    return input_of(context.endpoint.graphql.mutation_type.fields[mutation])

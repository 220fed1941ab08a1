"""Steps of documents, requests and problems as forms, made out of the API's own inputs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from graphql import GraphQLInputObjectType
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.kernel.codes import Authority
from core.sessions import drafts
from schema.board.forms import indicators as forms
from schema.board.forms import steps
from schema.board.forms.choosing import with_choices
from schema.board.forms.controls import NOBODY, Choices, Control
from schema.board.forms.drafts import keep, seen
from schema.board.forms.posted import number_in, typed_of
from schema.board.forms.problems import CHOICES
from schema.board.forms.steps import controls_of, title_of, value_of
from schema.board.pages import case, documents, incoming, indicators, problems
from schema.board.rendering import HEADERS, board_page, message
from schema.board.saved import Failed, PageContext
from schema.board.words.values import Codes, api, at, moment, plain
from schema.graphql.ids import global_id

STEP = "/step/"
DECIDE = "decideDocument"
VERDICT = Control(
    "verdict", "Решение", "select", True, options=(NOBODY, ("yes", "да"), ("no", "нет"))
)
GROUND = {"kind": "groundKind", "number": "groundNumber", "date": "groundDate"}
BOTH = "Причину указывают, когда решают «нет»: выберите «нет» или уберите её"


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of thing that has steps: its place, its id in inputs, how it is found and told.

    `noun` is what one is called, `states` the enum of its states, `back` where its steps lead.
    """

    place: str
    kind: str
    field: str
    room: str
    find: Callable[[PageContext, str], Awaitable[Mapping[str, Any]]]
    hidden: frozenset[str]
    changed: Callable[[PageContext, Mapping[str, Any], datetime], list[dict[str, str]]]
    noun: str
    states: str
    back: Callable[[str], str]

    @property
    def operation(self) -> str:
        """By which saved operation one is found."""
        return {"MaterialRequest": "Request", "Letter": "Incoming"}.get(self.kind, self.kind)


async def _document(context: PageContext, number: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (await documents.one(context, {}, number))["document"]
    return found


async def _request(context: PageContext, number: str) -> Mapping[str, Any]:
    missing = Failed("NOT_FOUND", f"Запроса № {number} нет или он не в Вашем ведении")
    row = plain(number)
    if not row:
        raise missing
    found = (await context.ask("Request", id=global_id("MaterialRequest", row)))["node"]
    if found is None:
        raise missing
    return {**found, "title": found["text"]}


def _of_document(
    context: PageContext, shown: Mapping[str, Any], since: datetime
) -> list[dict[str, str]]:
    """Versions that were submitted and decisions that were taken after the reader saw it."""
    found = [(one["frozenAt"], f"представлена версия {one['number']}") for one in shown["versions"]]
    for one in shown["current"]["decisions"] if shown["current"] else ():
        said = f"{one['decidedBy']}: {'да' if one['agreed'] else 'нет'}"
        found.append((one["at"], f"{said}. {one['reason']}" if one["reason"] else said))
    later = sorted(one for one in found if moment(one[0]) > since)
    return [{"at": at(when, context.zone), "text": text} for when, text in later]


def _of_request(
    context: PageContext, shown: Mapping[str, Any], since: datetime
) -> list[dict[str, str]]:
    replied = shown["repliedAt"]
    if replied is None or moment(replied) <= since:
        return []
    state = Codes(context.endpoint.types)(shown["state"], "RequestState")
    text = f"{state}: {shown['reply']}" if shown["reply"] else state
    return [{"at": at(replied, context.zone), "text": text}]


def _of_problem(
    context: PageContext, shown: Mapping[str, Any], since: datetime
) -> list[dict[str, str]]:
    """What was done about it after the reader saw it."""
    later = [one for one in shown["timeline"] if moment(one["at"]) > since and not one["ahead"]]
    return [{"at": at(one["at"], context.zone), "text": one["words"]} for one in later]


def _nothing(
    _context: PageContext, _shown: Mapping[str, Any], _since: datetime
) -> list[dict[str, str]]:
    return []


def _problem_page(number: str) -> str:
    return "problems" if number == problems.NEW else f"problems/{number}"


PAPERS = {
    one.place: one
    for one in (
        Paper("documents", "Document", "document", documents.ROOM, _document,
              frozenset({"document", "revision", "seen"}), _of_document,
              "Документ", "DocumentState", "documents/{}".format),
        Paper("requests", "MaterialRequest", "request", "Запросы", _request,
              frozenset({"request"}), _of_request, "Запрос", "RequestState", lambda _: "requests"),
        Paper("problems", "Problem", "problem", problems.ROOM, problems.find,
              frozenset({"problem"}), _of_problem, "Проблема", "ProblemState", _problem_page),
        Paper("sightings", "Sighting", "sighting", problems.ROOM, problems.find_sighting,
              frozenset({"sighting"}), _nothing, "Запись", "", lambda _: "problems"),
        Paper(incoming.PLACE, "Letter", "id", incoming.ROOM, incoming.find, frozenset({"id"}),
              incoming.changed, "Письмо", "LetterState", f"{incoming.PLACE}/{{}}".format),
        Paper(indicators.PLACE, "Indicator", "id", indicators.ROOM, indicators.find,
              frozenset({"id", "deed", "by"}), indicators.changed, "Показатель", "IndicatorState",
              lambda _: indicators.PLACE),
    )
}  # fmt: skip


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
    typed: Mapping[str, str] = {}
    refusal, since, kept_at = None, None, None
    if request.method == "POST":
        typed = await typed_of(context, request, names)
        since = seen(typed)
        if not typed.get("drop"):
            await keep(context.region, context.actor.subject, path, typed)
            refusal = await _taken(context, paper, shown, mutation, typed)
        if refusal is None:
            await drafts.drop(context.region, context.actor.subject, path)
            done = "" if typed.get("drop") else f"?done={mutation}"
            back = f"/{context.region.code}/{paper.back(number)}{done}"
            return RedirectResponse(back, 303, headers=HEADERS)
    elif (kept := await drafts.kept_at(context.region, context.actor.subject, path)) is not None:
        typed, since, kept_at = kept.typed, kept.seen_at, at(kept.saved_at, context.zone)
    values = {
        "title": title_of(context.endpoint.graphql, mutation),
        "room": paper.room,
        "paper": paper,
        "shown": shown,
        "number": number,
        "back": paper.back(number),
        "step": step,
        "typed": typed,
        "refusal": refusal,
        "kept_at": kept_at,
        "controls": await _controls(context, paper, shown, mutation),
        "changed": paper.changed(context, shown, since) if since else [],
        "seen": api(context.now),
        "token": context.token,
        "place": path,
        "show": request.query_params.get("show") == "queries",
    }
    return board_page(context, "paper_step.html", me, values, 422 if refusal else 200)


async def _controls(
    context: PageContext, paper: Paper, shown: Mapping[str, Any], mutation: str
) -> tuple[Control, ...]:
    """The fields of the step; a decision says yes or no first, and for whom of those who wait."""
    kind = _input(context, mutation)
    own = controls_of(kind, [name for name in kind.fields if name not in paper.hidden])
    if mutation == forms.PROPOSING:
        return (*await forms.proposed(context, own), *_act(context))
    if paper.place == indicators.PLACE:
        own = forms.with_periods(context, shown, own)
        outside = forms.by_document(shown, mutation)
        own += tuple(replace(one, required=True) for one in _act(context)) if outside else ()
    if mutation != DECIDE:
        return await with_choices(context, own, known=await _known(context, shown, mutation))
    waiting = shown["current"]["openSteps"] if shown["current"] else []
    parties = {party["by"] for one in waiting for party in one["parties"]}
    deeds = {one["deed"] for one in waiting}
    centre = all(Authority[one].of_the_centre for one in parties)
    left = {*(["deed"] if len(deeds) < 2 else ()), *(["body"] if centre else ())}
    kept = {"by": parties, "deed": deeds}
    narrowed = [_among(one, kept) for one in own if one.name not in left]
    act = () if centre else _act(context)
    return await with_choices(context, (VERDICT, *narrowed, *act))


async def _known(
    context: PageContext, shown: Mapping[str, Any], mutation: str
) -> Mapping[str, Choices]:
    offer = CHOICES.get(mutation)
    return {} if offer is None else await offer(context, shown)


def _act(context: PageContext) -> tuple[Control, ...]:
    """The fields of the document by which a party outside the centre decides."""
    ground: Any = context.endpoint.graphql.type_map["DocumentInput"]
    return tuple(
        replace(one, name=GROUND[one.name], label=f"Акт: {one.label.lower()}", required=False)
        for one in controls_of(ground, tuple(GROUND))
    )


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
) -> Mapping[str, Any] | None:
    """What the API refuses; None where the step is taken."""
    controls = await _controls(context, paper, shown, mutation)
    values = {one.name: value_of(context, one, typed.get(one.name, "")) for one in controls}
    whose = {} if shown["id"] is None else {paper.field: shown["id"]}
    given = {**whose, **{k: v for k, v in values.items() if v is not None}}
    if "revision" in _input(context, mutation).fields:
        given["revision"] = number_in(typed, "revision")
    if mutation == DECIDE:
        verdict, reason = given.pop("verdict", ""), given.get("refusing")
        if verdict not in ("yes", "no"):
            return {"code": "INVALID", "text": "Выберите решение: да или нет."}
        if verdict == "yes" and reason:
            return {"code": "INVALID", "text": f"{BOTH}."}
        if verdict == "no":
            given["refusing"] = reason or ""
        given["seen"] = typed.get("digest", "")
    act = {key: given.pop(name) for key, name in GROUND.items() if name in given}
    if set(act) - {"kind"}:
        given["ground" if mutation == DECIDE else "document"] = act
    if paper.place == indicators.PLACE:
        given = forms.filled(shown, mutation, given)
    try:
        if paper.place == incoming.PLACE and "appeal" in given:
            given["appeal"] = await case.find(context, given["appeal"])
        return await steps.taken(context, mutation, given)
    except Failed as failed:
        return {"code": failed.code, "text": failed.text}


def _input(context: PageContext, mutation: str) -> GraphQLInputObjectType:
    assert context.endpoint.graphql.mutation_type is not None
    return steps.input_of(context.endpoint.graphql.mutation_type.fields[mutation])

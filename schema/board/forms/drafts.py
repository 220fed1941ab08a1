"""What was typed and not sent: kept while somebody writes, and when his session ends before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.sessions import drafts
from core.sessions.inherited import Inherited, has_left, inherited
from core.sessions.service import whose, whose_once
from schema.board.forms.steps import title_of
from schema.board.saved import PageContext
from schema.board.words.values import at, moment_in, quarter
from schema.web.forms import OF_OFFICIALS, fits, is_foreign, read_form
from schema.web.visitors import HEADERS

SAVING = "drafts/"
NOUNS = {
    "documents": "документ",
    "requests": "запрос",
    "problems": "проблема",
    "sightings": "запись",
    "incoming": "письмо",
    "indicators": "показатель",
    "dealings": "взаимодействие",
}
NEW, PERIODS = "new", {"ratings": "рейтинг"}
"""What stands for a number where something is begun; things that are told by their quarter."""

PARTS = {"applicant": "Зачем открыть заявителя", "files": "Зачем открыть файл"}
ALONE = {
    "batches": "Шаг со многими, список № {}",
    "incoming": "Зачем открыть письмо № {}",
    "views": "Название отбора",
}
"""What was begun, by the first word of its place."""

OURS = frozenset({"form", "version", "revision", "digest", "seen", "drop", "do"})
"""Fields of a form that nobody types."""


async def save(region: Region, request: Request, place: str, name: str) -> Response:
    """Keep what stands in a form now; of an ended session for half an hour, and 401 says so."""
    signed = await whose(region, name, region.now())
    live = await kept_for(region, request, place, name, live=signed is not None)
    if live is None:
        return Response(status_code=403, headers=HEADERS)
    said = {"saved": at(region.now(), region.passport.zone)}
    return JSONResponse(said, 200 if live else 401, headers=HEADERS)


async def kept_for(
    region: Region, request: Request, place: str, name: str, *, live: bool
) -> bool | None:
    """Keep a form for whose session it is or was; None where it is nobody's form.

    Else whether the session lives: where it does not, what was typed stays for half an hour.
    """
    subject = await whose_once(region, name)
    if subject is None or is_foreign(request, region.settings.public_url):
        return None
    try:
        typed = await read_form(request, OF_OFFICIALS)
    except Refusal:
        return None
    if not fits(name, 0, typed.get("form", "")):
        return None
    await keep(region, subject, place, typed, rescued=not live)
    return live


async def keep(
    region: Region, subject: str, place: str, typed: Mapping[str, str], *, rescued: bool = False
) -> None:
    """Keep what people typed of a form, with the moment of the page they saw."""
    own = {name: value for name, value in typed.items() if name not in OURS}
    lasts = drafts.KEPT
    if rescued and not await has_left(region, subject):  # what has left a person goes to another
        lasts = drafts.RESCUED
    await drafts.keep(region, subject, place, own, seen(typed), lasts)


def seen(typed: Mapping[str, str]) -> datetime | None:
    """The moment of the page that a form was shown on; None where it does not say."""
    return moment_in(typed.get("seen", ""))


@dataclass(frozen=True, slots=True)
class Begun:
    """What stands in a form before anything is sent: the reader's own, or what has passed to him.

    `writer` is the name of who has left, "" of his own; `passed` the rows of what has passed.
    """

    typed: Mapping[str, str]
    kept_at: str
    seen_at: datetime | None
    writer: str = ""
    passed: tuple[int, ...] = ()


NOTHING = Begun({}, "", None)


async def begun(context: PageContext, place: str) -> Begun:
    """What the reader finds in the form at a place."""
    own = await drafts.kept_at(context.region, context.actor.subject, place, context.of)
    passed = await inherited(context.region, context.actor, place, context.of)
    rows = tuple(one.id for one in passed)
    if own is not None:
        return Begun(own.typed, at(own.saved_at, context.zone), own.seen_at, passed=rows)
    if not passed:
        return NOTHING
    kept = passed[0].kept
    said = at(kept.saved_at, context.zone)
    return Begun(kept.typed, said, kept.seen_at, passed[0].writer, rows)


async def forget(context: PageContext, place: str, found: Begun) -> None:
    """Keep no longer what was found in the form: it was sent, or is not wanted."""
    await drafts.drop(context.region, context.actor.subject, place, found.passed)


async def unfinished(context: PageContext) -> list[dict[str, str]]:
    """What the reader has begun and not sent, and what has passed to him: the address of each
    form, its name, since when, and by whom it was begun where not by him."""
    own = await drafts.kept(context.region, context.actor.subject, context.of)
    passed = await inherited(context.region, context.actor, of=context.of)
    return [*(_listed(context, one) for one in own), *(_listed(context, one) for one in passed)]


def _listed(context: PageContext, one: drafts.Kept | Inherited) -> dict[str, str]:
    kept, writer = (one.kept, one.writer) if isinstance(one, Inherited) else (one, "")
    return {
        "link": quote(kept.place),
        "title": _title(context, kept.place),
        "at": at(kept.saved_at, context.zone),
        "writer": writer,
    }


def _of(room: str, number: str) -> str:
    """«, обращение № 12» of the thing that a step is of; what is begun by it is none yet."""
    if number.partition(".")[0] == NEW:
        return ""
    if room in PERIODS:
        return f", {PERIODS[room]} за {quarter(number.rpartition('.')[2])}"
    return f", {NOUNS.get(room, 'обращение')} № {number}"


def _title(context: PageContext, place: str) -> str:
    """«Вернуть…, обращение № 12» of a step; what is nothing else is a new appeal."""
    thing, _, mutation = place.partition("/step/")
    room, _, number = thing.partition("/")
    schema = context.endpoint.graphql
    if mutation and schema.mutation_type and mutation in schema.mutation_type.fields:
        return f"{title_of(schema, mutation)}{_of(room, number)}"
    if room == "appeals" and "/" in number:
        number, _, part = number.partition("/")
        return f"{PARTS.get(part, 'Введённое')}, обращение № {number}"
    if thing.startswith("letters/new/"):
        return f"Ответ на обращение № {thing.removeprefix('letters/new/')}"
    if room in ALONE:
        return ALONE[room].format(number)
    return "Новое обращение"

"""Asking for materials: by a right of the act, or because of a citizen's appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.appeals.inquiries import ask
from core.directory.bodies import find_body, load_bodies
from core.directory.model import Body
from core.directory.parties import Entry, Held
from core.directory.rules.bodies import BodyKind
from core.kernel.access import require
from core.kernel.acts.federal import FZ59, RU_1844
from core.kernel.codes import ActKind, Permission, RefusalCode
from core.kernel.errors import Refusal, refusal_of
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.russian import listed
from core.requests.model import KIND, MaterialRequest, RequestState
from core.requests.rules import KINDS, RequestRight, Side, right_of
from core.shapes.chains.rules import Ground, check_ground
from core.shapes.deadlines.rules.counting import last_moment
from core.shapes.deadlines.rules.units import Unit

LONGEST_TERM = 366


@dataclass(frozen=True, slots=True)
class NewRequest:
    """Who asks whom for what. `body` is the key of a body where bodies are asked.

    `days` is the term, a parameter in calendar days that no act sets; `letter` the letter with
    which a side outside the centre has asked.
    """

    asker: Side
    addressee: Side
    text: str
    body: str | None = None
    days: int | None = None
    letter: Ground | None = None


@serves(RU_1844.cite("7.а"), RU_1844.cite("9.а"), RU_1844.cite("9(4)"), RU_1844.cite("11.а"))
async def request_materials(work: Work, new: NewRequest) -> MaterialRequest:
    """Enter a request by the right of its act: the centre's own, or one that has come by letter.

    Refuses NOT_PROVIDED where no clause gives the right, FORBIDDEN for who may not use it,
    GROUND_REQUIRED without the letter of another side, UNKNOWN_BODY and KIND_NOT_ALLOWED for a body
    that is not of the side asked.
    """
    right = await _permitted(work, new)
    body = await _body(work, new, right)
    if not new.asker.own:
        kinds = frozenset({ActKind.LETTER})
        check_ground(new.letter, kinds, work.today, right.clause)
    row = MaterialRequest(
        asker=new.asker,
        addressee=new.addressee,
        body_id=body.id if body else None,
        text=reasoned(new.text, right.clause, "что запрашивается"),
        clause=right.clause.ref,
        letter=new.letter.text if new.letter else None,
        advised=new.addressee in right.advised,
        due_at=_due(work, new.days, right),
        state=RequestState.ASKED,
        asked_by=work.actor.subject,
        asked_at=work.now,
    )
    return await _entered(work, row)


@serves(FZ59.cite("10.2"))
async def request_for_appeal(
    work: Work, appeal_id: int, body_key: str, text: str
) -> MaterialRequest:
    """Ask a body because of a citizen's appeal: fifteen days, and a term of the case besides.

    Needs TRANSFER; refuses as `appeals.ask` does. That a municipal body is elsewhere only advised
    changes nothing here: this duty is of the law on appeals.
    """
    inquiry = await ask(work, appeal_id, body_key, text)
    body = find_body(await load_bodies(work.session), body_key)
    row = MaterialRequest(
        asker=Side.CENTRE,
        addressee=side_of(body),
        body_id=body.id,
        text=inquiry.question,
        clause=FZ59.cite("10.2").ref,
        letter=None,
        advised=False,
        appeal_id=appeal_id,
        inquiry=inquiry.seq,
        due_at=inquiry.due_at,
        state=RequestState.ASKED,
        asked_by=work.actor.subject,
        asked_at=work.now,
    )
    return await _entered(work, row)


def side_of(body: Body) -> Side:
    """On which side a body of the directory stands."""
    kind = BodyKind(body.kind)
    return next((side for side, kinds in KINDS.items() if kind in kinds), Side.ORGANISATIONS)


async def _permitted(work: Work, new: NewRequest) -> RequestRight:
    """The right of the act; whoever enters it holds its role, or keeps the centre's documents."""
    rights = work.rules.all(RequestRight, work.today)
    right, other = right_of(rights, new.asker, new.addressee)
    if right is None:
        require(work.actor, Permission.READ_DOCUMENTS)
        said = other.sentence() if other else f"{new.asker.label} по актам не запрашивает ничего"
        text = f"Такого права запроса акты не дают: {said}"
        clause = other.clause if other else None
        raise Refusal(RefusalCode.NOT_PROVIDED, text.replace("`", ""), clause)
    entry = _entry(work)
    entry.as_role(await entry.held(), _roles(right), right.clause)
    return right


@serves()
async def usable(work: Work) -> list[RequestRight]:
    """The rights by which the actor may ask today, or enter what others have asked."""
    entry = _entry(work)
    try:
        held = await entry.held()
    except Refusal:
        return []
    rights = work.rules.all(RequestRight, work.today)
    return [one for one in rights if _uses(entry, held, one)]


def _uses(entry: Entry, held: tuple[Held, ...], right: RequestRight) -> bool:
    return refusal_of(entry.as_role, held, _roles(right), right.clause) is None


def _entry(work: Work) -> Entry:
    return Entry(work, Permission.MANAGE_DOCUMENTS, by_norm=True)


def _roles(right: RequestRight) -> frozenset[str]:
    """Whose deed it is within the centre; of another side's, whoever keeps the documents."""
    return frozenset({right.role}) if right.role and right.asks.own else frozenset()


async def _body(work: Work, new: NewRequest, right: RequestRight) -> Body | None:
    if not new.addressee.is_body:
        if new.body is not None:
            text = f"Запрашивают {new.addressee.label}, а не орган справочника"
            raise Refusal(RefusalCode.INVALID, text, right.clause)
        return None
    bodies = await load_bodies(work.session)
    body = find_body(bodies, new.body or "")
    if not bodies.working(body, work.today):
        raise Refusal(RefusalCode.BODY_CLOSED, f"Орган «{body.name}» упразднён", right.clause)
    kinds = right.kinds(new.addressee)
    if BodyKind(body.kind) not in kinds:
        text = f"«{body.name}»: по этой норме запрашивают только {listed(kinds)}"
        raise Refusal(RefusalCode.KIND_NOT_ALLOWED, text, right.clause)
    return body


def _due(work: Work, days: int | None, right: RequestRight) -> datetime | None:
    if days is None:
        return None
    if not 0 < days <= LONGEST_TERM:
        text = f"Срок ответа — от 1 до {LONGEST_TERM} дней"
        raise Refusal(RefusalCode.INVALID, text, right.clause)
    return last_moment(work.now, days, Unit.CALENDAR_DAYS, work.calendar, work.zone)


async def _entered(work: Work, row: MaterialRequest) -> MaterialRequest:
    work.session.add(row)
    await work.session.flush()
    after = {
        "asker": row.asker,
        "addressee": row.addressee,
        "body": row.body_id,
        "appeal": row.appeal_id,
    }
    subject = f"{KIND}:{row.id}"
    await work.record(Event("request.asked", subject, row.clause, after=after))
    return row

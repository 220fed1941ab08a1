"""What comes of a request: materials, a refusal with its norm, its withdrawal, its terms."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, false, or_, select

from core.appeals.inquiries import supply
from core.attachments.store import Owner
from core.kernel.access import Actor, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal, refusal_of
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import filled, reasoned
from core.kernel.work import Work
from core.requests.model import KIND, MaterialRequest, RequestState
from core.requests.rules import Side
from core.shapes.deadlines.watch import Noted, sweep_terms

LONGEST_NORM = 500


@serves()
async def answer_request(work: Work, request_id: int, reply: str) -> MaterialRequest:
    """Give what was asked, in words and by attachments; late is taken, and recorded as late.

    For an official of the body asked, or who keeps the documents and enters the answer. Where a
    case is the cause, its ledger has the answer too.
    """
    row = await open_request(work, request_id)
    said = reasoned(reply, work.rules.clause(row.clause), "ответ на запрос")
    await _tell_case(work, row, said)
    return await _replied(work, row, RequestState.ANSWERED, said)


@serves()
async def refuse_request(work: Work, request_id: int, reason: str, norm: str) -> MaterialRequest:
    """Refuse it, with the reason and the norm that forbids to give it (`norm`, its words).

    Refuses REASON_REQUIRED and NORM_REQUIRED without them.
    """
    row = await open_request(work, request_id)
    clause = work.rules.clause(row.clause)
    said = reasoned(reason, clause)
    if not filled(norm, LONGEST_NORM):
        text = "Отказ в материалах называет норму, которая не даёт их представить"
        raise Refusal(RefusalCode.NORM_REQUIRED, text, clause)
    row.norm = norm.strip()
    await _tell_case(work, row, f"Отказано ({row.norm}): {said}")
    return await _replied(work, row, RequestState.REFUSED, said)


@serves()
async def withdraw_request(work: Work, request_id: int, reason: str) -> MaterialRequest:
    """Take it back with a reason. Needs MANAGE_DOCUMENTS; not where a case is its cause."""
    require(work.actor, Permission.MANAGE_DOCUMENTS)
    row = await open_request(work, request_id)
    said = reasoned(reason, work.rules.clause(row.clause))
    _check_withdrawable(work, row)
    return await _replied(work, row, RequestState.WITHDRAWN, said)


@serves()
async def watch_requests(work: Work) -> int:
    """Remind daily of requests that wait, and record each breach on its deadline.

    Idempotent on a day; gives how many were reminded. Needs OPERATE. Advice is no term (R42).
    """
    require(work.actor, Permission.OPERATE)
    return await sweep_terms(work, REQUESTS)


async def run_requests(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: reminders and breaches of requests."""
    await watch_requests(work)


def visible(actor: Actor) -> ColumnElement[bool]:
    """All of them for who reads the documents; for an official those put to his own bodies."""
    if actor.may(Permission.READ_DOCUMENTS):
        return MaterialRequest.id.is_not(None)
    own = _own(actor)
    return or_(false(), MaterialRequest.body_id.in_(own)) if own else false()


def put_to(actor: Actor) -> ColumnElement[bool]:
    """Those that the actor's own side answers: his bodies, the centre for who keeps its papers."""
    row, own = MaterialRequest, _own(actor)
    found = [and_(row.body_id.is_not(None), row.body_id.in_(own))] if own else []
    if actor.may(Permission.MANAGE_DOCUMENTS):
        centre = [side for side in Side if side.own]
        found.append(and_(row.body_id.is_(None), row.addressee.in_(centre)))
    return or_(false(), *found)


def _own(actor: Actor) -> frozenset[int]:
    return frozenset(
        body for scope in actor.scopes(Permission.ANSWER) for body in scope.bodies or ()
    )


async def open_request(work: Work, request_id: int) -> MaterialRequest:
    """A request that waits, locked, for who may answer it.

    Refuses NOT_FOUND to whoever sees none, FORBIDDEN to who was not asked, WRONG_STATE when closed.
    """
    query = select(MaterialRequest).where(MaterialRequest.id == request_id, visible(work.actor))
    row = await work.session.scalar(query.with_for_update())
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого запроса нет")
    _check_asked(work, row)
    return row


def _check_asked(work: Work, row: MaterialRequest) -> None:
    clause = work.rules.clause(row.clause)
    if row.body_id not in _own(work.actor) and not work.actor.may(Permission.MANAGE_DOCUMENTS):
        text = "На запрос отвечает тот, кого спросили"
        raise Refusal(RefusalCode.FORBIDDEN, text, clause)
    if row.state != RequestState.ASKED:
        text = f"Запрос уже закрыт: {RequestState(row.state).label}"
        raise Refusal(RefusalCode.WRONG_STATE, text, clause)


def _check_withdrawable(work: Work, row: MaterialRequest) -> None:
    if row.appeal_id is not None:
        text = "Запрос по обращению не отзывают: на него отвечают"
        raise Refusal(RefusalCode.WRONG_STATE, text, work.rules.clause(row.clause))


@serves()
def reply_refusal(work: Work, row: MaterialRequest, *, withdrawing: bool = False) -> Refusal | None:
    """Why the actor cannot answer or refuse the request, or take it back; None where he can."""
    return refusal_of(_check_withdrawing if withdrawing else _check_asked, work, row)


def _check_withdrawing(work: Work, row: MaterialRequest) -> None:
    require(work.actor, Permission.MANAGE_DOCUMENTS, work.rules.clause(row.clause))
    _check_asked(work, row)
    _check_withdrawable(work, row)


async def _tell_case(work: Work, row: MaterialRequest, said: str) -> None:
    if row.appeal_id is not None and row.inquiry is not None:
        await supply(work, row.appeal_id, row.inquiry, said, Owner(KIND, row.id))


async def _replied(
    work: Work, row: MaterialRequest, state: RequestState, said: str
) -> MaterialRequest:
    row.state, row.reply = state, said
    row.replied_by, row.replied_at = work.actor.subject, work.now
    late = row.due_at is not None and work.now > row.due_at and not row.advised
    if late and state is not RequestState.WITHDRAWN:
        row.breached_at = row.due_at
    await work.session.flush()
    await work.record(Event(f"request.{state}", f"{KIND}:{row.id}", row.clause))
    return row


async def _note(work: Work, row: MaterialRequest, what: str) -> None:
    due = row.due_at.isoformat() if row.due_at else None
    after = {"addressee": row.addressee, "body": row.body_id, "due_at": due}
    await work.record(Event(f"request.{what}", f"{KIND}:{row.id}", row.clause, after=after))


REQUESTS = Noted(
    MaterialRequest,
    and_(
        MaterialRequest.state == RequestState.ASKED,
        MaterialRequest.advised.is_(False),
        MaterialRequest.due_at.is_not(None),
    ),
    due=MaterialRequest.due_at,
    note=_note,
)
"""What the sweep watches: requests with a term that nobody has answered."""

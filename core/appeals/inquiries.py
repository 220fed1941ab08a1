"""Asking another body for facts about a case, and its reply; the case stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting_bodies
from core.appeals.ledger import read_entries
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.rules.supply import SupplyDuty, duty_of
from core.appeals.step import Step
from core.attachments.store import Owner
from core.directory.bodies import Bodies, find_body, load_bodies
from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.kernel.access import require
from core.kernel.acts.federal import FZ59, RU_1844
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.shapes.deadlines.rules.counting import last_moment

MOST_INQUIRIES = 200


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question to a body (a key), to be answered by an aware UTC moment.

    `seq` is its number in the ledger of the appeal.
    """

    appeal: Appeal
    seq: int
    body: str
    question: str
    asked_at: datetime
    due_at: datetime


def _duty(case: Case, bodies: Bodies, body: Body) -> SupplyDuty:
    """By which norm the body must supply facts."""
    work = case.work
    if not bodies.working(body, work.today):
        raise Refusal(RefusalCode.BODY_CLOSED, f"Орган «{body.name}» упразднён")
    duty = duty_of(work.rules.all(SupplyDuty, work.today), BodyKind(body.kind))
    if duty is None:
        text = f"Орган «{body.name}» не обязан представлять сведения"
        raise Refusal(RefusalCode.INVALID, text, case.step.clause)
    return duty


async def _bound(case: Case) -> list[Choice]:
    """The bodies that must supply facts."""
    return await fitting_bodies(case, partial(_duty, case))


ASK = Step("ask", choices={"body": _bound})


@serves(RU_1844.cite("2.region-centre.3"), FZ59.cite("10.2"))
async def ask(work: Work, appeal_id: int, body_key: str, question: str) -> Inquiry:
    """Ask a body that must supply facts; gives the inquiry with its due moment. Needs TRANSFER.

    Neither the holder nor the applicant's deadline changes. A body that no norm binds is refused.
    """
    case = await ASK.open(work, appeal_id)
    question = reasoned(question, case.step.clause, "вопрос органу")
    bodies = await load_bodies(work.session)
    body = find_body(bodies, body_key)
    duty = _duty(case, bodies, body)
    due_at = last_moment(work.now, duty.days, duty.unit, work.calendar, work.zone)
    data = {"due_at": due_at.isoformat()}
    await case.advance(body=body.key, clause=duty.ground, reason=question, data=data)
    return _inquiry(case.appeal, case.rows[-1])


@serves(FZ59.cite("10.2"))
async def supply(
    work: Work, appeal_id: int, seq: int, reply: str, files: Owner | None = None
) -> Inquiry:
    """The asked body replies to the inquiry with this number in the ledger. Needs ANSWER there.

    `files` is whose files come with it. A late reply is taken and recorded as late.
    """
    rule = work.rules.get(Transition, "supply", work.today)
    require(work.actor, rule.permission, rule.clause)
    appeal = await work.session.get(Appeal, appeal_id, with_for_update=True)
    rows = await read_entries(work, appeal_id)
    asked = next((row for row in rows if row.seq == seq and row.fact == Fact.ASKED), None)
    if appeal is None or asked is None or asked.body not in await own_bodies(work):
        raise Refusal(RefusalCode.NOT_FOUND, "Такого запроса нет")
    reply = reasoned(reply, rule.clause, "ответ на запрос")
    if any(row.data.get("asked") == seq for row in rows):
        raise Refusal(RefusalCode.ALREADY_ANSWERED, "На этот запрос уже ответили", rule.clause)
    late = work.now > datetime.fromisoformat(asked.data["due_at"])
    case = Case(work, appeal, rows, rule)
    data: dict[str, object] = {"asked": seq, "late": late}
    if files is not None:
        data["files_of"] = [files.kind, files.id]
    await case.advance(body=asked.body, reason=reply, data=data)
    return _inquiry(appeal, asked)


async def inquiries(work: Work) -> Sequence[Inquiry]:
    """What the actor's own bodies were asked and have not replied to, oldest first. Needs ANSWER.

    Of the case nothing but its number is shown.
    """
    rule = work.rules.get(Transition, "supply", work.today)
    require(work.actor, rule.permission, rule.clause)
    reply = aliased(LedgerEntry)
    replied = exists().where(
        reply.appeal_id == LedgerEntry.appeal_id,
        reply.fact == Fact.SUPPLIED,
        reply.data["asked"].as_integer() == LedgerEntry.seq,
    )
    query = (
        select(Appeal, LedgerEntry)
        .join(LedgerEntry, LedgerEntry.appeal_id == Appeal.id)
        .where(
            LedgerEntry.fact == Fact.ASKED, LedgerEntry.body.in_(await own_bodies(work)), ~replied
        )
        .order_by(LedgerEntry.id)
        .limit(MOST_INQUIRIES)
    )
    return [_inquiry(appeal, row) for appeal, row in await work.session.execute(query)]


def inquiry_number(appeal: Appeal, seq: int) -> str:
    """The number under which the request went out: the appeal's and its own in the ledger."""
    return f"{appeal.number}/{seq}"


def _inquiry(appeal: Appeal, row: LedgerEntry) -> Inquiry:
    assert row.body is not None
    assert row.reason is not None
    due_at = datetime.fromisoformat(row.data["due_at"])
    return Inquiry(appeal, row.seq, row.body, row.reason, row.at, due_at)


async def own_bodies(work: Work) -> frozenset[str]:
    """Keys of the bodies in whose name the actor may answer."""
    rule = work.rules.get(Transition, "supply", work.today)
    ids = {body for s in work.actor.scopes(rule.permission) for body in s.bodies or ()}
    bodies = await load_bodies(work.session)
    return frozenset(bodies.by_id[body].key for body in ids)

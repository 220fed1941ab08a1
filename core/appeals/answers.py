"""Answering and closing: the state says where a case is, the outcome what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.appeals.case import Case, open_case
from core.appeals.ledger import deadlines_of
from core.appeals.model import Answer, Appeal
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.rules.answers import EvidenceRule
from core.appeals.rules.deadlines import governing
from core.appeals.rules.lifecycle import Outcome
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import LONGEST_TEXT, readable
from core.kernel.work import Work
from core.law.rulebook import UnknownRule
from core.shapes.deadlines.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Evidence:
    """Proof that a problem is solved: its kind by the rule, and where it is kept."""

    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What the applicant is answered; `norm` for a refusal, `plan_date` for a planned solution."""

    text: str
    outcome: Outcome
    norm: str | None = None
    plan_date: date | None = None
    evidence: Sequence[Evidence] = ()


async def answer(
    work: Work, appeal_id: int, new: NewAnswer, *, expected_version: int | None = None
) -> Appeal:
    """Send the answer: it stops the clock. A late one is accepted and recorded as late (R3).

    Needs ANSWER. Each outcome has its proof: evidence by theme, a norm, or a date.
    """
    case = await open_case(work, appeal_id, "answer", expected_version)
    _check_answer(case, new)
    appeal = case.appeal
    late = _is_late(case)
    appeal.outcome, appeal.plan_date = new.outcome, new.plan_date or appeal.plan_date
    appeal.answered_at = appeal.answered_at or work.now
    work.session.add(_row(case, new, late=late))
    write_notice(work, appeal, NoticeKind.ANSWERED, f"Ответ на обращение {appeal.number} готов")
    return await case.advance(data={"outcome": new.outcome, "late": late})


async def close(work: Work, appeal_id: int, *, expected_version: int | None = None) -> Appeal:
    """Close an answered case; a listener sends the survey. Needs the permission of the step."""
    case = await open_case(work, appeal_id, "close", expected_version)
    case.appeal.closed_at = work.now
    return await case.advance()


def _check_answer(case: Case, new: NewAnswer) -> None:
    clause = case.step.clause
    if not new.text.strip():
        raise Refusal(RefusalCode.TEXT_EMPTY, "Текст ответа пуст", clause)
    if len(new.text) > LONGEST_TEXT:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, f"Текст длиннее {LONGEST_TEXT} знаков", clause)
    if not readable(new.text):
        raise Refusal(RefusalCode.TEXT_UNREADABLE, "В тексте недопустимые знаки", clause)
    if new.outcome is Outcome.WITHDRAWN:
        raise Refusal(RefusalCode.INVALID, "Отзывает обращение только заявитель", clause)
    if new.outcome is Outcome.REFUSED and not (new.norm or "").strip():
        raise Refusal(RefusalCode.NORM_REQUIRED, "Для отказа нужна норма", clause)
    if new.outcome is Outcome.PLANNED and (
        new.plan_date is None or new.plan_date <= case.work.today
    ):
        raise Refusal(RefusalCode.PLAN_DATE_REQUIRED, "Для плана нужна дата в будущем", clause)
    if new.outcome is Outcome.SOLVED:
        _check_evidence(case, new)


def _check_evidence(case: Case, new: NewAnswer) -> None:
    rule = evidence_rule(case.work, case.appeal.theme)
    given = {item.kind for item in new.evidence if item.reference.strip()}
    missing = rule.kinds - given
    if missing:
        raise Refusal(
            RefusalCode.EVIDENCE_REQUIRED,
            f"Чтобы закрыть как решённое, приложите: {', '.join(sorted(missing))}",
            rule.clause,
        )


def evidence_rule(work: Work, theme: str | None) -> EvidenceRule:
    """What must be attached to call a case of this theme solved."""
    for key in (theme, "*"):
        if key and (rule := work.rules.find(EvidenceRule, key, work.today)):
            return rule
    raise UnknownRule("EvidenceRule «*» не установлено")


def _is_late(case: Case) -> bool:
    due = governing(deadlines_of(case.work, case.appeal, case.entries))
    return due is not None and due.standing(case.work.now) is Standing.BREACHED


def _row(case: Case, new: NewAnswer, *, late: bool) -> Answer:
    return Answer(
        appeal_id=case.appeal.id,
        body_id=case.appeal.body_id,
        author=case.work.actor.subject,
        text=new.text,
        outcome=new.outcome,
        norm=new.norm,
        plan_date=new.plan_date,
        evidence=[{"kind": item.kind, "reference": item.reference} for item in new.evidence],
        sent_at=case.work.now,
        late=late,
    )

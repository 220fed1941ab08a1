"""Drafting an answer and closing: the state is where a case is, the outcome what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting
from core.appeals.delivery.dispatches import NewDispatch, hand_over
from core.appeals.delivery.enclosures import enclose
from core.appeals.delivery.signatures import NewSignature, put_signature, signatures
from core.appeals.evidence import Evidence, prove
from core.appeals.model import Answer, Appeal
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import UNANSWERED, WITHOUT_ANSWER, Outcome
from core.appeals.step import Step
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import LONGEST_TEXT, readable
from core.kernel.work import Work
from core.law.act import Clause

INTERIM, PLAN = PRACTICE.cite("lifecycle.inform"), PRACTICE.cite("plan")


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What the applicant is answered; `norm` for a refusal, `plan_date` for a planned solution.

    An interim answer has a text and nothing else of these (R55). Attachments (ids) go with it.
    """

    text: str
    outcome: Outcome | None
    norm: str | None = None
    plan_date: date | None = None
    evidence: Sequence[Evidence] = ()
    signature: NewSignature | None = None
    dispatch: NewDispatch | None = None
    kind: AnswerKind = AnswerKind.FINAL
    attachments: Sequence[int] = ()


async def _outcomes(case: Case) -> Sequence[Choice]:
    """Results that an answer has; for the others there are other steps."""
    return await fitting(
        Outcome,
        lambda one: check_outcome(case, NewAnswer("", one)),
        lambda one: Choice(one, one.label),
    )


DRAFT = Step("draft", choices={"outcome": _outcomes, "signature": signatures})
CLOSE = Step("close")


async def answer(
    work: Work, appeal_id: int, new: NewAnswer, *, expected_version: int | None = None
) -> Appeal:
    """Draft the answer: no clock stops before it is signed and sent. Needs ANSWER.

    Each outcome has its proof: evidence by theme, a norm, or a date. Where a signature and a
    dispatch are given, the draft is signed and handed over at once, by whoever may do both.
    """
    case = await DRAFT.open(work, appeal_id, expected_version)
    for check in (check_text, check_outcome, check_norm, check_plan):
        check(case, new)
    if new.dispatch is not None and new.signature is None:
        text = "Ответ не подписан: отправить можно только подписанный ответ"
        raise Refusal(RefusalCode.NOT_SIGNED, text, FZ59.cite("10.3"))
    proof = await prove(case, new.evidence, solved=new.outcome is Outcome.SOLVED)
    draft = draft_row(case, new, proof)
    draft.attachments = await enclose(case, new.attachments)
    work.session.add(draft)
    await work.session.flush()
    appeal = await case.advance(data={"answer": draft.id, "kind": new.kind})
    if new.signature is not None:
        appeal = await put_signature(case, draft, new.signature)
    return appeal if new.dispatch is None else await hand_over(case, draft, new.dispatch)


async def close(work: Work, appeal_id: int, *, expected_version: int | None = None) -> Appeal:
    """Close an answered case; a listener sends the survey. Needs the permission of the step."""
    case = await CLOSE.open(work, appeal_id, expected_version)
    case.appeal.closed_at = work.now
    return await case.advance()


def check_text(case: Case, new: NewAnswer) -> None:
    """Refuse what says nothing, says too much or cannot be kept."""
    clause = case.step.clause
    if not new.text.strip():
        raise Refusal(RefusalCode.TEXT_EMPTY, "Текст ответа пуст", clause)
    if len(new.text) > LONGEST_TEXT:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, f"Текст длиннее {LONGEST_TEXT} знаков", clause)
    if not readable(new.text):
        raise Refusal(RefusalCode.TEXT_UNREADABLE, "В тексте недопустимые знаки", clause)


def check_outcome(case: Case, new: NewAnswer) -> None:
    """Refuse a final answer without a result, and a result that is no answer's."""
    clause = case.step.clause
    _check_kind(new, clause)
    if new.outcome in UNANSWERED:
        text = f"Результат «{new.outcome.label}» ответом не оформляется: для него есть свой шаг"
        raise Refusal(RefusalCode.INVALID, text, clause)
    if new.outcome in WITHOUT_ANSWER:
        text = f"Итог «{new.outcome.label}» решают по своему основанию, с доказательством"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, clause)


def check_norm(case: Case, new: NewAnswer) -> None:
    """Refuse a refusal that stands on nothing."""
    if new.outcome is Outcome.REFUSED and not (new.norm or "").strip():
        text = "Укажите норму, на которой стоит отказ"
        raise Refusal(RefusalCode.NORM_REQUIRED, text, case.step.clause)


def check_plan(case: Case, new: NewAnswer, written: date | None = None) -> None:
    """A message is answered with a day; under 59-ФЗ a missing one is told to the signer (R56).

    It was still to come on the local day on which the answer was `written`, today for a new one.
    """
    if new.outcome is not Outcome.PLANNED:
        return
    day = new.plan_date
    missing = day is None and Regime(case.appeal.regime) is not Regime.APPEAL
    if missing or (day is not None and day <= (written or case.work.today)):
        text = "Укажите день исполнения запланированного, который ещё не наступил"
        raise Refusal(RefusalCode.PLAN_DATE_REQUIRED, text, PLAN)


def _check_kind(new: NewAnswer, clause: Clause) -> None:
    said = new.outcome or new.norm or new.plan_date or new.evidence
    if new.kind is AnswerKind.FINAL and new.outcome is None:
        text = "Окончательный ответ называет результат рассмотрения"
        raise Refusal(RefusalCode.INVALID, text, clause)
    if new.kind is AnswerKind.INTERIM and said:
        text = (
            "Промежуточный ответ сообщает о ходе рассмотрения: результата, нормы отказа, дня"
            " исполнения и подтверждений в нём нет"
        )
        raise Refusal(RefusalCode.INVALID, text, INTERIM)


def draft_row(case: Case, new: NewAnswer, proof: list[Any]) -> Answer:
    """The draft as it is kept; nothing is written yet."""
    return Answer(
        appeal_id=case.appeal.id,
        body_id=case.appeal.body_id,
        author=case.work.actor.subject,
        kind=new.kind,
        text=new.text,
        outcome=new.outcome,
        norm=new.norm,
        plan_date=new.plan_date,
        evidence=proof,
        written_at=case.work.now,
    )

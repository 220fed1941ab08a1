"""Drafting an answer and closing: the state is where a case is, the outcome what came of it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from core.appeals.case import Case
from core.appeals.delivery.dispatches import NewDispatch, hand_over
from core.appeals.delivery.signatures import NewSignature, put_signature
from core.appeals.model import Answer, Appeal
from core.appeals.rules.answers import AnswerKind, EvidenceRule, evidence
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import UNANSWERED, WITHOUT_ANSWER, Outcome
from core.appeals.rules.stage_terms import category_of, row_clause
from core.appeals.step import Step
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import LONGEST_TEXT, readable
from core.kernel.work import Work
from core.law.act import Clause
from core.law.rulebook import UnknownRule

INTERIM, PLAN = PRACTICE.cite("lifecycle.inform"), PRACTICE.cite("plan")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Proof that a problem is solved: its kind by the rule, and where it is kept."""

    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What the applicant is answered; `norm` for a refusal, `plan_date` for a planned solution.

    An interim answer has a text and nothing else of these (R55).
    """

    text: str
    outcome: Outcome | None
    norm: str | None = None
    plan_date: date | None = None
    evidence: Sequence[Evidence] = ()
    signature: NewSignature | None = None
    dispatch: NewDispatch | None = None
    kind: AnswerKind = AnswerKind.FINAL


DRAFT, CLOSE = Step("draft"), Step("close")


async def answer(
    work: Work, appeal_id: int, new: NewAnswer, *, expected_version: int | None = None
) -> Appeal:
    """Draft the answer: no clock stops before it is signed and sent. Needs ANSWER.

    Each outcome has its proof: evidence by theme, a norm, or a date. Where a signature and a
    dispatch are given, the draft is signed and handed over at once, by whoever may do both.
    """
    case = await DRAFT.open(work, appeal_id, expected_version)
    _check_answer(case, new)
    if new.dispatch is not None and new.signature is None:
        text = "Ответ не подписан: отправить можно только подписанный ответ"
        raise Refusal(RefusalCode.NOT_SIGNED, text, FZ59.cite("10.3"))
    draft = _row(case, new)
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


def _check_answer(case: Case, new: NewAnswer) -> None:
    clause = case.step.clause
    if not new.text.strip():
        raise Refusal(RefusalCode.TEXT_EMPTY, "Текст ответа пуст", clause)
    if len(new.text) > LONGEST_TEXT:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, f"Текст длиннее {LONGEST_TEXT} знаков", clause)
    if not readable(new.text):
        raise Refusal(RefusalCode.TEXT_UNREADABLE, "В тексте недопустимые знаки", clause)
    _check_kind(new, clause)
    if new.outcome in UNANSWERED:
        text = f"Результат «{new.outcome.label}» ответом не оформляется: для него есть свой шаг"
        raise Refusal(RefusalCode.INVALID, text, clause)
    if new.outcome in WITHOUT_ANSWER:
        text = f"Итог «{new.outcome.label}» решают по своему основанию, с доказательством"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, clause)
    if new.outcome is Outcome.REFUSED and not (new.norm or "").strip():
        raise Refusal(RefusalCode.NORM_REQUIRED, "Укажите норму, на которой стоит отказ", clause)
    if new.outcome is Outcome.PLANNED:
        _check_plan(case, new.plan_date)
    if new.outcome is Outcome.SOLVED:
        check_evidence(case, new.evidence)


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


def _check_plan(case: Case, day: date | None) -> None:
    """A message is answered with a day; under 59-ФЗ a missing one is told to the signer (R56)."""
    missing = day is None and Regime(case.appeal.regime) is not Regime.APPEAL
    if missing or (day is not None and day <= case.work.today):
        text = "Укажите день исполнения запланированного, который ещё не наступил"
        raise Refusal(RefusalCode.PLAN_DATE_REQUIRED, text, PLAN)


def check_evidence(case: Case, given: Sequence[Evidence]) -> None:
    """Refuse EVIDENCE_REQUIRED where what must prove a solution of this theme is not there."""
    rule = evidence_rule(case.work, case.appeal.theme)
    missing = rule.kinds - {item.kind for item in given if item.reference.strip()}
    if missing:
        raise Refusal(
            RefusalCode.EVIDENCE_REQUIRED,
            f"К ответу «решено» приложите подтверждение: {evidence(missing)}",
            rule.clause,
        )
    _check_category(case, {item.kind for item in given if item.reference.strip()})


def _check_category(case: Case, given: Set[str]) -> None:
    """What the classifier asks for beside the law, by the row that the case was given."""
    said = category_of(case.entries)
    missing = set(said["evidence"]) - given if said else set()
    if said and missing:
        text = f"По классификатору к ответу «решено» приложите: {evidence(missing)}"
        clause = row_clause(said["row"], said["title"], said["name"])
        raise Refusal(RefusalCode.EVIDENCE_REQUIRED, text, clause)


def evidence_rule(work: Work, theme: str | None) -> EvidenceRule:
    """What must be attached to call a case of this theme solved."""
    for key in (theme, "*"):
        if key and (rule := work.rules.find(EvidenceRule, key, work.today)):
            return rule
    raise UnknownRule("EvidenceRule «*» не установлено")


def _row(case: Case, new: NewAnswer) -> Answer:
    return Answer(
        appeal_id=case.appeal.id,
        body_id=case.appeal.body_id,
        author=case.work.actor.subject,
        kind=new.kind,
        text=new.text,
        outcome=new.outcome,
        norm=new.norm,
        plan_date=new.plan_date,
        evidence=[{"kind": item.kind, "reference": item.reference} for item in new.evidence],
        written_at=case.work.now,
    )

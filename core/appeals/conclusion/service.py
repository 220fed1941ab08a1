"""Leaving an appeal without an answer on its substance (59-ФЗ, art. 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from typing import Any

from core.appeals.case import Case, open_case
from core.appeals.choices import Choice, fitting
from core.appeals.conclusion.earlier import check_earlier
from core.appeals.conclusion.model import Conclusion
from core.appeals.deciders import check_above_executor, decider
from core.appeals.model import Appeal
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.letters.outcomes import conclusion
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.recipients import tell
from core.appeals.rules.grounds import (
    EarlierAnswer,
    OutcomeGround,
    Proof,
    ProofKind,
    fault,
    gaps,
    strangers,
)
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.registrations import awaits_registration
from core.appeals.step import Step
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.texts import LONGEST_REASON, readable
from core.kernel.work import Work
from core.law.russian import listed


def _check_ground(case: Case, ground: OutcomeGround) -> None:
    """Whether this actor could decide by the ground in this case, whatever the proof."""
    if case.appeal.regime != Regime.APPEAL:
        text = "Основания статьи 11 Федерального закона № 59-ФЗ относятся только к обращениям"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, ground.clause)
    if ground.outcome is Outcome.ANONYMOUS and case.appeal.unanswered_by is None:
        text = "Фамилия и почтовый адрес заявителя известны: ответ даётся"
        raise Refusal(RefusalCode.INVALID, text, ground.clause)
    if awaits_registration(case.entries):
        text = "Переданное обращение сначала регистрирует принявший его орган"
        raise Refusal(RefusalCode.WRONG_STATE, text, ground.clause)
    if not case.work.actor.may(ground.decides, case.appeal):
        text = f"Для этого решения нужно право «{ground.decides.label}»"
        raise Refusal(RefusalCode.FORBIDDEN, text, ground.clause)
    if ground.above_executor:
        text = "Решение принимает руководитель или уполномоченное лицо выше исполнителя"
        check_above_executor(case, ground.decides, ground.clause, text)


def _check_any(case: Case) -> None:
    """There is a ground by which he could; each is judged by itself when it is named."""
    refusals = []
    for ground in case.work.rules.all(OutcomeGround, case.work.today):
        try:
            return _check_ground(case, ground)
        except Refusal as refusal:
            refusals.append(refusal)
    raise refusals[0]


async def _outcomes(case: Case) -> Sequence[Choice]:
    """Of the grounds by which he could decide in this case."""
    grounds = case.work.rules.all(OutcomeGround, case.work.today)
    judge = partial(_check_ground, case)
    return await fitting(grounds, judge, lambda one: Choice(one.outcome, one.outcome.label))


CONCLUDE = Step("conclude", (_check_any,), choices={"outcome": _outcomes})


async def leave_unanswered(
    work: Work,
    appeal_id: int,
    outcome: Outcome,
    proof: Proof,
    *,
    expected_version: int | None = None,
) -> Appeal:
    """Decide by the ground of this outcome that no answer on the substance is given.

    It ends the terms of the answer, closes the case and writes the applicant the letter of the
    ground, which for an anonymous appeal there is none of. Needs CONCLUDE and what the ground asks
    for. Refuses, with the clause, a message, an author who is known where it is for an anonymous
    one, proof that is missing, false or of another ground, and who may not decide by it.
    """
    case = await open_case(work, appeal_id, CONCLUDE.key, expected_version)
    ground = _ground(case, outcome)
    _check_ground(case, ground)
    await _check_proof(case, ground, proof)
    decided_by = await decider(case, ground.decides, ground.clause)
    kept = _trimmed(proof)
    work.session.add(_row(case, ground, kept, decided_by))
    if outcome is not Outcome.ANONYMOUS:  # nobody is answered, nor told of that (11 ч. 1)
        letter = conclusion(outcome, await head_of(case), kept, decided_by)
        await tell(work, case.appeal, NoticeKind.CONCLUDED, letter)
    case.appeal.outcome, case.appeal.closed_at = outcome, work.now
    data = {"outcome": outcome}
    return await case.advance(clause=ground.clause, reason=ground.name, data=data)


def proof_of(row: Conclusion) -> Proof:
    """The proof that a conclusion keeps, as it was shown."""
    kept = dict(row.proof)
    earlier = kept.pop(ProofKind.EARLIER, ())
    answers = (EarlierAnswer(one["number"], date.fromisoformat(one["on"])) for one in earlier)
    return Proof(**kept, earlier=tuple(answers))


def _ground(case: Case, outcome: Outcome) -> OutcomeGround:
    ground = case.work.rules.find(OutcomeGround, outcome, case.work.today)
    if ground is None:
        text = f"Итог «{outcome.label}» не освобождает от ответа по существу"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, case.step.clause)
    return ground


async def _check_proof(case: Case, ground: OutcomeGround, proof: Proof) -> None:
    if missing := gaps(ground, proof):
        text = f"Для этого основания нужны доказательства: {listed(missing)}"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, ground.clause)
    if foreign := strangers(ground, proof):
        text = f"К этому основанию не относится: {listed(foreign)}"
        raise Refusal(RefusalCode.INVALID, text, ground.clause)
    if any(len(said) > LONGEST_REASON for said in proof.texts):
        text = f"Доказательство длиннее {LONGEST_REASON} знаков"
        raise Refusal(RefusalCode.TEXT_TOO_LONG, text, ground.clause)
    if not all(map(readable, proof.texts)):
        text = "В доказательстве недопустимые знаки"
        raise Refusal(RefusalCode.TEXT_UNREADABLE, text, ground.clause)
    received_on = local_date(case.appeal.received_at, case.work.zone)
    if wrong := fault(ground, proof, case.appeal.text, received_on):
        raise Refusal(RefusalCode.PROOF_REQUIRED, wrong, ground.clause)
    if ProofKind.EARLIER in ground.proof:
        await check_earlier(case, ground, proof.earlier)


def _trimmed(proof: Proof) -> Proof:
    said = {kind: getattr(proof, kind) for kind in proof.given if kind is not ProofKind.EARLIER}
    return replace(proof, **{str(kind): text.strip() for kind, text in said.items()})


def _row(case: Case, ground: OutcomeGround, proof: Proof, decided_by: str) -> Conclusion:
    work, appeal = case.work, case.appeal
    return Conclusion(
        appeal_id=appeal.id,
        seq=len(case.rows) + 1,
        outcome=ground.key,
        clause=ground.clause.ref,
        body_id=appeal.body_id,
        decided_by=decided_by,
        actor=work.actor.subject,
        decided_at=work.now,
        proof=_plain(proof),
    )


def _plain(proof: Proof) -> dict[str, Any]:
    """What is filled in, as JSON; days as ISO texts."""
    kept = {kind: value for kind, value in asdict(proof).items() if ProofKind(kind) in proof.given}
    if earlier := kept.get(ProofKind.EARLIER):
        kept[ProofKind.EARLIER] = [{**one, "on": one["on"].isoformat()} for one in earlier]
    return {str(kind): value for kind, value in kept.items()}

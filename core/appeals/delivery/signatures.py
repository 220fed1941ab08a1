"""Signing an answer: by the head, or by whom a recorded act empowers (59-ФЗ, 10 ч. 3)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import orjson
from sqlalchemy import or_, select

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting
from core.appeals.delivery.model import SigningPower
from core.appeals.model import Answer, Appeal
from core.appeals.rules.answers import AnswerKind, warned_of
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Transition
from core.appeals.rules.signatures import SignatureKind, SignatureRule
from core.appeals.step import Asking, Step
from core.directory.bodies import find_body, load_bodies
from core.directory.model import Person
from core.kernel.access import Scope, require
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.roles import Role
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

SIGNED_BY = FZ59.cite("10.3")


@dataclass(frozen=True, slots=True)
class NewSignature:
    """What the answer is signed with."""

    kind: SignatureKind


@serves(SIGNED_BY)
async def empower(
    work: Work, body_key: str, person_id: int, ground: str, since: date, until: date | None = None
) -> SigningPower:
    """The head of a body lets a person sign its answers on these local days, by this act.

    Needs SIGN_ANSWERS for the body. Never backwards: a signature of yesterday stays without power.
    """
    require(work.actor, Permission.SIGN_ANSWERS)
    body = find_body(await load_bodies(work.session), body_key)
    if not any(_reaches(scope, body.id) for scope in work.actor.scopes(Permission.SIGN_ANSWERS)):
        raise Refusal(RefusalCode.FORBIDDEN, "Ваши назначения этого не разрешают", SIGNED_BY)
    person = await work.session.get(Person, person_id)
    if person is None or (person.dismissed is not None and person.dismissed <= since):
        raise Refusal(RefusalCode.PERSON_DISMISSED, "Такого сотрудника нет или он уволен")
    if since < work.today or (until is not None and until <= since):
        text = "Право подписи даётся на будущее: с сегодняшнего дня или позже, не короче дня"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, SIGNED_BY)
    power = SigningPower(
        body_id=body.id,
        person_id=person.id,
        ground=reasoned(ground, SIGNED_BY),
        granted_by=work.actor.subject,
        granted_at=work.now,
        since=since,
        until=until,
    )
    work.session.add(power)
    await work.session.flush()
    await work.record(Event("signing.granted", f"body:{body.id}", after={"person": person.id}))
    return power


async def _check_unsigned(case: Case) -> None:
    if (await draft_of(case)).signed_at is not None:
        raise Refusal(RefusalCode.WRONG_STATE, "Проект ответа уже подписан", SIGNED_BY)


async def _capacity(case: Case) -> str:
    """By what the acting person signs: an office, or a power that the body's head has given."""
    work, actor = case.work, case.work.actor
    if able := actor.able(Permission.SIGN_ANSWERS, case.appeal):
        role = work.rules.find(Role, able[0].role, work.today)
        return role.name if role else able[0].role
    query = select(SigningPower).where(
        SigningPower.person_id == actor.person_id,
        SigningPower.body_id == case.appeal.body_id,
        SigningPower.holds(work.today),
    )
    power = await work.session.scalar(query.order_by(SigningPower.id.desc()).limit(1))
    if power is None:
        raise Refusal(
            RefusalCode.NOT_AUTHORISED_TO_SIGN,
            "Ответ подписывает руководитель органа или тот, кого он на это уполномочил:"
            " записанного полномочия на подпись у Вас нет",
            SIGNED_BY,
        )
    return f"уполномоченное лицо ({power.ground})"


def _by_office_or_power(work: Asking) -> Transition:
    """The step, for who has the office; for another it is his answer, which he may sign."""
    rule = work.rules.get(Transition, "sign", work.today)
    office = work.actor.may(Permission.SIGN_ANSWERS)
    return rule if office else replace(rule, permission=Permission.ANSWER)


async def signatures(case: Case) -> Sequence[Choice]:
    """Kinds by which an answer in this case may be signed."""
    judge = partial(_check_kind, case)
    return await fitting(SignatureKind, judge, lambda one: Choice(one, one.label))


CHOICES = {"signature": signatures}
SIGN = Step("sign", (_check_unsigned, _capacity), _by_office_or_power, CHOICES)


@serves(SIGNED_BY)
async def sign(
    work: Work, appeal_id: int, new: NewSignature, *, expected_version: int | None = None
) -> Appeal:
    """Sign the draft that there is. Needs SIGN_ANSWERS, or ANSWER and a power of the body.

    An answer to an appeal goes on paper or with a qualified signature (R64): any other is
    refused. The signature binds the words of the draft; it stops no clock.
    """
    case = await SIGN.open(work, appeal_id, expected_version)
    return await put_signature(case, await draft_of(case), new)


async def put_signature(case: Case, answer: Answer, new: NewSignature) -> Appeal:
    """The signature of the acting person under this draft."""
    work = case.work
    rule = work.rules.get(Transition, "sign", work.today)
    _check_kind(case, new.kind)
    answer.signed_as = await _capacity(case)
    answer.signer, answer.signature, answer.signed_at = work.actor.subject, new.kind, work.now
    answer.signed_digest = digest(answer)
    await work.session.flush()
    data = {"answer": answer.id, "signature": new.kind, "capacity": answer.signed_as}
    if warned := warned_of(answer.outcome, answer.plan_date):
        data["warned"] = warned
    return await replace(case, step=rule).advance(data=data)


async def draft_of(case: Case) -> Answer:
    """The last answer of the body that holds the case, not sent yet; NO_DRAFT without one.

    An interim answer that was sent leaves the draft of the final one where it was.
    """
    undecided = or_(Answer.kind == AnswerKind.FINAL, Answer.sent_at.is_(None))
    query = select(Answer).where(Answer.appeal_id == case.appeal.id, undecided)
    answer = await case.work.session.scalar(query.order_by(Answer.id.desc()).limit(1))
    if answer is None or answer.sent_at is not None or answer.body_id != case.appeal.body_id:
        text = "Проекта ответа нет: сначала подготовьте ответ"
        raise Refusal(RefusalCode.NO_DRAFT, text, case.step.clause)
    if answer.returned_at is not None:
        text = "Проект ответа возвращён на исправление: подготовьте новый"
        raise Refusal(RefusalCode.NO_DRAFT, text, PRACTICE.cite("lifecycle.return-draft"))
    return answer


def digest(answer: Answer) -> str:
    """A fingerprint of what was signed, by which a later change would be noticed."""
    said = (answer.text, answer.outcome, answer.norm, answer.plan_date, answer.evidence)
    enclosed = (answer.attachments,) if answer.attachments else ()
    return hashlib.sha256(orjson.dumps((*said, *enclosed))).hexdigest()


def kinds_for(case: Case) -> tuple[SignatureRule, ...]:
    """The rules on signatures that bind an answer in this case; none where any kind will do."""
    rules = case.work.rules.all(SignatureRule, case.work.today)
    return tuple(rule for rule in rules if Regime(case.appeal.regime) in rule.regimes)


def _check_kind(case: Case, kind: SignatureKind) -> None:
    rules = kinds_for(case)
    if rules and not any(kind in rule.kinds for rule in rules):
        raise Refusal(
            RefusalCode.SIGNATURE_TOO_WEAK,
            f"Ответ гражданину не подписывают так: {kind.label}; нужна подпись на бумаге"
            " или усиленная квалифицированная электронная подпись",
            rules[0].clause,
        )


def _reaches(scope: Scope, body_id: int) -> bool:
    return scope.bodies is None or body_id in scope.bodies

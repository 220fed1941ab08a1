"""An answer before it goes: the letter that it becomes, and what the law asks of it, met or not.

Nothing is written. The checks are those of the steps themselves, asked one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import select

from core.appeals.answers import (
    DRAFT,
    NewAnswer,
    check_norm,
    check_outcome,
    check_plan,
    check_text,
    draft_row,
)
from core.appeals.case import Case
from core.appeals.content import open_cases
from core.appeals.delivery.disclosures import SECRECY, Disclosed, disclosures_of
from core.appeals.delivery.dispatches import letter_for
from core.appeals.delivery.model import Dispatch
from core.appeals.delivery.signatures import SIGNED_BY
from core.appeals.evidence import Evidence, evidence_rule, prove
from core.appeals.ledger import read_entries
from core.appeals.model import Answer, Appeal
from core.appeals.notices.model import Notice
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.lifecycle import Outcome
from core.appeals.ways import ways_rule
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.act import Clause

STRANGE = {Disclosed.NAME: "назван не заявитель"}
"""How places of a kind are told where its name alone would say too little."""

Check = Callable[[Case, NewAnswer], None]


@dataclass(frozen=True, slots=True)
class Element:
    """What an answer must have: its name, whether it is there, else what to do, by which clause."""

    name: str
    met: bool
    told: str | None
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole letter as the applicant will read it, and the elements in their order."""

    letter: str
    elements: list[Element]


@dataclass(frozen=True, slots=True)
class Letter:
    """An answer that is kept, the case that it is of, and its preview."""

    answer: Answer
    appeal: Appeal
    preview: Preview


@serves()
async def preview(work: Work, appeal_id: int, new: NewAnswer) -> Preview:
    """The letter that these words would become. Needs ANSWER for the case.

    Refuses whatever `answer` refuses of the case itself; what the words lack is in the elements.
    """
    step = DRAFT.rule(work)
    require(work.actor, step.permission, step.clause)
    appeal = await work.session.scalar(select(Appeal).where(Appeal.id == appeal_id))
    if appeal is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого обращения нет")
    case = Case(work, appeal, await read_entries(work, appeal.id), step)
    if (refusal := await DRAFT.refusal(work, appeal, case.rows)) is not None:
        raise refusal
    return await _previewed(case, new, draft_row(case, new, []))


async def letter_of(work: Work, answer_id: int) -> Letter | None:
    """An answer that is kept, as its letter; None where it is not open to the actor.

    What was handed over is shown as it went, without its head where no letter was kept. Needs
    READ_CONTENT; the caller journals the reading.
    """
    require(work.actor, Permission.READ_CONTENT)
    mine = open_cases(work.actor, Answer.appeal_id)
    answer = await work.session.scalar(select(Answer).where(Answer.id == answer_id, mine))
    if answer is None:
        return None
    appeal = await work.session.get_one(Appeal, answer.appeal_id)
    case = Case(work, appeal, await read_entries(work, appeal.id), DRAFT.rule(work))
    told = await _previewed(case, _kept(answer), answer)
    letter = await _went(work, answer)
    if letter is None:  # of a time that kept no letters there are the words alone
        letter = told.letter if answer.sent_at is None else answer.text
    return Letter(answer, appeal, Preview(letter, told.elements))


async def _went(work: Work, answer: Answer) -> str | None:
    """The words of the letter in which the answer was handed over last; None if it was not."""
    query = (
        select(Notice.text)
        .join(Dispatch, Dispatch.notice_id == Notice.id)
        .where(Dispatch.answer_id == answer.id, Dispatch.annulled_at.is_(None))
        .order_by(Dispatch.id.desc())
        .limit(1)
    )
    found: str | None = await work.session.scalar(query)
    return found


async def _previewed(case: Case, new: NewAnswer, answer: Answer) -> Preview:
    elements = [*_said(case, new, answer), *await _people(case, answer)]
    if new.outcome is Outcome.SOLVED:
        elements.append(await _proven(case, new))
    elements += [_signed(answer), *_handed(case, answer)]
    return Preview((await letter_for(case, answer))[1], elements)


def _said(case: Case, new: NewAnswer, answer: Answer) -> Iterator[Element]:
    """What the words themselves must have."""
    checks: list[tuple[str, Check]] = [("текст по существу поставленных вопросов", check_text)]
    final = new.kind is AnswerKind.FINAL
    named = "результат рассмотрения" if final else "ничего, кроме хода рассмотрения"
    checks.append((named, check_outcome))
    if new.outcome is Outcome.REFUSED:
        checks.append(("норма, на которой стоит отказ", check_norm))
    if new.outcome is Outcome.PLANNED:
        written = local_date(answer.written_at, case.work.zone)
        checks.append(("день исполнения запланированного", partial(check_plan, written=written)))
    for name, check in checks:
        try:
            check(case, new)
        except Refusal as refusal:
            yield Element(name, False, refusal.text, refusal.clause)
        else:
            yield Element(name, True, None, case.step.clause)


async def _people(case: Case, answer: Answer) -> list[Element]:
    """What the words say of others beside the applicant: an answer to one may tell of another."""
    found = await disclosures_of(case.work, case.appeal, answer)
    said = {
        kind: dict.fromkeys(one.text for one in found if one.kind is kind) for kind in Disclosed
    }
    if not found:
        return []
    told = "; ".join(
        f"{STRANGE.get(kind, kind.label)}: {', '.join(texts)}"
        for kind, texts in said.items()
        if texts
    )
    text = f"{told[0].upper()}{told[1:]}. Проверьте, тому ли это ответ"
    return [Element("ничего о других гражданах", False, text, SECRECY)]


async def _proven(case: Case, new: NewAnswer) -> Element:
    name = "подтверждение решения"
    try:
        await prove(case, new.evidence, solved=True)
    except Refusal as refusal:
        return Element(name, False, refusal.text, refusal.clause)
    return Element(name, True, None, evidence_rule(case.work, case.appeal.theme).clause)


def _signed(answer: Answer) -> Element:
    text = "Подписывает руководитель органа или тот, кого он на это уполномочил"
    met = answer.signed_at is not None
    return Element("подпись", met, None if met else text, SIGNED_BY)


def _handed(case: Case, answer: Answer) -> Iterator[Element]:
    """On which ways the law lets it go."""
    received = local_date(case.appeal.received_at, case.work.zone)
    rule = ways_rule(case.work.rules, case.appeal.channel, received)
    if rule is not None:
        met = answer.sent_at is not None
        text = None if met else rule.sentence().capitalize()
        yield Element("отправка законным способом", met, text, rule.clause)


def _kept(answer: Answer) -> NewAnswer:
    """What was said, out of what is kept."""
    evidence = [
        Evidence(one["kind"], one.get("attachment"), one["reference"]) for one in answer.evidence
    ]
    plan: date | None = answer.plan_date
    outcome = None if answer.outcome is None else Outcome(answer.outcome)
    kind = AnswerKind(answer.kind)
    return NewAnswer(answer.text, outcome, answer.norm, plan, evidence, kind=kind)

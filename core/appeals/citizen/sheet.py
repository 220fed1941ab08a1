"""What the page of an appeal shows to whoever holds a link of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.appeals.citizen.course import Happening, course
from core.appeals.citizen.status import standing, term, until
from core.appeals.ledger import pure, read_entries
from core.appeals.model import Answer, Appeal
from core.appeals.notices.letters.reference import registered
from core.appeals.notices.links.model import Link
from core.appeals.rules.answers import AnswerKind, SurveyRule
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Outcome, State, Transition
from core.appeals.rules.registrations import registrations
from core.appeals.satisfaction.model import Dispute, Survey
from core.appeals.satisfaction.service import newest_survey
from core.directory.bodies import load_bodies
from core.directory.rules.bodies import Theme
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was sent: on what local day, by which body, what it came to."""

    on: date
    body: str | None
    outcome: str
    text: str
    signed_as: str | None


@dataclass(frozen=True, slots=True)
class Rating:
    """The survey as it stands; `closing` is which one, `until` a phrase, `bad_mark` disputes.

    `verdict` is what became of the objection, None while there is none.
    """

    closing: int
    open: bool
    until: str
    mark: int | None
    comment: str | None
    bad_mark: int
    objection: str | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page: whole sentences in Russian, days local; `noun` is what the case is called."""

    noun: str
    number: str
    registered_on: date | None
    received_on: date
    theme: str | None
    address: str | None
    question: str
    standing: str
    term: str | None
    answers: Sequence[Given]
    course: Sequence[Happening]
    rating: Rating | None
    reachable: bool
    withdrawable: bool


async def read_sheet(work: Work, link: Link) -> Sheet:
    """What the link shows. Nothing is written, whoever opens it however often."""
    session = work.session
    appeal = await session.get_one(Appeal, link.appeal_id)
    rows = await read_entries(work, appeal.id)
    bodies = await load_bodies(session)
    names = {body.key: body.name for body in bodies.rows}
    disputes = select(Dispute).where(Dispute.appeal_id == appeal.id).order_by(Dispute.id.desc())
    dispute = await session.scalar(disputes.limit(1))
    survey = await session.scalar(newest_survey(appeal.id))
    holder = bodies.by_id.get(appeal.body_id or 0)
    known = registrations(pure(rows))
    reference = registered(appeal, pure(rows), work.zone) if known else None
    theme = work.rules.find(Theme, appeal.theme or "", work.today)
    withdraw = work.rules.get(Transition, "withdraw", work.today)
    return Sheet(
        noun="Обращение" if appeal.regime == Regime.APPEAL else "Сообщение",
        number=appeal.number,
        registered_on=reference.on if reference else None,
        received_on=local_date(appeal.received_at, work.zone),
        theme=theme.name if theme else None,
        address=appeal.address,
        question=appeal.text,
        standing=standing(appeal, holder.name if holder else None),
        term=term(work, appeal, rows, dispute),
        answers=await _answers(work, appeal, {body.id: body.name for body in bodies.rows}),
        course=tuple(course(rows, names, work.rules, work.zone)),
        rating=await _rating(work, survey) if survey else None,
        reachable=appeal.applicant_id is not None,
        withdrawable=State(appeal.state) in withdraw.sources and appeal.signatories == 1,
    )


async def _answers(work: Work, appeal: Appeal, names: dict[int, str]) -> list[Given]:
    query = select(Answer).where(Answer.appeal_id == appeal.id, Answer.sent_at.is_not(None))
    return [
        Given(
            on=local_date(row.sent_at, work.zone),
            body=names.get(row.body_id or 0),
            outcome=Outcome(row.outcome).label
            if row.outcome
            else f"ответ {AnswerKind(row.kind).label}",
            text=row.text,
            signed_as=row.signed_as,
        )
        for row in await work.session.scalars(query.order_by(Answer.id))
        if row.sent_at is not None
    ]


async def _rating(work: Work, survey: Survey) -> Rating:
    query = select(Dispute).where(Dispute.survey_id == survey.id)
    dispute = await work.session.scalar(query)
    rule = work.rules.get(SurveyRule, "closing", work.today)
    return Rating(
        closing=survey.closing,
        open=work.now <= survey.expires_at and dispute is None,
        until=until(work, survey.expires_at),
        mark=survey.mark,
        comment=survey.comment,
        bad_mark=rule.bad_mark,
        objection=dispute.reason if dispute else None,
        verdict=dispute.verdict if dispute else None,
    )

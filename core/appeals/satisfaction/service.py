"""The survey after a closing and the dispute that a bad mark can open in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Select, select

from core.appeals.case import Case, open_case
from core.appeals.model import Appeal
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.letters.survey import asked
from core.appeals.notices.links.service import read_link
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.rules.answers import DisputeRule, SurveyRule, window_of
from core.appeals.rules.lifecycle import Transition
from core.appeals.satisfaction.model import Dispute, Survey
from core.appeals.satisfaction.objections import open_dispute
from core.kernel.access import Actor, Grant, Scope
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_REASON, readable, reasoned
from core.kernel.work import Work
from core.law.rulebook import UnknownRule
from core.shapes.deadlines.rules.counting import by_the_clock


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the applicant says: a mark of 1..5, and why the result is disputed, if it is."""

    mark: int
    comment: str | None = None
    dispute: str | None = None


@serves(RU_1844.cite("4.а.4"))
async def issue_survey(work: Work, event: Event) -> None:
    """Listener of a closing: one survey for it; the link of its notice leads to it."""
    appeal = await work.session.get_one(Appeal, int(event.subject.partition(":")[2]))
    rule = work.rules.get(SurveyRule, "closing", work.today)
    issued = select(Survey.closing).where(Survey.appeal_id == appeal.id)
    survey = Survey(
        appeal_id=appeal.id,
        closing=len((await work.session.scalars(issued)).all()) + 1,
        issued_at=work.now,
        expires_at=by_the_clock(work.now, rule.valid_days, rule.unit, work.calendar, work.zone),
    )
    work.session.add(survey)
    await work.session.flush()
    step = work.rules.get(Transition, "close", work.today)
    head = await head_of(await Case.of(work, appeal.id, step))
    until = local_date(survey.expires_at, work.zone)
    text = asked(head, until, rule.clause.title)
    write_notice(work, appeal, NoticeKind.SURVEY, text)


async def read_survey(work: Work, token: str) -> Survey:
    """The newest survey of the appeal behind a link, answered or not.

    Refuses a forged, revoked or expired link, one whose survey has expired, and WRONG_STATE where
    the appeal has none yet.
    """
    link = await read_link(work, token)
    return _open(work, await work.session.scalar(newest_survey(link.appeal_id)))


def newest_survey(appeal_id: int) -> Select[Survey]:
    """The survey of the last closing; those before it are over."""
    query = select(Survey).where(Survey.appeal_id == appeal_id)
    return query.order_by(Survey.closing.desc()).limit(1)


def _open(work: Work, survey: Survey | None) -> Survey:
    if survey is None:
        text = "Оценить результат можно, когда рассмотрение закончится"
        raise Refusal(RefusalCode.WRONG_STATE, text)
    if work.now > survey.expires_at:
        raise Refusal(RefusalCode.LINK_EXPIRED, "Срок опроса истёк")
    return survey


@serves(RU_1844.cite("4.а.4"))
async def answer_survey(work: Work, token: str, opinion: Opinion) -> Survey:
    """The applicant's mark; with `dispute` a bad one also opens a dispute. No login.

    Until the survey expires the mark can be corrected, and the same opinion again changes nothing;
    once it has opened a dispute it stands: ALREADY_ANSWERED.
    """
    link = await read_link(work, token)
    query = newest_survey(link.appeal_id).with_for_update()
    survey = _open(work, await work.session.scalar(query))
    _check(opinion)
    dispute = await work.session.scalar(select(Dispute).where(Dispute.survey_id == survey.id))
    if _says_the_same(survey, opinion, dispute):
        return survey
    if dispute is not None:
        text = "По этой оценке уже подано возражение: изменить её нельзя"
        raise Refusal(RefusalCode.ALREADY_ANSWERED, text)
    applicant = replace(work, actor=_applicant(survey))
    before = {} if survey.mark is None else {"mark": survey.mark}
    survey.mark, survey.comment = opinion.mark, _comment(survey, opinion)
    survey.answered_at = work.now
    appeal = await work.session.get_one(Appeal, survey.appeal_id)
    appeal.mark = opinion.mark
    if opinion.dispute is not None:
        await _dispute(applicant, survey, opinion)
    subject = f"appeal:{appeal.id}"
    await applicant.record(Event("survey.answered", subject, None, before, {"mark": opinion.mark}))
    return survey


def _says_the_same(survey: Survey, opinion: Opinion, dispute: Dispute | None) -> bool:
    alike = survey.mark == opinion.mark and survey.comment == _comment(survey, opinion)
    if opinion.dispute is None:
        return alike
    return alike and dispute is not None and dispute.reason == opinion.dispute.strip()


def _comment(survey: Survey, opinion: Opinion) -> str | None:
    """What stands then: words that are not given leave those there are, empty ones take them."""
    if opinion.comment is None:
        return survey.comment
    return opinion.comment.strip() or None


def _check(opinion: Opinion) -> None:
    if not 1 <= opinion.mark <= 5:
        raise Refusal(RefusalCode.INVALID, "Оценка ставится от 1 до 5")
    for text in (opinion.comment, opinion.dispute):
        if text is not None and (len(text) > LONGEST_REASON or not readable(text)):
            raise Refusal(RefusalCode.TEXT_TOO_LONG, f"Текст длиннее {LONGEST_REASON} знаков")


def _applicant(survey: Survey) -> Actor:
    """Whoever holds the link acts as the applicant and may do nothing but dispute."""
    grant = Grant("applicant", 0, frozenset({Permission.DISPUTE}), Scope())
    return Actor(f"survey:{survey.id}", None, (grant,))


async def _dispute(work: Work, survey: Survey, opinion: Opinion) -> None:
    rule = work.rules.get(SurveyRule, "closing", work.today)
    if opinion.mark > rule.bad_mark:
        raise Refusal(
            RefusalCode.INVALID, f"Оспорить можно при оценке не выше {rule.bad_mark}", rule.clause
        )
    window = await _window(work, survey)
    last = by_the_clock(survey.issued_at, window.window_days, window.unit, work.calendar, work.zone)
    if work.now > last:
        raise Refusal(
            RefusalCode.DISPUTE_WINDOW_CLOSED, "Срок для оспаривания прошёл", window.clause
        )
    case = await open_case(work, survey.appeal_id, "dispute")
    reason = reasoned(opinion.dispute or "", window.clause, "с чем Вы не согласны")
    await open_dispute(case, reason, survey_id=survey.id)


async def _window(work: Work, survey: Survey) -> DisputeRule:
    appeal = await work.session.get_one(Appeal, survey.appeal_id)
    window = window_of(work.rules.all(DisputeRule, work.today), appeal.theme, appeal.channel)
    if window is None:
        raise UnknownRule(f"DisputeRule на {work.today.isoformat()} не установлено")
    return window

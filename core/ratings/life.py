"""The life of a rating: a trial, then drafts that are objected to, a final, its corrections."""

from __future__ import annotations

from sqlalchemy import select

from core.documents.model import VERSION, Document
from core.kernel.acts.federal import PRACTICE, RU_1844
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.model import Rating, RatingObjection, RatingVersion, Stage
from core.ratings.quarter import in_words, written
from core.ratings.releases import Release, release_of, require_keeper
from core.ratings.rules import RatingMethod
from core.ratings.table import method_of
from core.ratings.versions import freeze, locked, there, versions_of
from core.shapes.chains.service import decisions
from core.shapes.deadlines.rules import Unit
from core.shapes.deadlines.rules.counting import last_moment

LIFE = PRACTICE.cite("rating-life")
PUBLISHED = (Stage.FINAL, Stage.CORRECTION)


@serves(LIFE)
async def publish_trial(work: Work, key: str, quarter: Period) -> Rating:
    """Publish the first rating of a quarter by a method, as a trial and once.

    Needs MANAGE_INDICATORS everywhere; refuses as `method_of` and `freeze` do, WRONG_STATE where
    the rating has come further.
    """
    planned = await _planned(work, key, quarter)
    check_trial(planned)
    rating = await _new(work, planned.method, quarter)
    version = await freeze(work, rating, planned.method, Stage.TRIAL)
    await _record(work, rating, "rating.tried", version)
    return rating


@serves(LIFE)
async def draft_rating(work: Work, key: str, quarter: Period) -> Rating:
    """Show the draft to those whom it rates: the window of objections opens.

    Needs MANAGE_INDICATORS everywhere; refuses DATE_OUT_OF_RANGE before the day of the calendar,
    WRONG_STATE where no trial by the method was published or the rating has come further.
    """
    planned = await _planned(work, key, quarter)
    await check_draft(work, planned)
    rating = planned.rating or await _new(work, planned.method, quarter)
    version = await freeze(work, rating, planned.method, Stage.DRAFT)
    rating.drafted_at = work.now
    rating.objections_until = last_moment(
        work.now, planned.method.window, Unit.WORKING_DAYS, work.calendar, work.zone
    )
    await _record(work, rating, "rating.drafted", version)
    return rating


@serves(LIFE, RU_1844.cite("2.rating"), RU_1844.cite("10.б"))
async def publish_rating(work: Work, key: str, quarter: Period) -> Rating:
    """Reckon the final, freeze it and seal its hash in the journal; it never changes again.

    Needs MANAGE_INDICATORS everywhere; refuses DATE_OUT_OF_RANGE before the day of the calendar or
    while the window is open, WRONG_STATE where there is no draft or an objection has no answer.
    """
    planned = await _planned(work, key, quarter)
    rating = await check_final(work, planned)
    version = await freeze(work, rating, planned.method, Stage.FINAL)
    rating.published_at, rating.approval = work.now, await _approval(work, planned.method)
    await _record(work, rating, "rating.published", version)
    return rating


@serves(LIFE)
async def correct_rating(work: Work, key: str, quarter: Period, reason: str) -> Rating:
    """Publish a correction of the final beside it: what changed, why, whose place moved.

    Needs MANAGE_INDICATORS everywhere; refuses REASON_REQUIRED, WRONG_STATE where no final was
    published or nothing of it would change.
    """
    planned = await _planned(work, key, quarter)
    rating = check_correction(planned)
    said, last = reasoned(reason, LIFE), (await versions_of(work, rating))[-1]
    version = await freeze(work, rating, planned.method, Stage.CORRECTION, said)
    if version.digest == last.digest:
        raise Refusal(RefusalCode.WRONG_STATE, "Исправлять нечего: сведения прежние", LIFE)
    await _record(work, rating, "rating.corrected", version)
    return rating


async def begun(work: Work, key: str, quarter: Period) -> RatingMethod:
    """The method by which the actor takes a rating of the quarter further.

    Refuses FORBIDDEN whoever does not keep the ratings of the whole region, and as `method_of`.
    """
    require_keeper(work, LIFE)
    return await method_of(work, key, quarter)


def check_trial(planned: Release) -> None:
    """Refuse a trial of what has been begun."""
    if planned.rating is not None:
        text = f"Рейтинг за {in_words(planned.quarter)} уже публиковался или показан проектом"
        raise Refusal(RefusalCode.WRONG_STATE, text, LIFE)


async def check_draft(work: Work, planned: Release) -> None:
    """Refuse a draft before its day, a second one, one by a method that was never tried."""
    if work.today < planned.draft_on:
        text = f"Проект по календарю выходит {planned.draft_on:%d.%m.%Y}"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, LIFE)
    if planned.rating is not None and planned.rating.stage != Stage.TRIAL:
        raise Refusal(RefusalCode.WRONG_STATE, "Проект уже показан", LIFE)
    if not await _tried(work, planned.method.key):
        text = "Сначала рейтинг по этой методике публикуют как пробный"
        raise Refusal(RefusalCode.WRONG_STATE, text, LIFE)


async def check_final(work: Work, planned: Release) -> Rating:
    """The draft that becomes final; refused before its day, and while its subjects wait."""
    rating = there(planned.rating, planned.method.key, planned.quarter)
    if rating.stage != Stage.DRAFT or rating.objections_until is None:
        text = "Итог публикуют по проекту, на который можно было возразить"
        raise Refusal(RefusalCode.WRONG_STATE, text, LIFE)
    if work.today < planned.final_on or work.now <= rating.objections_until:
        text = f"Итог по календарю выходит {planned.final_on:%d.%m.%Y}, когда окно закрыто"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, LIFE)
    if waiting := await _unanswered(work, rating):
        text = f"На возражения ещё не отвечено: {waiting}"
        raise Refusal(RefusalCode.WRONG_STATE, text, LIFE)
    return rating


def check_correction(planned: Release) -> Rating:
    """The final that is corrected; refused where none was published."""
    rating = there(planned.rating, planned.method.key, planned.quarter)
    if rating.stage not in PUBLISHED:
        raise Refusal(RefusalCode.WRONG_STATE, "Итог ещё не опубликован", LIFE)
    return rating


async def _planned(work: Work, key: str, quarter: Period) -> Release:
    """The rating's place in the calendar, its row locked where it has one."""
    method = await begun(work, key, quarter)
    await locked(work, key, quarter)
    return await release_of(work, method, quarter)


async def _new(work: Work, method: RatingMethod, quarter: Period) -> Rating:
    row = Rating(
        method=method.key,
        name=method.name,
        start=quarter.start,
        period=written(quarter),
        stage=Stage.TRIAL,
        clause=method.clause.ref,
        approval=await _approval(work, method),
    )
    work.session.add(row)
    await work.session.flush()
    return row


async def _tried(work: Work, key: str) -> bool:
    query = (
        select(RatingVersion.id)
        .join(Rating, Rating.id == RatingVersion.rating_id)
        .where(Rating.method == key, RatingVersion.stage == Stage.TRIAL)
    )
    return await work.session.scalar(query.limit(1)) is not None


async def _unanswered(work: Work, rating: Rating) -> str:
    """Numbers of the objections that wait for an answer; empty where none does."""
    query = select(RatingObjection.number).where(
        RatingObjection.rating_id == rating.id, RatingObjection.answered_at.is_(None)
    )
    numbers = await work.session.scalars(query.order_by(RatingObjection.number))
    return ", ".join(f"№ {number}" for number in numbers)


async def _approval(work: Work, method: RatingMethod) -> str | None:
    """Who has approved the method and by which act, as its chain has it; None where no act asks."""
    if method.approved_as is None or method.approver is None:
        return None
    of = (Document.kind == method.approved_as, Document.in_force_id.is_not(None))
    query = select(Document.in_force_id).where(*of).order_by(Document.id.desc())
    version = await work.session.scalar(query.limit(1))
    taken = await work.session.scalars(decisions(VERSION, version or 0))
    grounds = [one.ground for one in taken if one.agreed and one.party == method.approver]
    return f"{method.approver.label}: {grounds[-1] if grounds else 'без акта'}"


async def _record(work: Work, rating: Rating, name: str, version: RatingVersion) -> None:
    after = {
        "method": rating.method,
        "period": rating.period,
        "version": version.number,
        "edition": version.edition,
        "digest": version.digest,
    }
    await work.session.flush()
    await work.record(Event(name, f"rating:{rating.id}", rating.clause, after=after))

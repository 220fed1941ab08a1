"""The calendar of ratings: when a draft and a final come out, and what moves these days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from core.kernel.access import require, require_everywhere
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import ActKind, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Clause
from core.law.periods import Period, Periodicity, period_of
from core.ratings.model import Rating, RatingRelease, Stage
from core.ratings.quarter import before, in_words, written
from core.ratings.rules import RatingMethod
from core.shapes.chains.rules import Ground, check_ground
from core.shapes.deadlines.rules.counting import add_working_days
from core.shapes.registers.service import enter

CALENDAR = PRACTICE.cite("rating-calendar")
AHEAD = timedelta(days=366)
"""So far the calendar is known ahead."""

BEHIND = 2
"""So many quarters that are over stand in it."""

DAY = timedelta(days=1)
OWN = "Рейтинги ведёт тот, кто отвечает за весь регион"


@dataclass(frozen=True, slots=True)
class Release:
    """When a rating comes out, local days; `moved` is the decision that set them, if any did.

    `late` is a final that has come out after its day; `missed` is what has not come out though its
    day has passed.
    """

    method: RatingMethod
    quarter: Period
    draft_on: date
    final_on: date
    moved: RatingRelease | None = None
    rating: Rating | None = None
    late: bool = False
    missed: Stage | None = None


def require_keeper(work: Work, clause: Clause) -> None:
    """FORBIDDEN unless the actor keeps the ratings of the whole region."""
    require_everywhere(work.actor, Permission.MANAGE_INDICATORS, OWN, clause)


@serves(CALENDAR)
async def releases(work: Work) -> list[Release]:
    """The calendar of every method from two quarters ago to twelve months ahead, by days.

    Needs READ_DIRECTORY.
    """
    require(work.actor, Permission.READ_DIRECTORY)
    quarter = period_of(work.today, Periodicity.QUARTER)
    for _ in range(BEHIND):
        quarter = before(quarter)
    moved, known = await _moved(work), await _known(work)
    found = []
    while quarter.end <= work.today + AHEAD:
        for method in work.rules.all(RatingMethod, quarter.last_day):
            place = (method.key, quarter.start)
            found.append(_release(work, method, quarter, moved.get(place), known.get(place)))
        quarter = period_of(quarter.end, Periodicity.QUARTER)
    return sorted(found, key=lambda one: (one.draft_on, one.method.key))


async def release_of(work: Work, method: RatingMethod, quarter: Period) -> Release:
    """The days of one rating as they stand today."""
    place = (method.key, quarter.start)
    found, known = (await _moved(work)).get(place), (await _known(work)).get(place)
    return _release(work, method, quarter, found, known)


async def release_called(work: Work, key: str, quarter: Period) -> Release:
    """The same by the key of a method; NOT_PROVIDED where the quarter has no such one."""
    method = work.rules.find(RatingMethod, key, quarter.last_day)
    if method is None:
        raise Refusal(RefusalCode.NOT_PROVIDED, f"Методики «{key}» нет", CALENDAR)
    return await release_of(work, method, quarter)


async def moves(work: Work, method: str, quarter: Period) -> Sequence[RatingRelease]:
    """Every decision that moved the days of a rating, the earliest first."""
    of = (RatingRelease.method == method, RatingRelease.start == quarter.start)
    query = select(RatingRelease).where(*of).order_by(RatingRelease.id)
    return (await work.session.scalars(query)).all()


@serves(CALENDAR)
async def move_release(
    work: Work, key: str, quarter: Period, days: tuple[date, date], reason: str, ground: Ground
) -> RatingRelease:
    """Move the days of a draft and its final, from today on. Needs MANAGE_INDICATORS everywhere.

    Refuses GROUND_REQUIRED and REASON_REQUIRED without them, DATE_OUT_OF_RANGE for days that have
    passed or leave subjects no time to object, WRONG_STATE for what has come out already.
    """
    require_keeper(work, CALENDAR)
    planned = await release_called(work, key, quarter)
    check_ground(ground, frozenset(ActKind), work.today, CALENDAR)
    said = reasoned(reason, CALENDAR)
    check_move(planned)
    _check_days(work, planned, *days)
    row = RatingRelease(
        method=key,
        start=quarter.start,
        draft_on=days[0],
        final_on=days[1],
        reason=said,
        ground=ground.text,
        since=work.today,
        actor=work.actor.subject,
        at=work.now,
    )
    same = (RatingRelease.method == key, RatingRelease.start == quarter.start)
    await enter(work.session, row, *same)
    told = {"method": key, "period": written(quarter)}
    before_, after = _days(planned.draft_on, planned.final_on), {**told, **_days(*days)}
    subject = f"rating_release:{row.id}"
    await work.record(Event("rating.moved", subject, CALENDAR.ref, before_, after))
    return row


def check_move(planned: Release) -> None:
    """Refuse to move what has come out already."""
    if planned.rating is not None and planned.rating.stage in (Stage.FINAL, Stage.CORRECTION):
        raise Refusal(RefusalCode.WRONG_STATE, "Итог уже опубликован", CALENDAR)


def _check_days(work: Work, planned: Release, draft_on: date, final_on: date) -> None:
    stage = planned.rating.stage if planned.rating else None
    if stage == Stage.DRAFT and draft_on != planned.draft_on:
        raise Refusal(RefusalCode.WRONG_STATE, "Проект уже показан", CALENDAR)
    if (draft_on, final_on) == (planned.draft_on, planned.final_on):
        raise Refusal(RefusalCode.INVALID, "Эти дни и так стоят в календаре", CALENDAR)
    if (stage != Stage.DRAFT and draft_on < work.today) or final_on < work.today:
        text = "Перенести можно только на день, который не прошёл"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, CALENDAR)
    if draft_on < planned.quarter.end:
        text = f"К этому дню не закончится {in_words(planned.quarter)}"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, CALENDAR)
    closes = add_working_days(draft_on, planned.method.window, work.calendar)
    if final_on <= closes:
        text = f"Итог не раньше, чем окончится окно возражений: {closes:%d.%m.%Y}"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, CALENDAR)


def _release(
    work: Work,
    method: RatingMethod,
    quarter: Period,
    moved: RatingRelease | None,
    rating: Rating | None,
) -> Release:
    """By the decision, else once the last case was followed: the first working day from then on."""
    if moved is not None:
        draft_on, final_on = moved.draft_on, moved.final_on
    else:
        ripe = quarter.end + timedelta(days=method.followed)
        draft_on = add_working_days(ripe - DAY, 1, work.calendar)
        final_on = add_working_days(draft_on, method.window + method.settling, work.calendar)
    told = (_late(work, rating, final_on), _missed(work, rating, draft_on, final_on))
    return Release(method, quarter, draft_on, final_on, moved, rating, *told)


def _missed(work: Work, rating: Rating | None, draft_on: date, final_on: date) -> Stage | None:
    """A trial is shown to nobody: its draft is still to come."""
    stage = rating.stage if rating else Stage.TRIAL
    if stage in (Stage.FINAL, Stage.CORRECTION):
        return None
    if final_on < work.today:
        return Stage.FINAL
    return Stage.DRAFT if stage == Stage.TRIAL and draft_on < work.today else None


def _late(work: Work, rating: Rating | None, final_on: date) -> bool:
    at = rating.published_at if rating else None
    return at is not None and local_date(at, work.zone) > final_on


async def _moved(work: Work) -> dict[tuple[str, date], RatingRelease]:
    rows = await work.session.scalars(
        select(RatingRelease).where(RatingRelease.holds(work.today)).order_by(RatingRelease.id)
    )
    return {(row.method, row.start): row for row in rows}


async def _known(work: Work) -> dict[tuple[str, date], Rating]:
    rows = await work.session.scalars(select(Rating).order_by(Rating.id))
    return {(row.method, row.start): row for row in rows}


def _days(draft_on: date, final_on: date) -> dict[str, str]:
    return {"draft_on": draft_on.isoformat(), "final_on": final_on.isoformat()}

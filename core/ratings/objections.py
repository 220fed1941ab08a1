"""Objections to a draft: a subject files one while the window is open, and gets its answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from core.appeals.model import Appeal
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal, refusal_of
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.life import LIFE
from core.ratings.model import Rating, RatingCase, RatingObjection, RatingVersion, Stage
from core.ratings.releases import require_keeper
from core.ratings.sight import sight_of
from core.ratings.versions import rating_of, versions_of
from core.ratings.words import place

MOST_APPEALS = 500
NOWHERE = "Такого места в рейтинге нет"


@serves(LIFE)
async def object_to(
    work: Work,
    key: str,
    quarter: Period,
    subject: tuple[str, str | None],
    text: str,
    numbers: Sequence[str] = (),
) -> RatingObjection:
    """Object to what a draft says of the reader's own body, and theme where rated by each.

    `numbers` are those of appeals that were counted there. Refuses FORBIDDEN to another body,
    DEADLINE_PASSED after the window, WRONG_STATE where there is no draft, NOT_FOUND for a place or
    an appeal that it does not count.
    """
    require(work.actor, Permission.READ_APPEALS)
    rating = await rating_of(work, key, quarter)
    draft = await _objected(work, rating, await _own(work) & {subject[0]})
    if subject not in map(place, draft.told["entries"]):
        raise Refusal(RefusalCode.NOT_FOUND, NOWHERE, LIFE)
    row = RatingObjection(
        rating_id=rating.id,
        number=await _next(work, rating),
        body=subject[0],
        scope=subject[1],
        text=reasoned(text, LIFE, "возражение"),
        appeals=await _counted(work, rating, draft, subject, numbers),
        filed_by=work.actor.subject,
        filed_at=work.now,
    )
    work.session.add(row)
    await _record(work, rating, "rating.objected", row)
    return row


@serves(LIFE)
async def answer_objection(
    work: Work, key: str, quarter: Period, number: int, *, upheld: bool, text: str
) -> RatingObjection:
    """Answer an objection, once, with reasons. Needs MANAGE_INDICATORS everywhere.

    What is upheld is put right where it was wrong: in the cases. Refuses ALREADY_ANSWERED,
    NOT_FOUND, JUDGE_NOT_INDEPENDENT to who has filed it.
    """
    require_keeper(work, LIFE)
    rating = await rating_of(work, key, quarter)
    query = select(RatingObjection).where(
        RatingObjection.rating_id == rating.id, RatingObjection.number == number
    )
    row = await work.session.scalar(query)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, f"Возражения № {number} нет", LIFE)
    _check_waiting(work, row)
    row.answer, row.upheld = reasoned(text, LIFE, "ответ на возражение"), upheld
    row.answered_by, row.answered_at = work.actor.subject, work.now
    await _record(work, rating, "rating.answered", row)
    return row


async def places_of(work: Work, rating: Rating) -> list[Mapping[str, Any]]:
    """The entries of a draft to which the actor may object now; refuses as `object_to` where he
    may to none."""
    require(work.actor, Permission.READ_APPEALS)
    own = await _own(work)
    draft = await _objected(work, rating, own)
    found = [one for one in draft.told["entries"] if one["subject"] in own]
    if not found:
        raise Refusal(RefusalCode.NOT_FOUND, NOWHERE, LIFE)
    return found


async def waiting_of(work: Work, rating: Rating) -> list[RatingObjection]:
    """The objections that the actor may answer now; refuses as `answer_objection` where none."""
    require_keeper(work, LIFE)
    query = select(RatingObjection).where(RatingObjection.rating_id == rating.id)
    found, refused = [], Refusal(RefusalCode.NOT_FOUND, "Возражений нет", LIFE)
    for row in await work.session.scalars(query.order_by(RatingObjection.number)):
        refusal = refusal_of(_check_waiting, work, row)
        if refusal is None:
            found.append(row)
        refused = refusal or refused
    if not found:
        raise refused
    return found


async def _own(work: Work) -> frozenset[str]:
    """The subjects for which the actor speaks."""
    return (await sight_of(work)).own


async def _objected(work: Work, rating: Rating, own: Collection[str]) -> RatingVersion:
    """The draft to which who speaks for these subjects may object now."""
    if not own:
        text = "Возражает тот, кого оценивают, и только о себе"
        raise Refusal(RefusalCode.FORBIDDEN, text, LIFE)
    if rating.stage != Stage.DRAFT or rating.objections_until is None:
        raise Refusal(RefusalCode.WRONG_STATE, "Возражают на проект, его сейчас нет", LIFE)
    if work.now > rating.objections_until:
        raise Refusal(RefusalCode.DEADLINE_PASSED, "Окно возражений закрылось", LIFE)
    return (await versions_of(work, rating))[-1]


def _check_waiting(work: Work, row: RatingObjection) -> None:
    if row.answered_at is not None:
        raise Refusal(RefusalCode.ALREADY_ANSWERED, "На возражение уже отвечено", LIFE)
    if row.filed_by == work.actor.subject:
        said = "На возражение отвечает не тот, кто его заявил"
        raise Refusal(RefusalCode.JUDGE_NOT_INDEPENDENT, said, LIFE)


async def _next(work: Work, rating: Rating) -> int:
    """The next number in the rating, whose row is locked."""
    of = RatingObjection.rating_id == rating.id
    return (await work.session.scalar(select(func.max(RatingObjection.number)).where(of)) or 0) + 1


async def _counted(
    work: Work,
    rating: Rating,
    draft: RatingVersion,
    subject: tuple[str, str | None],
    numbers: Sequence[str],
) -> list[str]:
    wanted = sorted(set(numbers))
    if len(wanted) > MOST_APPEALS:
        raise Refusal(RefusalCode.TOO_MUCH, f"Обращений не больше {MOST_APPEALS}", LIFE)
    query = (
        select(Appeal.number)
        .join(RatingCase, RatingCase.appeal_id == Appeal.id)
        .where(
            RatingCase.version_id == draft.id,
            RatingCase.start == rating.start,
            RatingCase.body == subject[0],
            Appeal.number.in_(wanted),
        )
    )
    known = set(await work.session.scalars(query))
    if missing := [one for one in wanted if one not in known]:
        text = f"Рейтинг не считает за этим объектом обращений: {', '.join(missing[:5])}"
        raise Refusal(RefusalCode.NOT_FOUND, text, LIFE)
    return wanted


async def _record(work: Work, rating: Rating, name: str, row: RatingObjection) -> None:
    after = {"number": row.number, "body": row.body, "upheld": row.upheld}
    await work.session.flush()
    await work.record(Event(name, f"rating:{rating.id}", LIFE.ref, after=after))

"""What somebody had typed of a case when his service ended: it passes to one person, sealed.

That is the executor named after him in the same body, or without one the deputy of that time. Who
still serves keeps what he has typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select

from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.db.snapshot import Reads
from core.directory.model import Appointment, Delegation, Person
from core.directory.service import holding
from core.kernel.access import Actor
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work
from core.law.days import over
from core.sessions.drafts import Kept, told_of
from core.sessions.model import Draft
from core.shapes.registers.model import standing

STEP, ANSWER = "/step/", "letters/new/"
OF_A_CASE = or_(Draft.place.like(f"appeals/%{STEP}%"), Draft.place.like(f"{ANSWER}%"))
MOST = 200


@dataclass(frozen=True, slots=True)
class Inherited:
    """`id` is the row's; `writer` the name of who has left."""

    id: int
    kept: Kept
    writer: str


async def inherited(
    region: Region, actor: Actor, place: str | None = None, of: Reads | None = None
) -> tuple[Inherited, ...]:
    """What has passed to the actor, at one form or at all, the latest first.

    Only of cases that he may see. Of forms where he has begun anew it is told at the form alone.
    """
    async with region.reading(actor, of) as work:
        rows = await _left_by_others(work, actor, place)
        if not rows or actor.person_id is None:
            return ()
        cases = await _cases(work, [_number(draft.place) for draft, _ in rows])
        served = await _bodies(work, [person.id for _, person in rows])
        deputies = await _deputies(work, [person.id for _, person in rows])
        return tuple(
            Inherited(draft.id, told_of(region, draft), person.name)
            for draft, person in rows
            if (case := cases.get(_number(draft.place))) is not None
            and actor.person_id
            == _heir(
                person.id,
                case,
                served.get(person.id, ()),
                deputies.get(person.id, ()),
                local_date(draft.saved_at, work.zone),
            )
        )


async def has_left(region: Region, subject: str) -> bool:
    """Whether this official of the directory is dismissed or holds no appointment any more."""
    today = local_date(region.now(), region.passport.zone)
    async with region.database.reading() as session:
        query = select(Person.id).where(Person.subject == subject, _left(today))
        return await session.scalar(query) is not None


def _left(today: date) -> ColumnElement[bool]:
    stays = standing(None, Person.dismissed, today)
    serves = exists().where(Appointment.person_id == Person.id, holding(today))
    return not_(and_(stays, serves))


async def _left_by_others(
    work: Work, actor: Actor, place: str | None
) -> Sequence[tuple[Draft, Person]]:
    own = select(Draft.place).where(Draft.subject == actor.subject, Draft.ends_at > work.now)
    query = (
        select(Draft, Person)
        .join(Person, Person.subject == Draft.subject)
        .where(Draft.ends_at > work.now, Draft.subject != actor.subject, OF_A_CASE)
        .where(_left(work.today))
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
        .limit(MOST)
    )
    query = query.where(Draft.place.not_in(own) if place is None else Draft.place == place)
    return [(draft, person) for draft, person in await work.session.execute(query)]


async def _cases(work: Work, numbers: Sequence[str]) -> Mapping[str, Appeal]:
    query = select(Appeal).where(Appeal.number.in_(numbers), visible(work.actor))
    return {one.number: one for one in await work.session.scalars(query)}


async def _bodies(work: Work, writers: Sequence[int]) -> Mapping[int, frozenset[int | None]]:
    """The bodies in which each has served."""
    query = select(Appointment.person_id, Appointment.body_id)
    pairs = list(await work.session.execute(query.where(Appointment.person_id.in_(writers))))
    return {one: frozenset(body for who, body in pairs if who == one) for one in {*writers}}


async def _deputies(work: Work, writers: Sequence[int]) -> Mapping[int, Sequence[tuple[int, date]]]:
    """Who has stood in for each, and until when, the last first."""
    query = (
        select(Appointment.person_id, Delegation.person_id, Delegation.until)
        .join(Appointment, Appointment.id == Delegation.appointment_id)
        .where(Appointment.person_id.in_(writers))
        .order_by(Delegation.id.desc())
    )
    rows = list(await work.session.execute(query))
    return {one: [(who, until) for whom, who, until in rows if whom == one] for one in {*writers}}


def _heir(
    writer: int,
    case: Appeal,
    served: frozenset[int | None] | tuple[()],
    deputies: Sequence[tuple[int, date]],
    saved: date,
) -> int | None:
    """Whose it is now; None as long as nobody is named."""
    if case.executor_id not in (None, writer) and case.body_id in served:
        return case.executor_id
    return next((who for who, until in deputies if not over(until, saved)), None)


def _number(place: str) -> str:
    """The number of the case whose form stands at this place."""
    if place.startswith(ANSWER):
        return place.removeprefix(ANSWER)
    return place.partition("/")[2].partition(STEP)[0]

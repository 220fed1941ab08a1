"""What people have met beside appeals: conflicts and errors of communication, votes, discussions.

A record stands as it was entered; it is analysed once, with a cause and a conclusion.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.directory.model import Body
from core.kernel.access import Actor, require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Clause
from core.problems.ledger import require_keeper
from core.problems.listing import known_place, known_theme
from core.problems.model import Problem, Sighting, SightingKind

VOTES, COMMUNICATION = RU_1844.cite("4.б.2"), RU_1844.cite("4.б.4")
OF_COMMUNICATION = frozenset({SightingKind.CONFLICT, SightingKind.ERROR})
MOST = 500


@dataclass(frozen=True, slots=True)
class NewSighting:
    """What was seen on a local day; of communication the key of the `body` whose it was."""

    kind: SightingKind
    on: date
    text: str
    theme: str | None = None
    municipality: str | None = None
    body: str | None = None
    appeal: str | None = None
    problem_id: int | None = None


@serves(COMMUNICATION, VOTES)
async def record_sighting(work: Work, new: NewSighting) -> Sighting:
    """Enter a conflict, an error, a vote or a discussion. Needs MANAGE_INDICATORS everywhere.

    Refuses UNKNOWN_BODY for communication without its body, DATE_OUT_OF_RANGE for a day to come,
    NOT_FOUND for an appeal or a problem that there is not.
    """
    require_keeper(work)
    clause = _clause(new.kind)
    if new.on > work.today:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Этот день ещё не наступил", clause)
    if new.theme is not None:
        known_theme(work, new.theme, work.today)
    if new.municipality is not None:
        known_place(work, new.municipality, work.today)
    if new.problem_id is not None and await work.session.get(Problem, new.problem_id) is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой проблемы в перечне нет", clause)
    row = Sighting(
        kind=new.kind,
        on=new.on,
        theme=new.theme,
        municipality=new.municipality,
        body_id=await _body(work, new, clause),
        appeal_id=await _appeal(work, new.appeal, clause),
        text=reasoned(new.text, clause, "что произошло"),
        problem_id=new.problem_id,
        actor=work.actor.subject,
        at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    after = {"kind": row.kind}
    await work.record(Event("problem.seen", _subject(row), clause.ref, after=after))
    return row


@serves(COMMUNICATION)
async def analyse_sighting(work: Work, number: int, cause: str, conclusion: str) -> Sighting:
    """Say why a conflict or an error came about and what follows, once.

    Needs MANAGE_INDICATORS everywhere; refuses KIND_NOT_ALLOWED for a vote, WRONG_STATE for what
    is analysed.
    """
    require_keeper(work)
    row = await work.session.get(Sighting, number, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой записи нет", COMMUNICATION)
    if row.kind not in OF_COMMUNICATION:
        text = "Разбирают конфликты и ошибки, а не итоги голосований"
        raise Refusal(RefusalCode.KIND_NOT_ALLOWED, text, COMMUNICATION)
    if row.analysed_at is not None:
        raise Refusal(RefusalCode.WRONG_STATE, "Запись уже разобрана", COMMUNICATION)
    row.cause, row.conclusion = (
        reasoned(cause, COMMUNICATION, "причина случившегося"),
        reasoned(conclusion, COMMUNICATION, "вывод"),
    )
    row.analysed_by, row.analysed_at = work.actor.subject, work.now
    await work.session.flush()
    await work.record(Event("problem.analysed", _subject(row), COMMUNICATION.ref))
    return row


async def sightings(
    work: Work,
    since: date | None = None,
    until: date | None = None,
    kinds: Collection[SightingKind] = tuple(SightingKind),
) -> list[Sighting]:
    """Those of the days from `since` to before `until`, the last first, MOST at the most.

    Needs READ_APPEALS; what is about an appeal is for who may see the appeal.
    """
    require(work.actor, Permission.READ_APPEALS)
    query = select(Sighting).where(seen_by(work.actor), Sighting.kind.in_(kinds))
    if since is not None:
        query = query.where(Sighting.on >= since)
    if until is not None:
        query = query.where(Sighting.on < until)
    rows = await work.session.scalars(
        query.order_by(Sighting.on.desc(), Sighting.id.desc()).limit(MOST)
    )
    return list(rows)


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition of those that are about no appeal, or about one that the actor may see."""
    own = select(Appeal.id).where(visible(actor))
    return or_(Sighting.appeal_id.is_(None), Sighting.appeal_id.in_(own))


def _clause(kind: SightingKind) -> Clause:
    return COMMUNICATION if kind in OF_COMMUNICATION else VOTES


async def _body(work: Work, new: NewSighting, clause: Clause) -> int | None:
    if new.body is None:
        if new.kind in OF_COMMUNICATION:
            text = "Назовите орган или организацию, чья это коммуникация"
            raise Refusal(RefusalCode.UNKNOWN_BODY, text, clause)
        return None
    found = await work.session.scalar(select(Body.id).where(Body.key == new.body))
    if found is None:
        raise Refusal(RefusalCode.UNKNOWN_BODY, "Такого органа в справочнике нет", clause)
    return found


async def _appeal(work: Work, number: str | None, clause: Clause) -> int | None:
    if number is None:
        return None
    query = select(Appeal.id).where(Appeal.number == number, visible(work.actor))
    found = await work.session.scalar(query)
    if found is None:
        text = "Такого обращения нет или оно не в Вашем ведении"
        raise Refusal(RefusalCode.NOT_FOUND, text, clause)
    return found


def _subject(row: Sighting) -> str:
    return f"problem_sighting:{row.id}"

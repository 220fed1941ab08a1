"""What nothing of the appeals tells of a body: so many of so many, entered with source and ground.

A figure is never changed: a later one of the same body, criterion and quarter stands instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import select

from core.directory.model import Body
from core.kernel.codes import ActKind, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Clause
from core.law.periods import Period
from core.ratings.cases import Grouped, Had
from core.ratings.model import RatingFigure
from core.ratings.quarter import in_words
from core.ratings.releases import CALENDAR, require_keeper
from core.ratings.rules import Criterion, Measure, RatingMethod
from core.shapes.chains.rules import Ground, check_ground

Shares = dict[str, dict[Measure, Fraction]]
"""By the key of the body, then by what is measured: of 0..1, exactly."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was checked of a body: `hits` of `total` meet the method, `source` says by what."""

    criterion: str
    body: str
    hits: int
    total: int
    source: str


@serves()
async def enter_figure(
    work: Work, key: str, quarter: Period, said: Counted, ground: Ground
) -> RatingFigure:
    """Enter what a body has by a criterion that the appeals do not tell, over a closed quarter.

    Needs MANAGE_INDICATORS everywhere. Refuses NOT_PROVIDED a method that there is not, a criterion
    that it does not take from outside, a body that it does not rate; NOT_FOUND an unknown body;
    DATE_OUT_OF_RANGE a quarter that is not over; INVALID what is no share; GROUND_REQUIRED and
    REASON_REQUIRED without ground or source.
    """
    require_keeper(work, CALENDAR)
    method = work.rules.find(RatingMethod, key, quarter.last_day)
    if method is None:
        raise Refusal(RefusalCode.NOT_PROVIDED, f"Методики «{key}» нет")
    criterion = _criterion(method, said.criterion)
    check_figures(work, quarter, criterion)
    if not 0 <= said.hits <= said.total or not said.total:
        text = (
            f"«{said.hits} из {said.total}» — не доля: проверено хотя бы одно, отвечает не больше"
        )
        raise Refusal(RefusalCode.INVALID, text, criterion.clause)
    await _check_body(work, method, criterion, said.body)
    check_ground(ground, frozenset(ActKind), work.today, criterion.clause)
    row = RatingFigure(
        method=key,
        criterion=criterion.key,
        start=quarter.start,
        body=said.body,
        hits=said.hits,
        total=said.total,
        source=reasoned(said.source, criterion.clause, "источник значения"),
        ground=ground.text,
        actor=work.actor.subject,
        at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    await _record(work, row, criterion.clause)
    return row


def check_figures(work: Work, quarter: Period, criterion: Criterion) -> None:
    """Refuse figures of a quarter that is not over."""
    if not quarter.closed(work.today):
        text = f"Ещё не закончился {in_words(quarter)}"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, criterion.clause)


async def with_figures(
    work: Work, method: RatingMethod, quarter: Period, found: list[Had], *, whole: bool
) -> list[Had]:
    """The cases, each with the figures of its body; as they are where the method asks for none.

    Where `whole`, refuses NOT_PROVIDED bodies of which a figure is not entered; else their cases
    of the quarter are left out, as no score of theirs is known.
    """
    if not method.unseen:
        return found
    bodies = {one.subject.body for one in found}
    entered = await _entered(work, method, quarter, bodies, whole=whole)
    return [
        replace(one, seen=replace(one.seen, outside=entered[one.subject.body]))
        for one in found
        if one.subject.body in entered
    ]


async def counts_with_figures(
    work: Work, method: RatingMethod, quarter: Period, found: Grouped, *, whole: bool
) -> Grouped:
    """The same of cases that are added up."""
    if not method.unseen:
        return found
    entered = await _entered(work, method, quarter, {one.body for one in found}, whole=whole)
    return {
        subject: Counter(
            {replace(one, outside=entered[subject.body]): many for one, many in seen.items()}
        )
        for subject, seen in found.items()
        if subject.body in entered
    }


async def _entered(
    work: Work, method: RatingMethod, quarter: Period, bodies: set[str], *, whole: bool
) -> dict[str, tuple[tuple[Measure, Fraction], ...]]:
    """What is entered of those of whom everything is; see `with_figures`."""
    shares = await _shares(work, method, quarter)
    if whole:
        await _check_whole(work, method, shares, bodies)
    asked = {one.measure for one in method.unseen}
    known = {body: shares.get(body, {}) for body in bodies}
    return {body: tuple(told.items()) for body, told in known.items() if asked <= told.keys()}


async def _shares(work: Work, method: RatingMethod, quarter: Period) -> Shares:
    """What is entered for a quarter, the last of each."""
    measures = {one.key: one.measure for one in method.unseen}
    query = select(RatingFigure).where(
        RatingFigure.method == method.key,
        RatingFigure.start == quarter.start,
        RatingFigure.criterion.in_([*measures]),
    )
    found: Shares = {}
    for row in await work.session.scalars(query.order_by(RatingFigure.id)):
        share = Fraction(row.hits, row.total)
        found.setdefault(row.body, {})[measures[row.criterion]] = share
    return found


async def _check_whole(
    work: Work, method: RatingMethod, shares: Shares, bodies: Iterable[str]
) -> None:
    """Refuse a rating in which a criterion would count for some and not for others."""
    known = {row.key: row.name for row in await work.session.execute(select(Body.key, Body.name))}
    missed = []
    for one in method.unseen:
        without = sorted(known[body] for body in bodies if one.measure not in shares.get(body, {}))
        if without or not shares:
            whom = f" ({', '.join(without)})" if without else ""
            missed.append(f"{one.name}{whom} — {one.clause.title}")
    if missed:
        text = f"Сведений по критерию здесь нет: {', '.join(missed)}"
        raise Refusal(RefusalCode.NOT_PROVIDED, text)


def _criterion(method: RatingMethod, key: str) -> Criterion:
    for one in method.unseen:
        if one.key == key:
            return one
    text = f"Критерия «{key}», сведения о котором вносят, в методике «{method.name}» нет"
    raise Refusal(RefusalCode.NOT_PROVIDED, text, method.clause)


async def _check_body(work: Work, method: RatingMethod, criterion: Criterion, key: str) -> None:
    body = await work.session.scalar(select(Body).where(Body.key == key))
    if body is None:
        raise Refusal(RefusalCode.NOT_FOUND, f"Органа «{key}» нет", criterion.clause)
    if body.kind not in method.subjects:
        text = f"{body.name}: по методике «{method.name}» не оценивается"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, criterion.clause)


async def _record(work: Work, row: RatingFigure, clause: Clause) -> None:
    names = ("method", "criterion", "body", "hits", "total", "source", "ground")
    after = {name: getattr(row, name) for name in names} | {"start": row.start.isoformat()}
    await work.record(Event("rating.counted", f"rating_figure:{row.id}", clause.ref, after=after))

"""The laboratory: a draft method over quarters that are over, beside the method in force.

It is reckoned by the same scoring and published nowhere: of a run the journal keeps who tried what
over which quarters, and nothing else stays of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import orjson

from core.kernel.access import require_everywhere
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.cases import numbers_of
from core.ratings.data import as_data
from core.ratings.drafts import Draft, drafted, reading
from core.ratings.movers import Mover, Side, Words, movers
from core.ratings.named import named
from core.ratings.quarter import written
from core.ratings.releases import OWN
from core.ratings.rules import RatingMethod
from core.ratings.scoring import Subject
from core.ratings.table import Kept, collected, method_of, reckoned
from core.ratings.versions import WHOLE
from core.ratings.words import standing

MOST = 8
"""So many quarters are tried at once."""

THIN = frozenset({RefusalCode.WRONG_STATE, RefusalCode.NOT_PROVIDED})
"""Refusals of one quarter that do not keep the others from being told."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One quarter by both methods as JSON, and who moved; or why it could not be told."""

    quarter: Period
    current: dict[str, Any] | None = None
    draft: dict[str, Any] | None = None
    movers: Sequence[Mover] = ()
    refused: str | None = None


@serves()
async def rehearse(
    work: Work, key: str, quarters: Sequence[Period], draft: Draft
) -> list[Rehearsal]:
    """The draft over each quarter beside the method in force then, the latest first.

    Needs READ_APPEALS and MANAGE_INDICATORS everywhere. Refuses INVALID no quarter or too many,
    what `method_of` and `drafted` refuse, and as the first quarter where none can be told.
    """
    for needed in (Permission.READ_APPEALS, Permission.MANAGE_INDICATORS):
        require_everywhere(work.actor, needed, OWN)
    wanted = sorted(set(quarters), reverse=True)
    if not 1 <= len(wanted) <= MOST:
        raise Refusal(RefusalCode.INVALID, f"Назовите от одного до {MOST} кварталов")
    bench = _Bench(work, {})
    pairs = [(one, await method_of(work, key, one)) for one in wanted]
    made = [(one, method, drafted(work, method, draft, one)) for one, method in pairs]
    found, first = [], None
    for quarter, method, other in made:
        try:
            found.append(await bench.told(quarter, method, other))
        except Refusal as refusal:
            if refusal.code not in THIN:
                raise
            first = first or refusal
            found.append(Rehearsal(quarter, refused=refusal.sentence))
    if first is not None and all(one.refused for one in found):
        raise first
    await _record(work, key, draft, made[0][2], found)
    return found


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where quarters are reckoned; cases that two of them need are read once."""

    work: Work
    kept: dict[Hashable, Kept]

    async def told(self, quarter: Period, method: RatingMethod, other: RatingMethod) -> Rehearsal:
        """The quarter by the method and by the other one; by this alone where the first has too
        few subjects."""
        before = None
        try:
            before = await self._side(quarter, method)
        except Refusal as refusal:
            if refusal.code != RefusalCode.WRONG_STATE:
                raise
        after = await self._side(quarter, other)
        current, draft = None if before is None else _told(before), _told(after)
        moved = movers(before, after, (_words(current), _words(draft)))
        return Rehearsal(quarter, current, draft, moved)

    async def _side(self, quarter: Period, method: RatingMethod) -> Side:
        kept = self.kept.setdefault(reading(method), {})
        cases = await collected(self.work, method, quarter, WHOLE, kept)
        known = await named(self.work, method, quarter)
        return Side(reckoned(method, cases, known), cases[quarter])


async def rehearsal_as_data(work: Work, one: Rehearsal) -> dict[str, Any]:
    """One quarter as JSON, its cases by their numbers, fractions as «7/2»."""
    ids = {case.appeal_id for mover in one.movers for case in mover.cases}
    numbers = await numbers_of(work, ids)
    return {
        "period": written(one.quarter),
        "refused": one.refused,
        "current": one.current,
        "draft": one.draft,
        "movers": [_mover(mover, numbers) for mover in one.movers],
    }


def _mover(one: Mover, numbers: Mapping[int, str]) -> dict[str, Any]:
    return {
        "subject": one.subject.body,
        "theme": one.subject.theme,
        "name": one.name,
        "before": one.before,
        "after": one.after,
        "order": [one.order_before, one.order_after],
        "score": [_fraction(one.score_before), _fraction(one.score_after)],
        "through": one.through,
        "shifts": [
            {
                "criterion": shift.criterion,
                "before": str(shift.before),
                "after": str(shift.after),
                "beside": str(shift.beside),
            }
            for shift in one.shifts
        ],
        "cases": [
            {
                "number": numbers[case.appeal_id],
                "before": _fraction(case.before),
                "after": _fraction(case.after),
            }
            for case in one.cases
        ],
    }


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _told(side: Side) -> dict[str, Any]:
    told: dict[str, Any] = orjson.loads(orjson.dumps(as_data(side.standings)))
    return told


def _words(told: dict[str, Any] | None) -> Words:
    """The standing of each subject; nobody has one where there is no table."""
    if told is None:
        return {}
    return {Subject(one["subject"], one["theme"]): standing(told, one) for one in told["entries"]}


async def _record(
    work: Work, key: str, draft: Draft, method: RatingMethod, found: Sequence[Rehearsal]
) -> None:
    after = {
        "method": key,
        "draft": draft.as_data(),
        "periods": [written(one.quarter) for one in found],
    }
    subject = f"rating_draft:{method.edition}"
    await work.record(Event("rating.rehearsed", subject, method.clause.ref, after=after))

"""A rating of a quarter by a method: whose cases it counts, and when it may be told."""

from __future__ import annotations

from sqlalchemy import select

from core.documents.model import Document
from core.kernel.access import Actor, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.cases import Grouped, Had, by_subject, counted, had
from core.ratings.figures import counts_with_figures, with_figures
from core.ratings.named import Named, named
from core.ratings.quarter import before, in_words
from core.ratings.rules import RatingMethod
from core.ratings.standings import Standings, standings_of

BEFORE = 4
"""So many earlier quarters tell how much a score moves from one to the next."""

Collected = dict[Period, list[Had]]
"""The cases of quarters, the latest first."""

Kept = dict[Period, list[Had]]
"""Cases of quarters as a method reads them, for whoever reckons several quarters by it."""


@serves()
async def rating(work: Work, key: str, quarter: Period) -> Standings:
    """The rating by this method over a closed quarter, the best first. Needs READ_APPEALS.

    Refuses NOT_PROVIDED a method that the law of the quarter's last day has not and one with a
    criterion that is not entered of every body, DATE_OUT_OF_RANGE a quarter that is not over,
    WRONG_STATE one that nobody approved though the act asks for it, and too few cases.
    """
    require(work.actor, Permission.READ_APPEALS)
    method = await method_of(work, key, quarter)
    known = await named(work, method, quarter)
    return standings_of(method, await volumes(work, method, quarter), known)


async def volumes(work: Work, method: RatingMethod, quarter: Period) -> dict[Period, Grouped]:
    """What `collected` tells, cases alike added up: for a rating of which no case is kept."""
    quarters = [quarter]
    for _ in range(BEFORE):
        quarters.append(before(quarters[-1]))
    some = await counted(work, method, quarters, work.actor)
    return {
        one: await counts_with_figures(work, method, one, some[one], whole=one is quarter)
        for one in quarters
    }


async def collected(
    work: Work, method: RatingMethod, quarter: Period, reader: Actor, kept: Kept | None = None
) -> Collected:
    """All that a rating is reckoned from: the cases of its quarter and of those before, as seen.

    What is `kept` is not read again. Refuses NOT_PROVIDED where a criterion is told from outside
    and not entered of every body.
    """
    found: Collected = {}
    for _ in range(BEFORE + 1):
        cases = (kept or {}).get(quarter)
        if cases is None:
            cases = await had(work, method, quarter, reader)
        if kept is not None:
            kept[quarter] = cases
        found[quarter] = await with_figures(work, method, quarter, cases, whole=not found)
        quarter = before(quarter)
    return found


def reckoned(method: RatingMethod, found: Collected, known: Named) -> Standings:
    """The rating of the latest quarter; refuses WRONG_STATE where too few have enough cases."""
    return standings_of(method, {one: by_subject(cases) for one, cases in found.items()}, known)


async def method_of(work: Work, key: str, quarter: Period) -> RatingMethod:
    """The method of the quarter's last day, if the rating by it may be told today; see `rating`."""
    method = work.rules.find(RatingMethod, key, quarter.last_day)
    if method is None:
        known = ", ".join(sorted(one.key for one in work.rules.all(RatingMethod, quarter.last_day)))
        text = f"Методики «{key}» нет. Есть: {known}"
        raise Refusal(RefusalCode.NOT_PROVIDED, text)
    if not quarter.closed(work.today):
        text = f"Ещё не закончился {in_words(quarter)}"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, method.clause)
    if method.approved_as and not await _approved(work, method.approved_as):
        raise Refusal(RefusalCode.WRONG_STATE, "Методика не утверждена", method.clause)
    return method


async def _approved(work: Work, kind: str) -> bool:
    """Whether a document of this kind is in force."""
    query = select(Document.id).where(Document.kind == kind, Document.in_force_id.is_not(None))
    return await work.session.scalar(query.limit(1)) is not None

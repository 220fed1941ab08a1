"""Disputes as a counted subject: how many results were not accepted, and who was right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.appeals.satisfaction.model import Dispute
from core.appeals.sight import SIGHT
from core.directory.model import Body
from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.work import Work
from core.law.russian import Code
from core.shapes.figures.analysis import Group, figures_of, span_for, tally
from core.shapes.figures.cuts import cut
from core.shapes.figures.measures import (
    MEDIAN,
    OVERDUE,
    TOTAL,
    Lasting,
    Measure,
    Pending,
    number,
    present,
    seconds,
)
from core.shapes.figures.periods import Level
from core.shapes.figures.rules import DAY
from core.shapes.figures.subject import Filter, Names, Period, Subject


class DisputeVerdict(Code):
    """What has become of a dispute."""

    OPEN = "open", "не рассмотрен"
    UPHELD = "upheld", "заявитель прав"
    DECLINED = "declined", "ответ подтверждён"
    WITHDRAWN = "withdrawn", "обращение отозвано до решения"


class DisputeDimension(Code):
    """By what disputes are counted: the verdict, and where the appeal stood when disputed."""

    VERDICT = "verdict", "решение по спору"
    BLOCK = "block", "блок"
    THEME = "theme", "тематика"
    BODY = "body_id", "орган, ответ которого оспорен"
    MUNICIPALITY = "municipality", "муниципальное образование"


class DisputeFigure(StrEnum):
    """What can be told of disputes: `seconds` from opening to verdict, a median of full days."""

    TOTAL = TOTAL
    LATE = "late"
    JUDGED = "judged"
    UPHELD = "upheld"
    SECONDS = "seconds"
    OVERDUE = OVERDUE
    MEDIAN_DAYS = MEDIAN


@dataclass(frozen=True, slots=True)
class DisputeFilter:
    """What to look for; None and empty look for everything. Bodies are ids, moments aware."""

    verdicts: Sequence[DisputeVerdict] = ()
    blocks: Sequence[str] = ()
    themes: Sequence[str] = ()
    bodies: Sequence[int] = ()
    municipalities: Sequence[str] = ()
    opened_from: datetime | None = None
    opened_before: datetime | None = None


_D = DisputeDimension


def _chosen(criteria: DisputeFilter) -> Mapping[DisputeDimension, Sequence[str | int]]:
    return {
        _D.VERDICT: criteria.verdicts,
        _D.BLOCK: criteria.blocks,
        _D.THEME: criteria.themes,
        _D.BODY: criteria.bodies,
        _D.MUNICIPALITY: criteria.municipalities,
    }


def _period(criteria: DisputeFilter) -> Period:
    return criteria.opened_from, criteria.opened_before


DISPUTES = Subject(
    model=Dispute,
    prefix="dispute_rollup",
    at="opened_at",
    dimensions=DisputeDimension,
    expressions={
        _D.VERDICT: f"CASE WHEN {{0}}.withdrawn_at IS NOT NULL THEN '{DisputeVerdict.WITHDRAWN}'"
        f" WHEN {{0}}.judged_at IS NULL THEN '{DisputeVerdict.OPEN}'"
        f" WHEN {{0}}.upheld THEN '{DisputeVerdict.UPHELD}' ELSE '{DisputeVerdict.DECLINED}' END"
    },
    measures=(
        Measure(DisputeFigure.LATE, number("{0}.judged_at > {0}.due_at")),
        Measure(DisputeFigure.JUDGED, present("judged_at")),
        Measure(DisputeFigure.UPHELD, number("{0}.upheld")),
        Measure(DisputeFigure.SECONDS, seconds("opened_at", "judged_at"), wide=True),
    ),
    cuts=(
        cut(_D.VERDICT, levels=tuple(Level)),
        cut(_D.BODY, _D.VERDICT),
        cut(_D.MUNICIPALITY, _D.VERDICT),
        cut(_D.BLOCK, _D.THEME, _D.VERDICT),
        cut(_D.BLOCK, _D.THEME, _D.BODY),
        cut(_D.BLOCK, _D.BODY, _D.MUNICIPALITY),
        cut(_D.BLOCK, _D.THEME, _D.MUNICIPALITY),
    ),
    sight=SIGHT,
    filter=Filter(chosen=_chosen, period=_period),
    pending=Pending(
        "due_at", "{0}.judged_at IS NULL AND {0}.withdrawn_at IS NULL", DisputeFigure.LATE
    ),
    lasting=Lasting("judged_at", DisputeFigure.JUDGED),
    names=(Names(_D.BODY, Body, Body.id.__eq__, (Body.key, Body.name)),),
)


SHOWN = tuple(figure for figure in DisputeFigure if figure is not DisputeFigure.LATE)
"""What is told of a group."""


class DisputeFigures(Group):
    """One group of disputes: how many, how many of them `judged`, and `upheld` for the applicant.

    `overdue` were judged late or are past their term unjudged; what was withdrawn never is.
    `seconds` sum up from opening to verdict over those judged; `median_days` is in how many full
    days half of them were, None while none is.
    """

    __slots__ = ()
    subject = DISPUTES
    judged = upheld = seconds = 0
    median_days: float | None = None

    @property
    def mean_days(self) -> float | None:
        """Days from opening to verdict, on average; None while none is judged."""
        return self.seconds / self.judged / DAY if self.judged else None


async def analyse_disputes(
    work: Work, by: Sequence[DisputeDimension], criteria: DisputeFilter | None = None
) -> list[DisputeFigures]:
    """Count what the actor may see and the filter fits, large groups first. Needs READ_APPEALS."""
    require(work.actor, Permission.READ_APPEALS)
    wanted = criteria or DisputeFilter()
    span = span_for(DISPUTES, by, work.actor, wanted, work.zone)
    query = tally(DISPUTES, work.actor, work.now, work.dialect, by, wanted, span, SHOWN)
    return figures_of(DisputeFigures, by, SHOWN, (await work.session.execute(query)).all())

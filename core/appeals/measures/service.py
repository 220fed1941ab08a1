"""Entering measures taken by what appeals showed, and counting them (59-ФЗ, art. 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import distinct, func, select

from core.appeals.case import Case
from core.appeals.measures.model import Measure
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.measures import MeasureKind, NewMeasure, fault_of_measure
from core.appeals.step import Step
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_REASON, readable
from core.kernel.work import Work

CLAUSE = FZ59.cite("14")
MEASURE = Step("measure")


@dataclass(frozen=True, slots=True)
class MeasureCount:
    """How many measures of a kind were taken, and by how many appeals."""

    kind: MeasureKind
    measures: int
    appeals: int


@serves(CLAUSE)
async def record_measure(
    work: Work, appeal_id: int, new: NewMeasure, *, expected_version: int | None = None
) -> Appeal:
    """Enter a measure beside the appeal. Needs ANSWER.

    Refuses, with the clause, a measure without words, of a day that cannot be, and a person held
    responsible without office, name and act.
    """
    case = await MEASURE.open(work, appeal_id, expected_version)
    _check(case, new)
    work.session.add(_row(case, new))
    return await case.advance(reason=new.kind.label, data={"measure": new.kind})


@serves(CLAUSE)
async def count_measures(work: Work, since: date, until: date) -> Sequence[MeasureCount]:
    """What was taken on the local days from `since` to `until`, both counted, of every kind.

    Only what stands where the actor may read appeals counts. Needs READ_APPEALS.
    """
    require(work.actor, Permission.READ_APPEALS)
    if since > until:
        raise Refusal(RefusalCode.INVALID, "Начало периода указано позже его конца", CLAUSE)
    query = (
        select(Measure.kind, func.count(), func.count(distinct(Measure.appeal_id)))
        .join(Appeal, Appeal.id == Measure.appeal_id)
        .where(Measure.taken_on.between(since, until), visible(work.actor))
        .group_by(Measure.kind)
    )
    rows = await work.session.execute(query)
    found = {kind: (measures, appeals) for kind, measures, appeals in rows}
    return [MeasureCount(kind, *found.get(kind, (0, 0))) for kind in MeasureKind]


def _check(case: Case, new: NewMeasure) -> None:
    clause = case.step.clause
    received_on = local_date(case.appeal.received_at, case.work.zone)
    if wrong := fault_of_measure(new, received_on, case.work.today):
        raise Refusal(RefusalCode.INVALID, wrong, clause)
    if any(len(text) > LONGEST_REASON for text in new.texts):
        text = f"Описание меры длиннее {LONGEST_REASON} знаков"
        raise Refusal(RefusalCode.TEXT_TOO_LONG, text, clause)
    if not all(map(readable, new.texts)):
        text = "В описании меры недопустимые знаки"
        raise Refusal(RefusalCode.TEXT_UNREADABLE, text, clause)


def _row(case: Case, new: NewMeasure) -> Measure:
    return Measure(
        appeal_id=case.appeal.id,
        seq=len(case.rows) + 1,
        kind=new.kind,
        done=new.done.strip(),
        responsible=_trimmed(new.responsible),
        act_number=_trimmed(new.act_number),
        act_date=new.act_date,
        taken_on=new.taken_on,
        body_id=case.appeal.body_id,
        actor=case.work.actor.subject,
        recorded_at=case.work.now,
    )


def _trimmed(text: str | None) -> str | None:
    return text.strip() if text else None

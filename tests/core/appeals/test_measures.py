"""Article 14 of 59-ФЗ: what was done by an appeal, who was held responsible, and their count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.measures.model import Measure
from core.appeals.measures.service import count_measures, record_measure
from core.appeals.rules.lifecycle import State
from core.appeals.rules.measures import MeasureKind, NewMeasure
from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_handover import refused

RESTORED, REMOVED = MeasureKind.RIGHTS_RESTORED, MeasureKind.CAUSE_REMOVED
HELD, ADOPTED = MeasureKind.HELD_RESPONSIBLE, MeasureKind.PROPOSAL_ADOPTED
DAY = date(2026, 3, 2)
MENDED = NewMeasure(REMOVED, "Подрядчик сменён", DAY)
PUNISHED = NewMeasure(HELD, "Объявлен выговор", DAY, "Начальник отдела Пробный П. П.", "12-к", DAY)


async def record(desk: Desk, appeal_id: int, *measures: NewMeasure) -> None:
    async with desk.work(desk.official) as work:
        for measure in measures:
            await record_measure(work, appeal_id, measure)


async def counted(desk: Desk, actor: Actor, since: date, until: date) -> dict[str, Any]:
    async with desk.work(actor) as work:
        found = await count_measures(work, since, until)
    return {str(one.kind): (one.measures, one.appeals) for one in found}


@pytest.mark.clause("fz59/14")
async def test_measures_stand_beside_the_appeal_and_change_nothing_of_it(desk: Desk) -> None:
    appeal_id = await desk.closed()
    before = await desk.appeal(appeal_id)
    await record(desk, appeal_id, PUNISHED, MENDED)
    after = await desk.appeal(appeal_id)
    told = [(row.fact, row.clause, row.data) for row in (await desk.ledger(appeal_id))[-2:]]
    assert told == [
        ("measured", "fz59/14", {"measure": "held_responsible"}),
        ("measured", "fz59/14", {"measure": "cause_removed"}),
    ]
    assert (after.state, after.due_at, after.outcome) == (
        State.CLOSED,
        before.due_at,
        before.outcome,
    )
    async with desk.region.database.reading() as session:
        rows = (await session.scalars(select(Measure).order_by(Measure.seq))).all()
    assert [
        (row.kind, row.done, row.responsible, row.act_number, row.act_date) for row in rows
    ] == [
        (HELD, PUNISHED.done, PUNISHED.responsible, "12-к", DAY),
        (REMOVED, MENDED.done, None, None, None),
    ]


@pytest.mark.clause("fz59/14")
@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(MENDED, done=" "), RefusalCode.INVALID),
        (replace(MENDED, done="я" * 4001), RefusalCode.TEXT_TOO_LONG),
        (replace(MENDED, done="\x00"), RefusalCode.TEXT_UNREADABLE),
        (replace(MENDED, taken_on=date(2026, 3, 3)), RefusalCode.INVALID),
        (replace(MENDED, taken_on=date(2026, 3, 1)), RefusalCode.INVALID),
        (replace(MENDED, responsible="Пробный П. П."), RefusalCode.INVALID),
        (replace(MENDED, act_date=DAY), RefusalCode.INVALID),
        (replace(PUNISHED, responsible=None), RefusalCode.INVALID),
        (replace(PUNISHED, act_number=" "), RefusalCode.INVALID),
        (replace(PUNISHED, act_date=None), RefusalCode.INVALID),
        (replace(PUNISHED, act_date=date(2026, 3, 3)), RefusalCode.INVALID),
    ],
)
async def test_what_is_no_measure(desk: Desk, new: NewMeasure, code: RefusalCode) -> None:
    appeal_id = await desk.closed()
    refusal = await refused(desk, desk.official, lambda w, i: record_measure(w, i, new), appeal_id)
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (code, "fz59/14")
    assert await desk.rows(Measure) == 0


@pytest.mark.clause("fz59/14")
async def test_before_the_work_has_begun_there_is_nothing_to_enter(desk: Desk) -> None:
    taken = await desk.take()
    refusal = await refused(
        desk, desk.official, lambda w, i: record_measure(w, i, MENDED), taken.appeal_id
    )
    assert refusal.code is RefusalCode.WRONG_STATE


@pytest.mark.clause("fz59/14")
@pytest.mark.parametrize(
    ("since", "until", "removed", "held"),
    [
        (DAY, DAY, (2, 2), (1, 1)),
        (date(2026, 1, 1), date(2026, 12, 31), (3, 2), (1, 1)),
        (date(2026, 3, 3), date(2026, 3, 3), (0, 0), (0, 0)),
        (date(2026, 3, 4), date(2026, 3, 4), (1, 1), (0, 0)),
    ],
)
async def test_measures_of_a_period_are_counted(
    desk: Desk, since: date, until: date, removed: tuple[int, int], held: tuple[int, int]
) -> None:
    first, second = await desk.closed(), await desk.answered(external_id="п-2")
    await record(desk, first, PUNISHED, MENDED)
    await record(desk, second, MENDED)
    desk.clock.forward(days=2)
    await record(desk, first, replace(MENDED, taken_on=date(2026, 3, 4)))
    expected = {RESTORED: (0, 0), REMOVED: removed, HELD: held, ADOPTED: (0, 0)}
    assert await counted(desk, desk.curator, since, until) == expected
    assert await counted(desk, desk.stranger, since, until) == dict.fromkeys(expected, (0, 0))


@pytest.mark.clause("fz59/14")
async def test_a_period_begins_before_it_ends(desk: Desk) -> None:
    with pytest.raises(Refusal) as caught:
        await counted(desk, desk.curator, date(2026, 3, 3), DAY)
    assert caught.value.code is RefusalCode.INVALID

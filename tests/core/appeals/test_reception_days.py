"""A card that is entered later: what was said at the reception is of its day."""

from __future__ import annotations

from typing import Any

import pytest

from core.appeals.ledger import deadlines_of, pure
from core.appeals.reception.service import receive
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_reception import CLAUSE, COMING, ENDINGS, card_by


@pytest.mark.parametrize("card", ENDINGS, ids=["answered", "explained", "refused"])
@pytest.mark.clause(CLAUSE, "fz59/13.5", "fz59/13.6")
async def test_what_was_said_at_the_reception_is_of_its_day(
    desk: Desk, card: dict[str, Any]
) -> None:
    """The card is entered forty days later: that makes the registration late, not the answer."""
    held = desk.now()
    desk.clock.forward(days=40)
    coming = COMING._replace(received_at=held)
    async with desk.work(desk.coordinator) as work:
        taken = await receive(work, coming, card_by(desk.chief, **card))
    appeal, rows = await desk.appeal(taken.appeal_id), await desk.ledger(taken.appeal_id)
    assert (appeal.answered_at, appeal.closed_at, appeal.late_at) == (held, desk.now(), None)
    assert [(row.fact, row.at, row.recorded_at) for row in rows[3:]] == [
        ("answered", held, desk.now()),
        ("closed", desk.now(), desk.now()),
    ]
    async with desk.work(desk.curator) as work:
        dues = {due.rule.key: due for due in deadlines_of(work, appeal, pure(rows))}
    assert dues["registration"].standing(desk.now()) is Standing.BREACHED
    assert dues["answer"].standing(desk.now()) is Standing.MET

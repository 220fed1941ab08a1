"""A region's own facts: written to the ledger, refused out of turn, no state of their own."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.appeals.model import LedgerEntry
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import Desk
from tests.core.appeals.terms.messages import (
    PLACE,
    accepted,
    noted,
)

UNKNOWN = "tsur.practice/lifecycle.own-fact"


@pytest.mark.clause(UNKNOWN)
@pytest.mark.parametrize(
    ("key", "actor", "code", "clause"),
    [
        ("unheard-of", "official", RefusalCode.NOT_PROVIDED, UNKNOWN),
        ("important", "official", RefusalCode.FORBIDDEN, None),
        ("published", "official", RefusalCode.WRONG_STATE, "terms.7/3"),
        ("work-done", "official", RefusalCode.WRONG_STATE, "terms.7/5"),
    ],
)
async def test_a_fact_that_is_not_due_is_refused_and_nothing_written(
    desk: Desk, key: str, actor: str, code: RefusalCode, clause: str | None
) -> None:
    appeal_id = await accepted(desk, "03-02 10:00", PLACE)
    before = await desk.rows(LedgerEntry, JournalEntry)
    with pytest.raises(Refusal) as refused:
        await noted(desk, appeal_id, key, "03-02 11:00", getattr(desk, actor))
    assert refused.value.code is code
    assert (refused.value.clause.ref if refused.value.clause else None) == clause
    assert await desk.rows(LedgerEntry, JournalEntry) == before


async def test_a_fact_of_the_region_s_own_is_written_and_changes_no_state(desk: Desk) -> None:
    appeal_id = await accepted(desk, "03-02 10:00")
    await noted(desk, appeal_id, "draft", "03-02 11:00")
    row = (await desk.ledger(appeal_id))[-1]
    assert (row.fact, row.clause, row.data) == ("declared", "terms.7/4", {"own": "draft"})
    assert (row.actor, row.reason) == ("official", "как велит регламент")
    assert (await desk.appeal(appeal_id)).state == "in_work"
    async with desk.region.database.reading() as session:
        names = (await session.scalars(select(JournalEntry.name))).all()
    assert names[-1] == "appeal.declared"

"""A region's own facts: written to the ledger, refused out of turn, no state of their own."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.appeals.model import LedgerEntry
from core.appeals.own_facts import record_fact
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import LETTER, Desk
from tests.core.appeals.terms.messages import (
    PLACE,
    accepted,
    noted,
    taken,
    terms,
)

UNKNOWN = "tsur.practice/lifecycle.own-fact"


@pytest.mark.clause(UNKNOWN)
@pytest.mark.parametrize(
    ("key", "actor", "code", "clause"),
    [
        ("unheard-of", "official", RefusalCode.NOT_PROVIDED, UNKNOWN),
        ("important", "official", RefusalCode.FORBIDDEN, "terms.7/1"),
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


@pytest.mark.clause("tsur.practice/moderation")
@pytest.mark.parametrize(
    ("letter", "reason", "code", "clause"),
    [
        (True, "нецензурная брань", RefusalCode.REGIME_BY_LAW, "tsur.practice/moderation"),
        (False, None, RefusalCode.REASON_REQUIRED, "terms.7/5"),
        (False, " ", RefusalCode.REASON_REQUIRED, "terms.7/5"),
    ],
)
async def test_an_appeal_is_never_moderated_and_a_message_only_with_a_reason(
    desk: Desk, letter: bool, reason: str | None, code: RefusalCode, clause: str
) -> None:
    """R58: no term of a letter waits for a check, and nobody can record one of it."""
    new = LETTER._replace(addressee="ministry") if letter else PLACE
    appeal_id = await taken(desk, "04-20 10:00", new)
    assert [key for key, _ in await terms(desk, appeal_id) if key == "moderation"] == (
        [] if letter else ["moderation"]
    )
    before = await desk.rows(LedgerEntry, JournalEntry)
    with pytest.raises(Refusal) as refused:
        async with desk.work(desk.coordinator) as work:
            await record_fact(work, appeal_id, "moderated", reason=reason)
    said = refused.value
    assert (said.code, said.clause and said.clause.ref) == (code, clause)
    assert await desk.rows(LedgerEntry, JournalEntry) == before

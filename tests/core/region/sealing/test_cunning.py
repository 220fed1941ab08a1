"""What an owner of the database tries beside editing: puts it back, writes beside the tree."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text

from core.kernel.access import system
from core.kernel.events import Event
from core.kernel.incidents.model import Incident
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.sealing.model import SealHead, SealLeaf
from core.region.sealing.exports import exported
from core.region.sealing.jobs import OTHER, run_seal
from core.region.sealing.proof import Findings
from core.region.sealing.verify import verify_journal
from core.region.sealing.verify_tree import NO_SUCH, SHORTER
from tests.core.appeals.conftest import Desk
from tests.core.region.sealing.tampering import Change, changed, past_every_trigger


@pytest.fixture
async def sealed(desk: Desk) -> Region:
    """A case brought to its end, all of it sealed."""
    await desk.closed()
    await run_seal(desk.region, {})
    return desk.region


async def verified(region: Region) -> Findings:
    async with region.reading(system()) as work:
        return await verify_journal(work)


async def test_a_database_put_back_does_not_replace_what_was_exported(sealed: Region) -> None:
    """Whatever is written after that: the job that seals leaves the longer head where it lies."""
    await run_seal(sealed, {})
    before = exported(sealed.sealing).read_bytes()
    async with sealed.database.reading() as session:
        heads = (await session.scalars(select(SealHead.id).order_by(SealHead.id))).all()
        held = (await session.scalars(select(SealLeaf.id).order_by(SealLeaf.id))).all()
    async with sealed.work(system()) as work:
        await work.record_many([Event("content.read", "appeal:1")])
    await run_seal(sealed, {})
    later = exported(sealed.sealing).read_bytes()
    assert later != before
    async with sealed.database.writing() as session:
        await past_every_trigger(session, sealed)
        leaves = select(SealLeaf).where(SealLeaf.id > held[-1])
        for leaf in (await session.scalars(leaves)).all():
            await session.execute(text(f"DELETE FROM {leaf.kind} WHERE id = {leaf.row_id}"))
        await session.execute(text(f"DELETE FROM seal_leaf WHERE id > {held[-1]}"))
        await session.execute(text(f"DELETE FROM seal_head WHERE id > {heads[-1]}"))
    assert [fault.what for fault in (await verified(sealed)).faults] == [SHORTER]
    await run_seal(sealed, {})
    assert exported(sealed.sealing).read_bytes() == later
    assert [fault.what for fault in (await verified(sealed)).faults] == [SHORTER]
    async with sealed.database.reading() as session:
        assert OTHER in (await session.scalars(select(Incident.key))).all()


async def test_a_row_below_the_first_number_is_told(sealed: Region) -> None:
    columns = "at, actor, name, subject, cause, before, after, seal, salts"
    row = f"INSERT INTO journal (id, {columns}) SELECT -4, {columns} FROM journal WHERE id = 1"
    found = await changed(sealed, Change([row], frozenset()))
    assert "journal:-4" in {fault.where for fault in found.faults}


async def test_a_leaf_beside_the_tree_vouches_for_no_row(sealed: Region) -> None:
    columns = "at, actor, name, subject, cause, before, after, seal, salts"
    moved = "UPDATE seal_leaf SET id = -7 WHERE kind = 'journal' AND row_id = 1"
    row = f"INSERT INTO journal (id, {columns}) SELECT 70000, {columns} FROM journal WHERE id = 1"
    leaf = "kind, 70000, form, substr(digest, 2), seal, salts, fault"
    names = "id, kind, row_id, form, digest, seal, salts, fault"
    beside = f"INSERT INTO seal_leaf ({names}) SELECT -7, {leaf} FROM seal_leaf WHERE id = 1"
    for statements in ([moved], [row, beside]):
        found = await changed(sealed, Change(statements, frozenset()))
        assert ("лист -7", NO_SUCH) in {(fault.where, fault.what) for fault in found.faults}


async def test_what_was_told_of_a_row_by_hand_cannot_be_taken_back(sealed: Region) -> None:
    insert = (
        "INSERT INTO journal (at, actor, name, subject, before, after) "
        "SELECT at, actor, name, 'appeal:77', before, after FROM journal WHERE id = 1"
    )
    async with sealed.database.writing() as session:
        await session.execute(text(insert))
        row_id = await session.scalar(select(func.max(JournalEntry.id)))
    await run_seal(sealed, {})
    cleared = "UPDATE seal_leaf SET fault = NULL WHERE fault IS NOT NULL"
    change = Change([cleared, "DELETE FROM incident"], frozenset())
    found = await changed(sealed, change)
    assert [fault.where for fault in found.faults] == [f"journal:{row_id}"]

"""The sealed journal from the row that is written to the verification."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from core.appeals import handover
from core.kernel.access import system
from core.kernel.events import Event
from core.kernel.journal import JournalEntry
from core.kernel.keyring import KeyRing, new_data_key
from core.kernel.keys import Keys
from core.kernel.region import Region
from core.kernel.sealing.model import SealLeaf, SealWaiting
from core.kernel.sealing.seals import Sealing
from core.region.pulse import Pulse
from core.region.sealing.exports import exported
from core.region.sealing.jobs import run_seal
from core.region.sealing.kinds import KINDS
from core.region.sealing.proof import Findings
from core.region.sealing.verify import verify_journal
from core.region.sealing.verify_rows import BY_NOBODY
from core.region.sealing.verify_tree import SHORTER
from schema.web.health import health
from tests.core.appeals.conftest import Desk
from tests.core.region.sealing.tampering import Change, changed, edits, moves
from tests.fixtures.clock import FrozenClock


async def verified(region: Region) -> Findings:
    async with region.reading(system()) as work:
        return await verify_journal(work)


@pytest.fixture
async def sealed(desk: Desk) -> Region:
    """A case brought to its end, one answered and one returned in words; all of it sealed."""
    await desk.closed()
    await desk.answered(external_id="п-2")
    taken = await desk.take(external_id="п-3")
    async with desk.work(desk.official) as work:
        await handover.return_case(work, taken.appeal_id, "не наше")
    await run_seal(desk.region, {})
    return desk.region


async def test_what_is_written_is_sealed_and_stands(desk: Desk) -> None:
    await desk.closed()
    waiting = await verified(desk.region)
    assert (waiting.faults, waiting.size) == ([], 0)
    assert waiting.waiting == waiting.rows > 10
    await run_seal(desk.region, {})
    found = await verified(desk.region)
    assert found.faults == []
    assert (found.size, found.waiting, found.heads) == (found.rows, 0, 1)


async def test_every_change_past_the_triggers_is_found_and_named(sealed: Region) -> None:
    """Editing each column, deleting, inserting, swapping, cutting off: in every sealed table."""
    missed = {}
    tried = 0
    for kind in (KINDS[name] for name in ("journal", "ledger", "answer")):
        async with sealed.database.reading() as session:
            ids = (await session.scalars(select(kind.model.id).order_by(kind.model.id))).all()
            with_words = kind.model.salts.is_not(None)
            worded = await session.scalar(select(func.max(kind.model.id)).where(with_words))
        assert worded is not None
        cases = [*edits(kind, worded), *moves(kind, ids[0], ids[1], ids[-1])]
        for what, change in cases:
            found = await changed(sealed, change)
            tried += 1
            if not change.named <= {fault.where for fault in found.faults}:
                missed[what] = found.faults
    assert missed == {}
    assert tried == 7 + 10 + 20 + 3 * (2 + 5)
    assert (await verified(sealed)).faults == []


async def test_a_change_that_is_carried_into_the_tree_is_found(sealed: Region) -> None:
    """An owner who hashes as the program does has neither its keys nor its signature."""
    async with sealed.database.reading() as session:
        row = (await session.scalars(select(JournalEntry).order_by(JournalEntry.id))).first()
    assert row is not None
    ring = KeyRing((new_data_key(),), sealed.keys.ring.signing)
    forged = Sealing(Keys(lambda: ring), sealed.folder)
    values = {name: getattr(row, name) for name in KINDS["journal"].form.columns}
    values["actor"] = "nobody"
    seal = forged.seal(KINDS["journal"].form, values, personal=False)["seal"]
    assert seal is not None
    blob = f"X'{seal.hex()}'" if sealed.database.is_sqlite else f"'\\x{seal.hex()}'"
    digest = seal[34:66].hex()
    leaf = f"X'{digest}'" if sealed.database.is_sqlite else f"'\\x{digest}'"
    change = Change(
        [
            f"UPDATE journal SET actor = 'nobody', seal = {blob} WHERE id = {row.id}",
            f"UPDATE seal_leaf SET digest = {leaf} WHERE kind = 'journal' AND row_id = {row.id}",
        ],
        frozenset(),
    )
    told = {(fault.where, fault.what) for fault in (await changed(sealed, change)).faults}
    assert (f"journal:{row.id}", BY_NOBODY) in told
    assert any(where == "дерево" for where, _ in told)


async def test_an_end_cut_off_with_its_leaves_is_told_by_what_was_exported(sealed: Region) -> None:
    assert exported(sealed.sealing).exists()
    async with sealed.database.reading() as session:
        last = (await session.scalars(select(SealLeaf).order_by(SealLeaf.id.desc()))).first()
    assert last is not None
    cut = [
        f"DELETE FROM {last.kind} WHERE id = {last.row_id}",
        f"DELETE FROM seal_leaf WHERE id = {last.id}",
        "DELETE FROM seal_head",
    ]
    found = await changed(sealed, Change(cut, frozenset()))
    assert [(fault.where, fault.what) for fault in found.faults] == [("дерево", SHORTER)]


async def test_a_row_by_hand_is_told_at_once_and_for_good(sealed: Region) -> None:
    insert = (
        "INSERT INTO journal (at, actor, name, subject, before, after) "
        "SELECT at, actor, name, 'appeal:77', before, after FROM journal WHERE id = 1"
    )
    async with sealed.database.writing() as session:
        await session.execute(text(insert))
        row_id = await session.scalar(select(func.max(JournalEntry.id)))
    by_hand = [(f"journal:{row_id}", BY_NOBODY)]
    assert [(one.where, one.what) for one in (await verified(sealed)).faults] == by_hand
    await run_seal(sealed, {})
    told = (await verified(sealed)).faults
    assert [one.where for one in told] == [f"journal:{row_id}"]


async def test_rows_from_before_are_sealed_and_told_to_be_such(polygon: Region) -> None:
    async with polygon.database.writing() as session:
        session.add_all(
            JournalEntry(
                at=datetime(2020, 1, 1, tzinfo=UTC), actor="a", name="n", subject="s",
                cause="слова", before={}, after={"n": 1.5},
            )
            for _ in range(3)
        )  # fmt: skip
    written = (await verified(polygon)).rows
    for _ in range(2):
        await run_seal(polygon, {})
    await run_seal(polygon, {})
    found = await verified(polygon)
    assert (found.faults, found.before, found.size) == ([], 3, written)
    change = Change(["UPDATE journal SET cause = 'иные' WHERE actor = 'a'"], frozenset())
    assert len((await changed(polygon, change)).faults) == 3


async def test_a_row_committed_late_under_a_lower_number_is_sealed(polygon: Region) -> None:
    if polygon.database.is_sqlite:
        pytest.skip("SQLite writes one transaction after another")
    await run_seal(polygon, {})
    begun = (await verified(polygon)).size
    event = Event("incident.resolved", "incident:x")
    async with polygon.work(system()) as late:
        await late.record(event)
        await late.session.flush()
        async with polygon.work(system()) as early:
            await early.record(event)
        await run_seal(polygon, {})
        assert (await verified(polygon)).size == begun
    await run_seal(polygon, {})
    found = await verified(polygon)
    assert (found.size, found.faults) == (begun + 2, [])


async def test_a_sealer_that_stands_still_is_unwell(polygon: Region, clock: FrozenClock) -> None:
    await run_seal(polygon, {})
    async with polygon.work(system()) as work:
        await work.record(Event("incident.resolved", "incident:x"))
    async with polygon.database.reading() as session:
        written = await session.scalar(select(SealWaiting.at))
    assert written is not None
    clock.moment = written
    long = Pulse(polygon)
    clock.moment = written + timedelta(seconds=60)
    assert (await health([long]))["regions"] == {"polygon": "ok"}
    clock.moment = written + timedelta(seconds=62)
    unwell = {"ready": False, "regions": {"polygon": "not sealed"}}
    assert await health([long]) == unwell
    upgraded = Pulse(polygon)
    clock.moment += timedelta(seconds=60)
    assert (await health([upgraded]))["ready"] is True
    clock.moment += timedelta(seconds=1)
    assert await health([upgraded]) == unwell
    await run_seal(polygon, {})
    assert (await health([long, upgraded]))["ready"] is True
    for one in (long, upgraded):
        await one.close()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO journal (id, at, actor, name, subject, before, after) "
        "SELECT id, at, 'x', name, subject, before, after FROM journal",
        "INSERT OR REPLACE INTO ledger (appeal_id, seq, fact, at, recorded_at, actor, data) "
        "SELECT appeal_id, seq, fact, at, recorded_at, 'x', data FROM ledger",
        "INSERT OR REPLACE INTO seal_head SELECT * FROM seal_head",
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
async def test_what_replaces_a_row_is_refused(
    sealed: Region, statement: str, recursive: str
) -> None:
    if not sealed.database.is_sqlite:
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    with pytest.raises(DBAPIError, match="is append-only"):
        await replacing(sealed, statement, recursive)
    assert (await verified(sealed)).faults == []


async def replacing(region: Region, statement: str, recursive: str) -> None:
    async with region.database.writing() as session:
        assert await session.scalar(text("PRAGMA recursive_triggers")) == 1
        await session.execute(text("COMMIT"))
        await session.execute(text(f"PRAGMA recursive_triggers={recursive}"))
        await session.execute(text("BEGIN IMMEDIATE"))
        try:
            await session.execute(text(statement))
        finally:
            await session.execute(text("ROLLBACK"))
            await session.execute(text("PRAGMA recursive_triggers=ON"))
            await session.execute(text("BEGIN IMMEDIATE"))

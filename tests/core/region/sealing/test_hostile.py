"""An owner of the database changes one thing by SQL: whatever it is, the verification names it.

Every column of every sealed table, of the tree itself and of what is told from the journal; a
short sample of them here, all by `make edits`. What is not sealed is listed in docs/journal.md.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import Integer, func, inspect, select

from core.db.bulk import table_of
from core.db.database import Base
from core.kernel.access import system
from core.kernel.events import Event
from core.kernel.region import Region
from core.kernel.sealing.model import SealBacklog, SealHead, SealLeaf, SealNode, SealWaiting
from core.kernel.search import FTS_TABLE
from core.ratings.model import RatingCase
from core.region.figures import fold_all
from core.region.sealing.jobs import run_seal
from core.region.sealing.kinds import KINDS
from core.region.sealing.proof import Findings
from core.region.sealing.verify import verify_all
from tests.core.appeals.conftest import Desk
from tests.core.region.sealing.planting import plant
from tests.core.region.sealing.tampering import Change, changed, edited, edits, moves
from tests.places import ROOT

EDITS = os.environ.get("TSUR_TEST_EDITS")
"""Which changes are tried: "all", or "2/5" for the second of five parts; unsaid, a few."""

SAMPLE = 24
SUBTREE = 256
TREE = (SealLeaf, SealNode, SealHead, SealBacklog)
TOLD = (RatingCase,)
CELLS = ("rollup_cell", "rollup_days")
PLACES = ("cut", "level", "start", "days")


@pytest.fixture
async def whole(desk: Desk) -> Region:
    """Cases, a row or more of everything that is sealed, a subtree, figures: all of it sealed."""
    region = desk.region
    closed = await desk.closed()
    await desk.answered(external_id="п-2")
    async with region.work(system()) as work:
        await plant(work, closed)
        await work.record_many([Event("content.read", f"appeal:{n}") for n in range(SUBTREE)])
        await fold_all(work)
    await run_seal(region, {})
    return region


async def test_any_single_change_is_found_and_named(whole: Region) -> None:
    assert (await verified(whole)).faults == []
    missed = {}
    for what, change in chosen([*await _cases(whole)]):
        found = await changed(whole, change, verify_all)
        if not found.faults or not change.named <= {fault.where for fault in found.faults}:
            missed[what] = found.faults
    assert missed == {}
    assert (await verified(whole)).faults == []


async def test_every_sealed_table_is_among_them(whole: Region) -> None:
    told = {what.partition(".")[0].partition(" ")[0] for what, _ in await _cases(whole)}
    assert told >= {*KINDS, *(one.__tablename__ for one in (*TREE, *TOLD)), *CELLS}


async def test_what_is_not_sealed_is_listed_with_its_reason(kursk: Region) -> None:
    page = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
    section = page.partition("## Что не запечатано")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    listed = [name for line in rows for name in re.findall(r"`(\w+)`", line.split("|")[1])]
    assert all(len(line.split("|")[2].strip()) > 20 for line in rows)
    assert len(listed) == len({*listed})
    async with kursk.database.reading() as session:
        connection = await session.connection()
        there = await connection.run_sync(lambda one: inspect(one).get_table_names())
    own = {*KINDS, *(one.__tablename__ for one in TREE), "alembic_version"}
    assert {*listed} == {one for one in there if not one.startswith(FTS_TABLE)} - own


def chosen(cases: list[tuple[str, Change]]) -> list[tuple[str, Change]]:
    """Those that are tried now."""
    if EDITS is None:
        return Random(15).sample(cases, SAMPLE)
    part, _, parts = EDITS.replace("all", "1/1").partition("/")
    return cases[int(part) - 1 :: int(parts)]


async def _cases(region: Region) -> Iterator[tuple[str, Change]]:
    """Every change that is tried; of each table its first row, of some what else can be done."""
    cases: list[tuple[str, Change]] = []
    async with region.database.reading() as session:
        for kind in KINDS.values():
            ids = (await session.scalars(select(kind.model.id).order_by(kind.model.id))).all()
            cases += [*edits(kind, ids[0]), *moves(kind, ids[0], ids[1], ids[-1])]
        for model in (*TREE, *TOLD):
            row = await session.scalar(select(func.min(table_of(model).c.id)))
            assert row is not None, model
            cases += [(w, Change([s], frozenset())) for w, s in edited(table_of(model), row)]
            gone = f"DELETE FROM {model.__tablename__} WHERE id = {row}"
            cases.append((f"{model.__tablename__} deleted", Change([gone], frozenset())))
    cases += [*_of_cells(), _waiting()]
    return iter(cases)


def _of_cells() -> Iterator[tuple[str, Change]]:
    """A figure of one cell told otherwise, one measure after another."""
    for name in CELLS:
        for column in Base.metadata.tables[name].columns:
            if column.name not in PLACES and isinstance(column.type, Integer):
                said = f"UPDATE {name} SET {column.name} = coalesce({column.name}, 0) + 1"
                yield f"{name}.{column.name}", Change([said], frozenset())


def _waiting() -> tuple[str, Change]:
    said = (
        f"INSERT INTO {SealWaiting.__tablename__} (id, kind, row_id, at)"
        " VALUES (900, 'ledger', 9000, '2026-03-02 00:00:00.000000')"
    )
    return "seal_waiting inserted", Change([said], frozenset({"seal_waiting:900"}))


async def verified(region: Region) -> Findings:
    async with region.reading(system()) as work:
        return await verify_all(work)

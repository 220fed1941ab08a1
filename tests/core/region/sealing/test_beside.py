"""An owner who changes what stands beside the sealed rows: leaves, heads, subtrees, what waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import LargeBinary

from core.db.bulk import table_of
from core.kernel.region import Region
from core.kernel.sealing.model import SealBacklog, SealHead, SealLeaf, SealNode
from core.region.sealing import batches, verify_heads
from core.region.sealing.jobs import run_seal
from tests.core.appeals.conftest import Desk
from tests.core.region.sealing.tampering import Change, _other, changed
from tests.core.region.sealing.test_journal import sealed, verified

__all__ = ["sealed"]

BARE = (
    "INSERT INTO journal (at, actor, name, subject, before, after) "
    "SELECT at, actor, name, 'appeal:77', before, after FROM journal WHERE id = 1"
)
WAITS = "INSERT INTO seal_waiting (kind, row_id, at) SELECT '{}', {}, at FROM journal WHERE id = 1"
LEAF = (
    "INSERT INTO seal_leaf (id, kind, row_id, form, digest) "
    "SELECT (SELECT max(id) + 1 FROM seal_leaf), kind, row_id + 5000, form, {} "
    "FROM seal_leaf WHERE id = 1"
)


@pytest.fixture(autouse=True)
def small_subtrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Subtrees of four leaves are kept, so that a short journal has some."""
    monkeypatch.setattr(batches, "KEPT_LEVEL", 2)
    monkeypatch.setattr(verify_heads, "KEPT_LEVEL", 2)


def columns(blob: str) -> Iterator[tuple[str, str]]:
    """Another value in every column of the first row of each table, but for bare row numbers."""
    for model in (SealLeaf, SealNode, SealHead, SealBacklog):
        table = table_of(model)
        first = f"(SELECT min(id) FROM {table.name})"
        for column in table.columns:
            if column.name == "id" and model in (SealNode, SealBacklog):
                continue
            binary = isinstance(column.type, LargeBinary) or column.name in ("seal", "salts")
            value = blob if binary else _other(table, column.name)
            statement = f"UPDATE {table.name} SET {column.name} = {value} WHERE id = {first}"
            yield f"{table.name}.{column.name}", statement


def moves(blob: str) -> dict[str, Sequence[str]]:
    """Deleting, inserting, swapping, cutting off, and what lets a bare row count as old."""
    return {
        "leaves swapped": [
            "UPDATE seal_leaf SET id = -1 WHERE id = 2",
            "UPDATE seal_leaf SET id = 2 WHERE id = 3",
            "UPDATE seal_leaf SET id = 3 WHERE id = -1",
        ],
        "leaf deleted": ["DELETE FROM seal_leaf WHERE id = 1"],
        "leaves cut off": ["DELETE FROM seal_leaf WHERE id = (SELECT max(id) FROM seal_leaf)"],
        "leaf added": [LEAF.format(blob)],
        "head deleted": ["DELETE FROM seal_head WHERE id = (SELECT min(id) FROM seal_head)"],
        "heads cut off": ["DELETE FROM seal_head WHERE id = (SELECT max(id) FROM seal_head)"],
        "no head": ["DELETE FROM seal_head"],
        "subtree deleted": ["DELETE FROM seal_node WHERE id = (SELECT min(id) FROM seal_node)"],
        "subtree added": [f"INSERT INTO seal_node (level, place, digest) VALUES (2, 999, {blob})"],
        "waits for no row": [WAITS.format("journal", 9_999)],
        "waits for no table": [WAITS.format("nothing", 1)],
        "a bare row as old": ["UPDATE seal_backlog SET next_id = 1, last_id = 90000", BARE],
        "a bare row, bounds gone": ["DELETE FROM seal_backlog", BARE],
    }


async def test_every_change_beside_the_rows_is_found(sealed: Region, desk: Desk) -> None:
    await desk.answered(external_id="п-77")
    await run_seal(sealed, {})
    found = await verified(sealed)
    assert (found.faults, found.heads) == ([], 2)
    blob = "X'00112233'" if sealed.database.is_sqlite else "'\\x00112233'"
    cases = {**{what: [one] for what, one in columns(blob)}, **moves(blob)}
    missed = [
        what
        for what, statements in cases.items()
        if not (await changed(sealed, Change(statements, frozenset()))).faults
    ]
    assert missed == []
    assert len(cases) == 8 + 3 + 6 + 3 + 13
    assert (await verified(sealed)).faults == []

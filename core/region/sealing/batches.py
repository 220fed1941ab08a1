"""Sealing what waits: rows become leaves, leaves a tree, and its head is signed.

A row is taken only when no transaction is open that began before it was written; so one that was
committed late, under a lower number, is taken too, and the order of leaves is that of the work.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select

from core.db.bulk import table_of
from core.kernel.incidents.service import raise_incident
from core.kernel.sealing.forms import BEFORE, leaf_content
from core.kernel.sealing.model import SealBacklog, SealLeaf, SealNode, SealWaiting
from core.kernel.sealing.seals import HASH_BYTES, read_seal
from core.kernel.sealing.tree import leaf_hash
from core.kernel.work import Work
from core.region.sealing.backlog import begin, next_of_backlog
from core.region.sealing.found import Found
from core.region.sealing.heads import frontier, latest_head, new_head
from core.region.sealing.kinds import KINDS, Kind
from core.region.sealing.settled import settled_rows

BATCH = 1_000
LOCK = 0x7365616C
KEPT_LEVEL = 8
"""Every so many levels the hashes of whole subtrees are kept, for proofs."""

GONE = "строка исчезла до запечатывания"
UNMARKED = "строку записала не программа: знака её ключа на печати нет"
COPIED = "печать строки списана с другой строки"


async def seal_batch(work: Work, most: int = BATCH) -> int:
    """Seal what waits, at most so many rows, in this transaction; how many there were.

    When nothing waits, rows from before sealing began are taken, oldest first.
    """
    if work.dialect != "sqlite":
        await work.session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    backlog = await begin(work)
    settled = await settled_rows(work)
    query = select(SealWaiting).where(settled).order_by(SealWaiting.id).limit(most)
    waiting = list(await work.session.scalars(query))
    if waiting:
        found = await _fresh(work, waiting, backlog)
        spent = [one.id for one in waiting]
        await work.session.execute(delete(SealWaiting).where(SealWaiting.id.in_(spent)))
    else:
        found = await next_of_backlog(work, backlog, most)
    if found:
        await _grow(work, found, backlog)
    for one in found:
        if one.fault is not None:
            subject = f"{one.kind}:{one.row_id}"
            await raise_incident(work, f"journal/{subject}", f"{subject}: {one.fault}")
    return len(waiting) or len(found)


async def _fresh(
    work: Work, waiting: Iterable[SealWaiting], backlog: Mapping[str, SealBacklog]
) -> list[Found]:
    """The rows that were written since, each once, in the order in which they were."""
    asked = list(dict.fromkeys((one.kind, one.row_id) for one in waiting))
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for kind, row_id in asked:
        by_kind[kind].append(row_id)
    read: dict[tuple[str, int], Found] = {}
    for name, ids in by_kind.items():
        for found in await _read(work, KINDS[name], ids, backlog[name].last_id):
            read[name, found.row_id] = found
    fresh = [read[key] for key in asked if key in read]
    return list(_told_apart(fresh, await _known(work, fresh)))


async def _read(work: Work, kind: Kind, ids: Sequence[int], before: int) -> list[Found]:
    """What stands in these rows; none that is older than sealing, its turn comes."""
    rows = (await work.session.execute(kind.rows().where(kind.model.id.in_(ids)))).all()
    gone = set(ids) - {row.id for row in rows}
    fresh = (row for row in rows if row.seal is not None or row.id > before)
    found = [_found(work, kind, row) for row in fresh]
    return [*found, *(_faulty(kind.name, one, GONE) for one in sorted(gone))]


def _found(work: Work, kind: Kind, row: Any) -> Found:
    seal = read_seal(row.seal, kind.form)
    if seal is not None and work.sealing.marked(seal):
        return Found(kind.name, row.id, seal.number, seal.digest)
    return _faulty(kind.name, row.id, UNMARKED)


def _faulty(kind: str, row_id: int, fault: str) -> Found:
    """A row that cannot be sealed has its place all the same; its hash is that of nothing."""
    return Found(kind, row_id, BEFORE, os.urandom(HASH_BYTES), fault=fault)


async def _known(work: Work, found: Sequence[Found]) -> dict[bytes, tuple[str, int]]:
    """Which rows these hashes stand for already."""
    columns = (SealLeaf.digest, SealLeaf.kind, SealLeaf.row_id)
    query = select(*columns).where(SealLeaf.digest.in_([one.digest for one in found]))
    return {row.digest: (row.kind, row.row_id) for row in await work.session.execute(query)}


def _told_apart(fresh: Iterable[Found], known: dict[bytes, tuple[str, int]]) -> Iterator[Found]:
    """What is new: not what is sealed as it stands, and of a copied seal that it was copied."""
    for one in fresh:
        owner = known.get(one.digest)
        if owner is None:
            known[one.digest] = one.kind, one.row_id
            yield one
        elif owner != (one.kind, one.row_id):
            yield _faulty(one.kind, one.row_id, COPIED)


async def _grow(work: Work, found: Sequence[Found], backlog: Mapping[str, SealBacklog]) -> None:
    """Write the leaves, the subtrees that they complete, and the signed head."""
    tree = frontier(await latest_head(work.session))
    previous = tree.size
    leaves, nodes = [], []
    for one in found:
        leaves.append({"id": tree.size + 1, **one._asdict()})
        content = leaf_content(one.kind, one.row_id, one.form, one.digest)
        for level, place, digest in tree.append(leaf_hash(content)):
            if level % KEPT_LEVEL == 0:
                nodes.append({"level": level, "place": place, "digest": digest})
    await work.session.execute(insert(table_of(SealLeaf)), leaves)
    if nodes:
        await work.session.execute(insert(table_of(SealNode)), nodes)
    work.session.add(new_head(work, tree, previous, backlog.values()))
    await work.session.flush()

"""Rows as they stand against the leaves that they were sealed as."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from core.kernel.journal import JournalEntry
from core.kernel.sealing.commitments import key_name
from core.kernel.sealing.forms import BEFORE
from core.kernel.sealing.model import SealBacklog, SealLeaf, SealWaiting
from core.kernel.sealing.rows import values_of
from core.kernel.sealing.seals import Seal, read_seal
from core.kernel.work import Work
from core.region.erasing.lines import CASE, lines_beside
from core.region.sealing.kinds import KINDS, Kind
from core.region.sealing.proof import Findings
from core.region.sealing.verify_waiting import verify_waiting

ERASING = ("appeal.erasing", "appeal.erased")
"""What the journal says of an erasure: that it was ordered, that it was done."""

DELETED = "строка удалена"
CHANGED = "строка изменена после запечатывания"
INSERTED = "строки нет в дереве: её вставили мимо программы"
BY_NOBODY = "печать поставила не программа"
NOT_KEPT = "значение не то, на которое дано обязательство: {}"
DESTROYED = "значения уничтожены без акта"
TWO_SEALS = "печать есть и у строки, и у её листа: к листу её приписали"
MOVED = "на месте строки стоит {}: строки переставлены"


class Chunk(NamedTuple):
    """Rows in the order of their ids, the latest leaf of each, keys of the vault by their names."""

    rows: Sequence[Any]
    leaves: Mapping[int, SealLeaf]
    keys: Mapping[bytes, bytes]


class Acts(NamedTuple):
    """The acts by which persons were erased: by the subject of their lines in the journal, and by
    the number of each line about them that stands under another."""

    cases: Mapping[str, int]
    beside: Mapping[int, int]


@dataclass
class Rows:
    """The rows of one kind; `whole` says that the tree itself was found to be as it was signed."""

    work: Work
    kind: Kind
    whole: bool
    found: Findings
    waiting: frozenset[int]
    backlog: SealBacklog | None
    acts: Acts

    async def verify(self) -> None:
        """Name every row that is not as it was sealed."""
        async for chunk in self._chunks():
            there = {row.id for row in chunk.rows}
            for one in sorted(chunk.leaves.keys() - there):
                self._blame(one, chunk.leaves[one].fault or DELETED)
            for row in chunk.rows:
                self.found.rows += 1
                why = await self._fault(row, chunk)
                if why is not None:
                    self._blame(row.id, why)

    async def _fault(self, row: Any, chunk: Chunk) -> str | None:
        leaf = chunk.leaves.get(row.id)
        own = read_seal(row.seal, self.kind.form)
        if row.id in self.waiting and (leaf is None or self._sealed_anew(own, leaf)):
            return self._of_waiting(row, own)
        if leaf is None:
            return self._without_leaf(row)
        if leaf.fault is not None:
            return leaf.fault
        seal = own if row.seal is not None else read_seal(leaf.seal, self.kind.form)
        if row.seal is not None and (leaf.seal is not None or leaf.salts is not None):
            return TWO_SEALS
        if seal is None or seal.digest != leaf.digest:
            return await self._in_place_of(seal)
        if not seal.holds(self.kind.form, values_of(self.kind.form, row)):
            return CHANGED
        if not self.whole and not self.work.sealing.marked(seal):
            return BY_NOBODY
        if leaf.form == BEFORE:
            if self.backlog is None or not 1 <= row.id <= self.backlog.last_id:
                return BY_NOBODY
            self.found.before += 1
        return self._of_values(row, seal, row.salts if own else leaf.salts, chunk.keys)

    def _sealed_anew(self, own: Seal | None, leaf: SealLeaf) -> bool:
        return self.kind.changes and own is not None and own.digest != leaf.digest

    def _of_waiting(self, row: Any, seal: Seal | None) -> str | None:
        """A row that waits to be sealed already has what the program wrote it with."""
        if seal is None and self._is_before(row.id):
            return None
        if seal is None or not self.work.sealing.marked(seal):
            return BY_NOBODY
        self.found.waiting += 1
        return None if seal.holds(self.kind.form, values_of(self.kind.form, row)) else CHANGED

    def _without_leaf(self, row: Any) -> str | None:
        """Only rows from before sealing began have none and wait nowhere."""
        return None if row.seal is None and self._is_before(row.id) else INSERTED

    def _is_before(self, row_id: int) -> bool:
        left = self.backlog
        return left is None or left.next_id <= row_id <= left.last_id

    async def _in_place_of(self, seal: Seal | None) -> str:
        """Whose seal the row has, where it is another's."""
        if seal is None:
            return CHANGED
        query = select(SealLeaf.kind, SealLeaf.row_id).where(SealLeaf.digest == seal.digest)
        owner = (await self.work.session.execute(query)).first()
        return MOVED.format(f"{owner.kind}:{owner.row_id}") if owner else CHANGED

    def _of_values(
        self, row: Any, seal: Seal, salts: bytes | None, keys: Mapping[bytes, bytes]
    ) -> str | None:
        """Personal values against what the seal commits to."""
        if not seal.commitments:
            return None if salts is None else CHANGED
        key = keys.get(key_name(salts)) if salts is not None else None
        if salts is None or key is None:
            if self._act(row) is None:
                return DESTROYED
            self.found.erased += 1
            return None
        form = self.kind.form
        if self.work.sealing.kept(seal, form, values_of(form, row), salts, key):
            return None
        return NOT_KEPT.format(", ".join(seal.commitments))

    def _act(self, row: Any) -> int | None:
        """By which act the values of the row were destroyed, as the journal itself says."""
        if self.kind.name == "journal":
            return self.acts.cases.get(row.subject) or self.acts.beside.get(row.id)
        return self.acts.cases.get(f"{CASE}:{row.appeal_id}")

    async def _chunks(self) -> AsyncIterator[Chunk]:
        model, chunk = self.kind.model, self.kind.chunk
        last: int | None = None  # numbers below 1 are nobody's, and are looked at all the same
        while True:
            query = self.kind.rows().order_by(model.id).limit(chunk)
            if last is not None:
                query = query.where(model.id > last)
            rows = (await self.work.session.execute(query)).all()
            upto = rows[-1].id if len(rows) == chunk else None
            leaves = await self._leaves(last, upto)
            salts = [row.salts for row in rows] + [leaf.salts for leaf in leaves.values()]
            yield Chunk(rows, leaves, self._keys(salts))
            self.work.session.expunge_all()
            if upto is None:
                return
            last = upto

    async def _leaves(self, last: int | None, upto: int | None) -> dict[int, SealLeaf]:
        query = select(SealLeaf).where(SealLeaf.kind == self.kind.name)
        if last is not None:
            query = query.where(SealLeaf.row_id > last)
        if upto is not None:
            query = query.where(SealLeaf.row_id <= upto)
        found = await self.work.session.scalars(query.order_by(SealLeaf.id))
        return {leaf.row_id: leaf for leaf in found}

    def _keys(self, salts: Iterable[bytes | None]) -> dict[bytes, bytes]:
        return self.work.sealing.vault.find({key_name(one) for one in salts if one})

    def _blame(self, row_id: int, what: str) -> None:
        self.found.blame(f"{self.kind.name}:{row_id}", what)


async def verify_rows(work: Work, found: Findings, *, whole: bool) -> None:
    """All sealed tables, row by row."""
    backlog = {row.kind: row for row in await work.session.scalars(select(SealBacklog))}
    waits = (await work.session.execute(select(SealWaiting.kind, SealWaiting.row_id))).all()
    await verify_waiting(work, found)
    acts = await _acts(work)
    found.acts = sorted({*acts.cases.values()})
    for name, kind in KINDS.items():
        waiting = frozenset(row.row_id for row in waits if row.kind == name)
        await Rows(work, kind, whole, found, waiting, backlog.get(name), acts).verify()


async def _acts(work: Work) -> Acts:
    query = select(JournalEntry.subject, JournalEntry.after).where(JournalEntry.name.in_(ERASING))
    rows = await work.session.execute(query)
    cases = {row.subject: int(row.after["act"]) for row in rows if row.after.get("act")}
    numbers = {int(one.removeprefix(f"{CASE}:")) for one in cases}
    lines = await lines_beside(work, numbers)
    return Acts(cases, {line: cases[f"{CASE}:{about}"] for line, about in lines.items()})

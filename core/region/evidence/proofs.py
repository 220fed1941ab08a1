"""Rows of the sealed journal for a package: as they were sealed, in which heads, proved when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from core.kernel.sealing.canonical import EPOCH, MICROSECOND
from core.kernel.sealing.commitments import key_name
from core.kernel.sealing.model import SealHead, SealLeaf
from core.kernel.sealing.notes import BadNote, read_checkpoint, read_note, witnessed_at
from core.kernel.sealing.seals import read_seal
from core.kernel.sealing.verifier import stamped_at
from core.kernel.work import Work
from core.region.sealing.exports import FOLDER
from core.region.sealing.heads import latest_head
from core.region.sealing.kinds import Kind
from core.region.sealing.proofs import consistency_proof, inclusion_proof
from core.region.sealing.requests import WITNESSED
from core.region.sealing.timestamps import TIMESTAMPS

Proved = tuple[str, str | None, str | None]
"""The level of a proof, and between which moments it says that it was."""

UNPROVED: Proved = ("record", None, None)


@dataclass(slots=True)
class Head:
    """A signed head of the tree and who besides the region saw it."""

    size: int
    note: str
    stamps: dict[str, bytes] = field(default_factory=dict)
    witnesses: list[tuple[str, int, str]] = field(default_factory=list)
    seen: list[tuple[datetime, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Proofs:
    """`journal` as a package has it, the stamps that it names, and what it proves of each row."""

    journal: Mapping[str, Any]
    stamps: Mapping[str, bytes]
    proved: Mapping[str, Proved]


async def proofs_of(
    work: Work, rows: Sequence[tuple[Kind, Any]], anchors: Mapping[str, Any]
) -> Proofs:
    """What the tree proves of these rows by the anchors; a row that waits is proved of nothing."""
    leaves = [await _leaf(work, kind, row) for kind, row in rows]
    known = await _heads(work, anchors)
    heads = _needed([leaf.id for leaf in leaves if leaf is not None], known)
    told, proved = [], {}
    erased = _erased(work, [row for _, row in rows])
    for (kind, row), leaf in zip(rows, leaves, strict=True):
        one = {**_sealed(kind, row, leaf), "leaf": None, "proof": []}
        one["erased"] = row.id in erased.get(kind.name, ())
        place = leaf.id - 1 if leaf else None
        above = [head for head in heads if place is not None and head.size > place]
        if place is not None and above:
            proof = await inclusion_proof(work.session, place, above[0].size)
            one |= {"leaf": place, "proof": [digest.hex() for digest in proof]}
            proved[f"{kind.name}:{row.id}"] = _proved(place, heads)
        told.append(one)
    stamps = {name: answer for head in heads for name, answer in head.stamps.items()}
    return Proofs({"heads": await _chained(work, heads), "rows": told}, stamps, proved)


async def _leaf(work: Work, kind: Kind, row: Any) -> SealLeaf | None:
    query = select(SealLeaf).where(SealLeaf.kind == kind.name, SealLeaf.row_id == row.id)
    found = (await work.session.scalars(query.order_by(SealLeaf.id.desc()))).first()
    return found if found is not None and found.fault is None else None


def _sealed(kind: Kind, row: Any, leaf: SealLeaf | None) -> dict[str, Any]:
    """The row by its columns, personal ones as commitments, in the order of the form."""
    packed = leaf.seal if leaf is not None and leaf.seal is not None else row.seal
    seal = read_seal(packed, kind.form)
    if seal is None:
        return {"table": kind.name, "id": row.id, "form": 0, "nonce": "", "columns": []}
    columns = [
        (name, {"@": "c", "=": seal.commitments[name].hex()})
        if name in seal.commitments
        else (name, plain(getattr(row, name)))
        for name in kind.form.columns_of(seal.number)
    ]
    own = {"form": seal.number, "nonce": seal.nonce.hex(), "columns": columns}
    return {"table": kind.name, "id": row.id, **own}


def plain(value: Any) -> Any:
    """A value as JSON has it; what JSON cannot say is named by its kind of the canonical form."""
    if isinstance(value, datetime):
        return {"@": "m", "=": str((value - EPOCH) // MICROSECOND)}
    if isinstance(value, date):
        return {"@": "d", "=": value.isoformat()}
    return {"@": "b", "=": value.hex()} if isinstance(value, bytes) else value


def _erased(work: Work, rows: Iterable[Any]) -> dict[str, set[int]]:
    """Rows, by table, whose personal values nobody can read any more."""
    named = {key_name(row.salts): row for row in rows if row.salts}
    lost = named.keys() - work.sealing.vault.find(named).keys()
    found: dict[str, set[int]] = {}
    for name in lost:
        found.setdefault(named[name].__tablename__, set()).add(named[name].id)
    return found


async def _heads(work: Work, anchors: Mapping[str, Any]) -> list[Head]:
    """Heads that somebody outside has seen, and the latest one, the smallest first."""
    latest = await latest_head(work.session)
    if latest is None:
        return []
    folder = work.sealing.folder / FOLDER
    seen = {int(path.stem): path for path in (folder / TIMESTAMPS).glob("*.tsr")}
    noted = [path.read_text("utf-8") for path in sorted((folder / WITNESSED).glob("*.note"))]
    sizes = {latest.id, *seen, *(read_checkpoint(read_note(text).text).size for text in noted)}
    query = select(SealHead).where(SealHead.id.in_(sizes)).order_by(SealHead.id)
    found = [Head(row.id, row.note) for row in await work.session.scalars(query)]
    for head in found:
        if head.size in seen:
            _stamp(head, seen[head.size].read_bytes(), anchors["stamps"])
        for text in noted:
            _witness(head, text, anchors["witnesses"])
    return found


def _stamp(head: Head, answer: bytes, roots: str) -> None:
    """Note the stamp, if it is one of the authorities that are trusted."""
    try:
        at, _ = stamped_at(answer, head.note.encode(), roots)
    except Exception:  # noqa: BLE001 - a stamp that cannot be read proves nothing
        return
    head.stamps[f"stamps/{head.size}.tsr"] = answer
    head.seen.append((at, "timestamp"))


def _witness(head: Head, text: str, keys: Mapping[str, str]) -> None:
    note = read_note(text)
    if note.text != read_note(head.note).text:
        return
    for name, public in keys.items():
        try:
            seconds = witnessed_at(note, name, bytes.fromhex(public))
        except BadNote:
            continue
        own = [one.content for one in note.signatures if one.name == name]
        if seconds is not None:
            signature = next(one[8:] for one in own if one[:8] == seconds.to_bytes(8, "big"))
            head.witnesses.append((name, seconds, signature.hex()))
            head.seen.append((datetime.fromtimestamp(seconds, UTC), "witness"))


def _needed(leaves: Sequence[int], heads: Sequence[Head]) -> list[Head]:
    """The latest head, and for each leaf those seen just before it and just after it."""
    needed = {head.size for head in heads[-1:]}
    seen = [head.size for head in heads if head.seen]
    for leaf in leaves:
        needed |= set([size for size in seen if size < leaf][-1:])
        needed |= set([size for size in seen if size >= leaf][:1])
    return [head for head in heads if head.size in needed]


def _proved(place: int, heads: Sequence[Head]) -> Proved:
    """The same that a verifier finds."""
    before = [min(head.seen) for head in heads if head.size > place and head.seen]
    after = [min(head.seen)[0] for head in heads if head.size <= place and head.seen]
    since = max(after).isoformat() if after else None
    if not before:
        return ("own-seal", since, None)
    at, level = min(before)
    return (level, since, at.isoformat())


async def _chained(work: Work, heads: Sequence[Head]) -> list[dict[str, Any]]:
    told, old = [], 0
    for head in heads:
        proof = await consistency_proof(work.session, old, head.size) if old else []
        told.append(
            {
                "note": head.note,
                "proof": [digest.hex() for digest in proof],
                "stamps": sorted(head.stamps),
                "witnesses": head.witnesses,
            }
        )
        old = head.size
    return told

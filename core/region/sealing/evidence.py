"""The ledger of one appeal in the tree: for its certificate, and against one that was issued."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from core.appeals.certificate_journal import PENDING, SealedFact, SealedLedger
from core.appeals.certificate_terms import fact
from core.appeals.ledger import pure
from core.appeals.model import LEDGER_FORM, Appeal, LedgerEntry
from core.kernel.sealing.forms import leaf_content
from core.kernel.sealing.model import SealLeaf
from core.kernel.sealing.signing import own_checkpoint
from core.kernel.work import Work
from core.region.sealing.heads import latest_head
from core.region.sealing.proof import Findings
from core.region.sealing.proofs import inclusion_proof, root_at


async def sealed_ledger(work: Work, appeal_id: int) -> SealedLedger | None:
    """Every fact of the appeal with its proof; None while one of them is not in the tree."""
    head = await latest_head(work.session)
    rows = await _in_tree(work, LedgerEntry.appeal_id == appeal_id)
    facts = []
    for entry, leaf in rows:
        if head is None or leaf is None or leaf.id > head.id:
            return None
        proof = await inclusion_proof(work.session, leaf.id - 1, head.id)
        facts.append(SealedFact(entry.seq, leaf.id - 1, _content(leaf), proof))
    return SealedLedger(head.note, facts) if head is not None and facts else None


async def verify_certificate(work: Work, content: Mapping[str, Any], found: Findings) -> None:
    """Name what of a certificate is not what the ledger and the tree have of its appeal."""
    rows = await _in_tree(work, Appeal.number == content["appeal"])
    own = [fact(entry) for entry in pure(row for row, _ in rows)]
    for number, said in enumerate(content["ledger"]):
        if number >= len(own) or own[number] != said:
            found.blame(_fact(content, said["seq"]), "в журнале обращения этого нет")
    if content.get("journal", PENDING) == PENDING:
        return
    told = own_checkpoint(content["journal"]["checkpoint"], work.region, work.keys)
    head = await latest_head(work.session)
    if told is None or head is None or head.id < told.size:
        found.blame("дерево", "корень из справки не этого журнала")
    elif await root_at(work.session, told.size) != told.root:
        found.blame("дерево", f"корень на {told.size} листьях не тот, что в справке")
    leaves = {row.seq: leaf for row, leaf in rows}
    for said in content["journal"]["facts"]:
        leaf = leaves.get(said["seq"])
        if leaf is None or _content(leaf) != b64decode(said["content"]):
            found.blame(_fact(content, said["seq"]), "лист дерева не тот, что в справке")


async def _in_tree(
    work: Work, condition: ColumnElement[bool]
) -> list[tuple[LedgerEntry, SealLeaf | None]]:
    """Facts in their order, each with its leaf where it has one."""
    same = and_(SealLeaf.kind == LEDGER_FORM.table, SealLeaf.row_id == LedgerEntry.id)
    query = (
        select(LedgerEntry, SealLeaf)
        .join(Appeal, Appeal.id == LedgerEntry.appeal_id)
        .outerjoin(SealLeaf, same)
        .where(condition)
        .order_by(LedgerEntry.seq)
    )
    return [(row, leaf) for row, leaf in await work.session.execute(query)]


def _content(leaf: SealLeaf) -> bytes:
    return leaf_content(leaf.kind, leaf.row_id, leaf.form, leaf.digest)


def _fact(content: Mapping[str, Any], seq: int) -> str:
    return f"{content['appeal']}, факт {seq}"

"""Heads against what they signed, and kept subtrees against the leaves under them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from core.kernel.keys import ALGORITHM
from core.kernel.sealing.model import SealHead, SealNode
from core.kernel.sealing.signing import own_checkpoint
from core.kernel.sealing.tree import Node
from core.kernel.work import Work
from core.region.sealing.batches import KEPT_LEVEL
from core.region.sealing.extension import read_extension
from core.region.sealing.heads import frontier
from core.region.sealing.proof import Findings

TREE = "дерево"
NOT_OURS = "подпись под корнем на {} листьях не этого региона"
NOT_AS_SIGNED = "запись о корне на {} листьях не та, которая подписана"
NO_HEAD = "подписи под корнем на {} листьях нет: её удалили"
NO_NODE = "хеша поддерева (уровень {}, место {}) нет: его удалили"
BAD_NODE = "хеш поддерева не тот, который дают листья"


def check_head(work: Work, head: SealHead, previous: int, found: Findings) -> None:
    """Blame what of the head is not as it was signed, and heads that are gone before it."""
    found.heads += 1
    told = own_checkpoint(head.note, work.region, work.keys)
    if told is None:
        found.blame(TREE, NOT_OURS.format(head.id))
        return
    more = read_extension(head.note)
    grown = frontier(head)
    said = told.size, told.root, ALGORITHM, more.at if more else head.at
    whole = len(grown.edge) == head.id.bit_count() and grown.root() == head.root
    if said != (head.id, head.root, head.algorithm, head.at) or not whole:
        found.blame(TREE, NOT_AS_SIGNED.format(head.id))
    if more is not None and more.previous != previous:
        found.blame(TREE, NO_HEAD.format(more.previous))


@dataclass(frozen=True, slots=True)
class Nodes:
    """The kept hashes of whole subtrees by level and place, with the ids of their rows."""

    kept: dict[tuple[int, int], tuple[int, bytes]]

    @classmethod
    async def read(cls, work: Work) -> Nodes:
        """All of them: one for 256 leaves."""
        columns = (SealNode.level, SealNode.place, SealNode.id, SealNode.digest)
        rows = await work.session.execute(select(*columns))
        return cls({(row.level, row.place): (row.id, row.digest) for row in rows})

    def check(self, node: Node, found: Findings) -> None:
        """Blame what is kept of a subtree that the leaves have just completed."""
        if node.level % KEPT_LEVEL:
            return
        kept = self.kept.pop((node.level, node.place), None)
        if kept is None:
            found.blame(TREE, NO_NODE.format(node.level, node.place))
        elif kept[1] != node.digest:
            found.blame(f"seal_node:{kept[0]}", BAD_NODE)

    def rest(self, found: Findings) -> None:
        """Blame those that no leaves stand under."""
        for row_id, _ in self.kept.values():
            found.blame(f"seal_node:{row_id}", BAD_NODE)

"""The leaves as they stand against every head that was signed over them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from sqlalchemy import select

from core.kernel.sealing.forms import leaf_content
from core.kernel.sealing.model import SealHead, SealLeaf
from core.kernel.sealing.tree import Frontier, leaf_hash
from core.kernel.work import Work
from core.region.sealing.proof import Findings
from core.region.sealing.verify_heads import TREE, Nodes, check_head

CHUNK = 5_000
UNSIGNED = "подписано листьев {}, а стоит {}: последняя подпись удалена или листья дописаны"
NO_SUCH = "такого листа в дереве быть не может: его вписали мимо программы"
SHORTER = "листьев меньше, чем было подписано: конец журнала отрезан"


async def verify_tree(work: Work, outside: Mapping[int, bytes], found: Findings) -> bool:
    """Grow the tree anew and compare it with every head; whether nothing was found.

    `outside` are roots by size that are known from beside the database.
    """
    before = len(found.faults)
    tree, known = Frontier(), dict(outside)
    nodes = await Nodes.read(work)
    lost, previous = False, 0
    async for leaves, heads in _chunks(work):
        for head in heads:
            check_head(work, head, previous, found)
            previous = head.id
        roots = {head.id: head.root for head in heads}
        for leaf in leaves:
            if leaf.id < 1:
                found.blame(f"лист {leaf.id}", NO_SUCH)
                continue
            while not lost and leaf.id != tree.size + 1:
                found.blame(f"лист {tree.size + 1}", "лист удалён из дерева")
                lost = True  # what follows cannot be put together any more
            if lost:
                continue
            content = leaf_content(leaf.kind, leaf.row_id, leaf.form, leaf.digest)
            for node in tree.append(leaf_hash(content)):
                nodes.check(node, found)
            wanted = {roots.pop(tree.size, None), known.pop(tree.size, None)} - {None}
            if wanted and wanted != {tree.root()}:
                found.blame(TREE, f"корень на {tree.size} листьях не тот, который был подписан")
                lost = True
        if roots and not lost:
            found.blame(TREE, SHORTER)
            lost = True
    if any(size > tree.size for size in known) and not lost:
        found.blame(TREE, SHORTER)
    elif previous != tree.size and not lost:
        found.blame(TREE, UNSIGNED.format(previous, tree.size))
    if not lost:
        nodes.rest(found)
    found.size, found.root = tree.size, tree.root().hex()
    return len(found.faults) == before


async def _chunks(work: Work) -> AsyncIterator[tuple[Sequence[SealLeaf], list[SealHead]]]:
    """Leaves in their order, and the heads over trees that end among them."""
    last: int | None = None
    while True:
        query, above = select(SealLeaf).order_by(SealLeaf.id).limit(CHUNK), select(SealHead)
        if last is not None:
            query, above = query.where(SealLeaf.id > last), above.where(SealHead.id > last)
        leaves = (await work.session.scalars(query)).all()
        upto = leaves[-1].id if len(leaves) == CHUNK else None
        heads = await work.session.scalars(
            above if upto is None else above.where(SealHead.id <= upto)
        )
        yield leaves, list(heads)
        work.session.expunge_all()
        if upto is None:
            return
        last = upto

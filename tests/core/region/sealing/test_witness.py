"""A witness signs what continues all that it saw: no smaller tree, no other one, nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.region import Region
from core.kernel.sealing.forms import leaf_content
from core.kernel.sealing.model import SealHead, SealLeaf
from core.kernel.sealing.notes import (
    ED25519,
    Checkpoint,
    Note,
    read_checkpoint,
    read_note,
    read_verifier,
    sign_note,
    verifier,
    witnessed_at,
)
from core.kernel.sealing.signing import origin, public_keys
from core.kernel.sealing.tree import EMPTY, consistency, is_consistent, is_included, leaf_hash
from core.region.sealing.batches import seal_batch
from core.region.sealing.heads import latest_head
from core.region.sealing.jobs import run_seal
from core.region.sealing.proofs import inclusion_proof, root_at
from core.region.sealing.requests import Request, keep_cosigned, request, seen_by
from core.region.sealing.witness import Witness
from tests.core.kernel.sealing.test_tree import hashes, root

NAME, LOG = "w.example/ccc", "log.example/x"
KEY = Ed25519PrivateKey.from_private_bytes(b"7" * 32)


def asking(leaves: list[bytes], old: int, *, key: Ed25519PrivateKey = KEY) -> str:
    text = str(Checkpoint(LOG, len(leaves), root(leaves)))
    proof = hashes(leaves, consistency(old, len(leaves)))
    return str(Request(old, tuple(proof), Note(text, (sign_note(text, LOG, key),))))


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    made = Witness(NAME, tmp_path / "witness")
    assert made.trust(verifier(LOG, ED25519, KEY.public_key().public_bytes_raw())) == LOG
    return made


def test_it_signs_each_tree_that_continues_the_last(witness: Witness) -> None:
    leaves: list[bytes] = []
    for size in (3, 3, 4, 9):
        old = len(leaves)
        leaves = [bytes([n]) for n in range(size)]
        line = witness.countersign(asking(leaves, old), 1_800_000_000)
        note = read_note(f"{Checkpoint(LOG, size, root(leaves))}\n{line}")
        _, _, public = read_verifier(witness.key)
        assert witnessed_at(note, NAME, public) == 1_800_000_000
        other = Note(str(Checkpoint(LOG, size, b"0" * 32)), note.signatures)
        assert witnessed_at(other, NAME, public) is None


@pytest.mark.parametrize(
    ("leaves", "old", "why"),
    [
        ([b"0", b"1"], 2, "меньшее не подписывают"),
        ([b"0", b"x", b"2"], 3, "прежние листья в нём другие"),
        ([b"x", b"1", b"2", b"3"], 3, "прежние листья в нём другие"),
        ([b"0", b"1", b"2", b"3"], 0, "видел 3 листьев"),
    ],
)
def test_it_signs_no_smaller_and_no_other_tree(
    witness: Witness, leaves: list[bytes], old: int, why: str
) -> None:
    whole = [b"0", b"1", b"2"]
    witness.countersign(asking(whole, 0), 1)
    with pytest.raises(Refusal, match=why):
        witness.countersign(asking(leaves, min(old, len(leaves))), 2)
    assert witness.countersign(asking([*whole, b"3"], 3), 3)


def test_it_signs_for_logs_that_it_knows_alone(witness: Witness) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(b"8" * 32)
    with pytest.raises(Refusal, match="не тем ключом"):
        witness.countersign(asking([b"0"], 0, key=stranger), 1)
    with pytest.raises(Refusal, match="не запрос"):
        witness.countersign("old 0\n\nnothing", 1)
    assert witness.countersign(asking([b"0"], 0), 1)


async def test_a_region_is_witnessed_as_it_grows(polygon: Region, witness: Witness) -> None:
    (own, *_) = public_keys(polygon.keys)
    witness.trust(verifier(origin("polygon"), ED25519, own))
    _, _, public = read_verifier(witness.key)
    for turn in range(3):
        async with polygon.work(system()) as work:
            await work.record(Event("incident.resolved", f"incident:{turn}"))
        await run_seal(polygon, {})
        async with polygon.reading(system()) as work:
            asked = await request(work, seen_by(polygon.sealing, NAME))
        line = witness.countersign(str(asked), 1_800_000_000 + turn)
        at = keep_cosigned(polygon.sealing, asked.note, line, NAME, public)
        assert at == 1_800_000_000 + turn
    async with polygon.database.reading() as session:
        head = await latest_head(session)
    assert head is not None
    assert seen_by(polygon.sealing, NAME) == head.id
    with pytest.raises(Refusal, match="свидетеля"):
        keep_cosigned(polygon.sealing, asked.note, line, "w.example/other", public)


async def test_proofs_are_made_from_kept_subtrees(polygon: Region) -> None:
    """More than two subtrees of 256 leaves: proofs hold at every kind of place."""
    events = [Event("incident.resolved", f"incident:{n}") for n in range(600)]
    async with polygon.work(system()) as work:
        await work.record_many(events)
    async with polygon.work(system()) as work:
        await seal_batch(work, 300)
    await run_seal(polygon, {})
    async with polygon.database.reading() as session:
        head = await latest_head(session)
        assert head is not None
        first = await session.get_one(SealHead, 300)
        assert await root_at(session, 300) == first.root
        assert await root_at(session, head.id) == head.root
        assert read_checkpoint(read_note(head.note).text).root == head.root
        assert await root_at(session, 0) == EMPTY
        for index in (0, 255, 256, 511, 512, head.id - 1):
            proof = await inclusion_proof(session, index, head.id)
            row = await session.get_one(SealLeaf, index + 1)
            leaf = leaf_hash(leaf_content(row.kind, row.row_id, row.form, row.digest))
            assert is_included(leaf, index, head.id, proof, head.root)
    async with polygon.reading(system()) as work:
        asked = await request(work, 300)
    assert is_consistent(300, first.root, head.id, head.root, asked.proof)

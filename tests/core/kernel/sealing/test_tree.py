"""The Merkle tree: the vectors of RFC 6962's reference, and every proof of small trees."""

from __future__ import annotations

from hashlib import sha256

import pytest

from core.kernel.sealing.tree import (
    EMPTY,
    Frontier,
    Range,
    combined,
    consistency,
    inclusion,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    perfect,
)

LEAVES = [
    bytes.fromhex(one)
    for one in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The roots of the reference implementation of certificate transparency over these leaves."""


def root(leaves: list[bytes]) -> bytes:
    """The definition of 2.1.1, word for word."""
    if len(leaves) <= 1:
        return leaf_hash(leaves[0]) if leaves else EMPTY
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(root(leaves[:half]), root(leaves[half:]))


def hashes(leaves: list[bytes], ranges: list[Range]) -> list[bytes]:
    return [root(leaves[one.start : one.end]) for one in ranges]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_reference(size: int) -> None:
    tree = Frontier()
    for leaf in LEAVES[:size]:
        for _ in tree.append(leaf_hash(leaf)):
            pass
    assert tree.root().hex() == ROOTS[size - 1] == root(LEAVES[:size]).hex()


def test_an_empty_tree_is_the_hash_of_nothing() -> None:
    assert Frontier().root() == sha256(b"").digest()


def test_every_leaf_of_small_trees_is_proved_and_no_other() -> None:
    for size in range(1, 40):
        leaves = [bytes([n]) for n in range(size)]
        whole = root(leaves)
        for index in range(size):
            proof = hashes(leaves, inclusion(index, size))
            leaf = leaf_hash(leaves[index])
            assert is_included(leaf, index, size, proof, whole)
            assert not is_included(leaf_hash(b"another"), index, size, proof, whole)
            assert not is_included(leaf, index, size, [*proof, whole], whole)
            assert not is_included(leaf, (index + 1) % size, size, proof, whole) or size == 1


def test_every_smaller_tree_is_proved_to_be_the_beginning() -> None:
    for size in range(1, 40):
        leaves = [bytes([n]) for n in range(size)]
        whole = root(leaves)
        for old in range(size + 1):
            proof = hashes(leaves, consistency(old, size))
            assert is_consistent(old, root(leaves[:old]), size, whole, proof)
            forked = root([b"fork", *leaves[1:old]])
            assert old == 0 or not is_consistent(old, forked, size, whole, proof)


def test_any_range_of_a_proof_is_made_of_whole_subtrees() -> None:
    leaves = [bytes([n]) for n in range(37)]
    for index in range(37):
        for one in inclusion(index, 37):
            parts = [Range(p << level, (p + 1) << level) for level, p in perfect(one)]
            assert combined(hashes(leaves, parts)) == root(leaves[one.start : one.end])


def test_the_subtrees_that_a_leaf_completes_are_told() -> None:
    tree, told = Frontier(), []
    for n in range(8):
        told += [(node.level, node.place) for node in tree.append(leaf_hash(bytes([n])))]
    assert told == [(1, 0), (1, 1), (2, 0), (1, 2), (1, 3), (2, 1), (3, 0)]

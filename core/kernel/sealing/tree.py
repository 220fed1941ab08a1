"""The Merkle tree of RFC 6962 and 9162: hashes, roots, proofs of inclusion and of consistency.

A tree is told by ranges of its leaves: `Range(start, end)`; whoever keeps the hashes answers for
them. Verifying needs nothing but the proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

EMPTY = sha256(b"").digest()


class Range(NamedTuple):
    """Leaves from `start` up to `end`, which is not in it."""

    start: int
    end: int


class Node(NamedTuple):
    """A subtree of 2**level leaves; `place` counts them at their level."""

    level: int
    place: int
    digest: bytes


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf's bytes."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """The right edge of a growing tree: its whole subtrees, the largest first."""

    size: int = 0
    edge: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> Iterator[Node]:
        """Add the hash of a leaf; the subtrees that it completes, the smallest first."""
        digest, level, place = leaf, 0, self.size
        while place & 1:
            digest, level, place = node_hash(self.edge.pop(), digest), level + 1, place >> 1
            yield Node(level, place, digest)
        self.edge.append(digest)
        self.size += 1

    def root(self) -> bytes:
        """The hash over all leaves."""
        if not self.edge:
            return EMPTY
        digest = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            digest = node_hash(left, digest)
        return digest


def perfect(whole: Range) -> list[tuple[int, int]]:
    """The subtrees (level, place) that a range from a tree's proof is made of, left to right."""
    found, at = [], whole.start
    while at < whole.end:
        level = (whole.end - at).bit_length() - 1
        if at:
            level = min(level, (at & -at).bit_length() - 1)
        found.append((level, at >> level))
        at += 1 << level
    return found


def combined(parts: Sequence[bytes]) -> bytes:
    """The hash of a range out of those of its subtrees, left to right."""
    digest = parts[-1]
    for left in reversed(parts[:-1]):
        digest = node_hash(left, digest)
    return digest


def inclusion(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove that the leaf is in the tree of this size (2.1.3.1)."""
    return _path(index, Range(0, size))


def consistency(old: int, size: int) -> list[Range]:
    """The ranges whose hashes prove that the tree began as the old one (2.1.4.1)."""
    return [] if old in (0, size) else _subproof(old, Range(0, size), known=True)


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Verify a proof of inclusion (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    fn, sn, digest = index, size - 1, leaf
    for one in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            digest = node_hash(one, digest)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            digest = node_hash(digest, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and digest == root


def is_consistent(
    old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Verify a proof of consistency (2.1.4.2); of nothing everything is a continuation."""
    if not 0 <= old <= size:
        return False
    if old in (0, size):
        return not proof and (old == 0 or old_root == root)
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = path[0]
    for one in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node_hash(one, first), node_hash(one, second)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == old_root and second == root


def _path(index: int, whole: Range) -> list[Range]:
    size = whole.end - whole.start
    if size <= 1:
        return []
    middle = whole.start + _split(size)
    left, right = Range(whole.start, middle), Range(middle, whole.end)
    if index < middle:
        return [*_path(index, left), right]
    return [*_path(index, right), left]


def _subproof(old: int, whole: Range, *, known: bool) -> list[Range]:
    if old == whole.end:
        return [] if known else [whole]
    middle = whole.start + _split(whole.end - whole.start)
    left, right = Range(whole.start, middle), Range(middle, whole.end)
    if old <= middle:
        return [*_subproof(old, left, known=known), right]
    return [*_subproof(old, right, known=False), left]


def _split(size: int) -> int:
    """The largest power of two that is smaller."""
    return 1 << ((size - 1).bit_length() - 1)

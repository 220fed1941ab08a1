"""What a certificate says of the sealed journal: its ledger is in a tree, and the proof.

The leaves stand for whole rows of the ledger, of which a certificate shows a part; that both are of
one row is said by the region's signature, and checked against its database.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.kernel.keys import Keys
from core.kernel.sealing.forms import LEAF
from core.kernel.sealing.signing import own_checkpoint
from core.kernel.sealing.tree import is_included, leaf_hash

PENDING = "принято, доказательство готовится"


@dataclass(frozen=True, slots=True)
class SealedFact:
    """A row of the ledger in the tree: which leaf, its bytes, and the proof of its place."""

    seq: int
    leaf: int
    content: bytes
    proof: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class SealedLedger:
    """The signed head of the tree, and every fact of an appeal in it."""

    checkpoint: str
    facts: Sequence[SealedFact]


def told(ledger: SealedLedger | None) -> object:
    """As a certificate has it; PENDING for a ledger of which not all is in the tree yet."""
    if ledger is None:
        return PENDING
    facts = [
        {
            "seq": one.seq,
            "leaf": one.leaf,
            "content": _text(one.content),
            "proof": [_text(digest) for digest in one.proof],
        }
        for one in ledger.facts
    ]
    return {"checkpoint": ledger.checkpoint, "facts": facts}


def leaves_in(content: Mapping[str, Any], keys: Keys) -> int | None:
    """Of how many leaves the tree is that the certificate proves itself by; None without proof.

    ValueError where a proof does not hold.
    """
    said = content.get("journal", PENDING)
    if said == PENDING:
        return None
    checkpoint = own_checkpoint(said["checkpoint"], content["region"], keys)
    if checkpoint is None or [one["seq"] for one in said["facts"]] != [
        one["seq"] for one in content["ledger"]
    ]:
        raise ValueError("no head of this region, or not every fact")
    for one in said["facts"]:
        leaf, proof = b64decode(one["content"]), [b64decode(digest) for digest in one["proof"]]
        place = leaf_hash(leaf), int(one["leaf"]), checkpoint.size
        if not leaf.startswith(LEAF) or not is_included(*place, proof, checkpoint.root):
            raise ValueError("a fact is not in the tree")
    return checkpoint.size


def _text(content: bytes) -> str:
    return b64encode(content).decode()

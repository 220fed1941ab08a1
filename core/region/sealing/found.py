"""A row on its way into the tree."""

from __future__ import annotations

from typing import Any, NamedTuple

from core.kernel.sealing.forms import BEFORE
from core.kernel.sealing.rows import values_of
from core.kernel.sealing.seals import read_seal
from core.kernel.work import Work
from core.region.sealing.kinds import Kind


class Found(NamedTuple):
    """The columns of `SealLeaf` but for its place."""

    kind: str
    row_id: int
    form: int
    digest: bytes
    seal: bytes | None = None
    salts: bytes | None = None
    fault: str | None = None


def sealed_here(work: Work, kind: Kind, row: Any) -> Found:
    """A row without a seal of its own, sealed as it was found; the leaf keeps the seal."""
    columns = work.sealing.seal(kind.form, values_of(kind.form, row), number=BEFORE)
    seal = read_seal(columns["seal"], kind.form)
    assert seal is not None
    return Found(kind.name, row.id, BEFORE, seal.digest, columns["seal"], columns["salts"])

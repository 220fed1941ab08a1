"""What the verification of a sealed journal finds."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed; `where` names the row (`ledger:12`) or the tree."""

    where: str
    what: str


@dataclass(slots=True)
class Findings:
    """What was looked at so far: leaves and rows, what waits, what of it is not as it was.

    `before` counts rows from before sealing began, `erased` those whose values an act destroyed.
    """

    size: int = 0
    root: str = ""
    heads: int = 0
    rows: int = 0
    waiting: int = 0
    before: int = 0
    erased: int = 0
    acts: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, where: str, what: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(where, what))

"""How a value of one case becomes its mark of 0..1, exactly."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from core.law.fault import LawError
from core.law.russian import Code

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Linear:
    """Full mark at `best`, none at `worst`, in proportion between them."""

    best: int
    worst: int

    def __post_init__(self) -> None:
        """Refuse a scale without length."""
        if self.best == self.worst:
            raise LawError("Шкала начинается и кончается одним значением")

    def mark(self, value: int | Fraction) -> Fraction:
        """The mark of 0..1."""
        return min(Fraction(1), max(NOTHING, Fraction(value - self.worst, self.best - self.worst)))

    def sentence(self) -> str:
        """«от 0 (ничего) до 1 (полный балл)»."""
        return f"от {self.worst} (ничего) до {self.best} (полный балл) линейно"


class StepUnit(Code):
    """In what the steps of a scale count time; the label is the genitive of many."""

    DAYS = "days", "суток"
    HOURS = "hours", "часов"


@dataclass(frozen=True, slots=True)
class Steps:
    """The mark of the first step that is not exceeded; after the last one nothing."""

    within: tuple[tuple[int, Fraction], ...]
    unit: StepUnit = field(default=StepUnit.DAYS, metadata={"unsaid": StepUnit.DAYS})

    def __post_init__(self) -> None:
        """Refuse steps that do not go down as time goes by."""
        if not self.within or any(a[0] >= b[0] or a[1] <= b[1] for a, b in pairwise(self.within)):
            raise LawError("Ступени шкалы идут по возрастанию времени и убыванию балла")

    def mark(self, value: int | Fraction) -> Fraction:
        """The mark of 0..1."""
        return next((mark for most, mark in self.within if value <= most), NOTHING)

    def sentence(self) -> str:
        """«до 30 суток — 1, позже — ничего»."""
        steps = ", ".join(f"до {most} {self.unit.label} — {mark}" for most, mark in self.within)
        return f"{steps}, позже — ничего"


Scale = Linear | Steps
SHARE = Linear(best=1, worst=0)
"""Of what either is so or is not."""

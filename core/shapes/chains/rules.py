"""What a decision stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.kernel.codes import ActKind


@dataclass(frozen=True, slots=True)
class Ground:
    """The act on which a decision stands."""

    kind: ActKind
    number: str
    date: date

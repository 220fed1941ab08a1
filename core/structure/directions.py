"""The register of directions: which a centre has on a day. So far acts alone begin and end them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.rulebook import Rulebook
from core.structure.rules.charges import Foundation
from core.structure.rules.directions import Direction


@dataclass(frozen=True, slots=True)
class Directions:
    """Directions and functions of a centre; whoever asks for them asks here."""

    law: Rulebook

    def all(self, on: date) -> tuple[Direction, ...]:
        """Every direction on a local day."""
        return self.law.all(Direction, on)

    def find(self, key: str | None, on: date) -> Direction | None:
        """The direction with this key on a local day."""
        return None if key is None else self.law.find(Direction, key, on)

    def get(self, key: str, on: date) -> Direction:
        """Like `find`; UNKNOWN_DIRECTION with the clause of the list where there is none."""
        direction = self.find(key, on)
        if direction is None:
            law = self.law.get(Foundation, "directions", on)
            text = f"Направления «{key}» в центре нет: {law.sentence()}"
            raise Refusal(RefusalCode.UNKNOWN_DIRECTION, text, law.clause)
        return direction

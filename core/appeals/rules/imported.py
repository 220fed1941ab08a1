"""What an act takes over from the federal Rules, whether in their words or by name."""

from __future__ import annotations

from datetime import date

from core.appeals.rules.intake import Addressees
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import Deadline
from core.directory.rules.bodies import BodyKind
from core.law.act import Clause

ALL_BODIES = frozenset(BodyKind) - {BodyKind.OTHER}
"""The bodies and organisations of the Rules."""


def accelerated(
    clause: Clause, since: date, *, replaces: Clause | None = None, floor: bool = False
) -> Deadline:
    """The mechanism: thirty days from the receipt to the answer, on significant themes."""
    return Deadline(
        "accelerated",
        "Ускоренное решение",
        starts=Fact.RECEIVED,
        stops=Fact.ANSWERED,
        length=30,
        significant_only=True,
        yields_to_prolongation=True,
        clause=clause,
        since=since,
        replaces=replaces,
        floor=floor,
    )


def whole_addressees(clause: Clause, key: str = "region", *, floor: bool = False) -> Addressees:
    """Appeals to every body and organisation of the Rules."""
    return Addressees(key, kinds=ALL_BODIES, clause=clause, floor=floor)

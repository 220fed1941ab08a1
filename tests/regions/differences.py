"""What the tables of differences share: one appeal, four rulebooks, four answers."""

from __future__ import annotations

from typing import Any

import pytest

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.placement import Placement, Placer
from core.kernel.region import Region
from core.structure.blocks import Blocks
from tests.regions.directories import bodies
from tests.regions.table import DAY, REGIONS

CAPITALS = dict(
    zip(REGIONS, ("murmansk-city", "kursk-city", "yoshkar-ola", "chelyabinsk-city"), strict=True)
)


def difference(name: str, *values: Any, clauses: tuple[str, ...]) -> Any:
    """A row of the table, marked with the clauses that make the difference."""
    return pytest.param(*values, id=name, marks=pytest.mark.clause(*clauses))


def four(*answers: Any) -> dict[str, Any]:
    """The answers of Murmansk, Kursk, Mari El and Chelyabinsk."""
    return dict(zip(REGIONS, answers, strict=True))


def placed(region: Region, **content: Any) -> Placement:
    """Where the rulebook puts an appeal that differs from the others by this alone."""
    if content.pop("capital", False):
        content["municipality"] = CAPITALS[region.code]
    if content.pop("resident", False):
        content["residence_municipality"] = CAPITALS[region.code]
    new = NewAppeal(channel=content.pop("channel", "letter"), external_id="1", text="?", **content)
    return Placer(region.rules, bodies(region.code), Blocks(region.rules)).place(new, DAY)

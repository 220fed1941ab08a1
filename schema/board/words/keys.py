"""What keys of the region's law are called: those that hold today, and those that once did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from core.appeals.rules.intake import Channel
from core.appeals.rules.terms import Deadline, EscalationStep
from core.directory.rules.bodies import BodyKind, Theme
from core.documents.rules.kinds import DocumentKind
from core.indicators.rules.kinds import IndicatorKind
from core.kernel.rules.passport import Municipality
from core.kernel.rules.roles import Role
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.ratings.rules import RatingMethod
from core.structure.rules.directions import Direction

NAMED: tuple[tuple[str, type[Rule]], ...] = (
    ("theme", Theme),
    ("municipality", Municipality),
    ("channels", Channel),
    ("method", RatingMethod),
    ("term", Deadline),
    ("role", Role),
    ("owner", Role),
    ("direction", Direction),
    ("indicator/kind", IndicatorKind),
    ("document/kind", DocumentKind),
    ("obligation/document", DocumentKind),
)
"""Whose keys a field of the journal holds, of such a subject or of any."""

RUNG = "appeal/step"
BOOKS = 100


@lru_cache(BOOKS)
def keys_of(rules: Rulebook) -> Mapping[str, str]:
    """What each key is called, by «field:key»."""
    found: dict[str, str] = {}
    for field, kind in NAMED:
        history: Any = rules.history(kind)
        found |= {f"{field}:{one.key}": one.name for one in history}
    found |= {f"body/kind:{one}": one.label for one in BodyKind}
    return {**found, **dict(_rungs(rules))}


def _rungs(rules: Rulebook) -> Iterator[tuple[str, str]]:
    """Rungs of warnings have no name of their own: they are told by who is warned."""
    roles = {one.key: one.name for one in rules.history(Role)}
    for one in rules.history(EscalationStep):
        called = roles.get(one.to_role, "")
        yield f"{RUNG}:{one.key}", f"накануне — {called}" if one.eve else f"{one.order}: {called}"

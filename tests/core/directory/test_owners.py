"""Who answers for a theme: by the act, by the directory, in a municipality and on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.appeals.intake.placement import Placer
from core.directory.bodies import Bodies
from core.directory.model import Body, BodyTheme
from core.directory.rules.bodies import Owner
from core.kernel.acts.federal import PRACTICE
from core.law.merge import Layer
from core.law.rulebook import Rulebook, compile_rulebook
from core.structure.blocks import Blocks

CITED = PRACTICE.cite("themes")
DAY, MAY = date(2026, 3, 2), date(2026, 5, 1)
BODIES = [
    Body(id=number, key=key, name=key, kind="executive", municipality=place, closed=closed)
    for number, (key, place, closed) in enumerate(
        (
            ("ministry", None, None),
            ("agency", None, None),
            ("town-roads", "town", None),
            ("village-roads", "village", None),
            ("closed", None, DAY),
        ),
        start=1,
    )
]


def law(*rules: Owner) -> Rulebook:
    return compile_rulebook([Layer("region", rules, (PRACTICE,))])


def owner(key: str, body: str, **more: Any) -> Owner:
    return Owner(key, "roads", body, clause=CITED, **more)


def linked(body: int, **more: Any) -> BodyTheme:
    return BodyTheme(body_id=body, theme="roads", **{"default": True, **more})


BY_LAW = law(
    owner("first", "agency", default=False),
    owner("second", "ministry"),
    owner("second", "town-roads", municipality="town", replaces=CITED),
    owner("gone", "closed"),
    owner("later", "village-roads", since=MAY),
)
LINKS = [
    linked(1, default=False),
    linked(3),
    linked(4, since=MAY),
    linked(2, until=MAY),
]


@pytest.mark.parametrize(
    ("rules", "municipality", "on", "keys"),
    [
        (BY_LAW, None, DAY, ("ministry", "agency")),
        (BY_LAW, "town", DAY, ("town-roads", "agency")),
        (BY_LAW, "village", DAY, ("ministry", "agency")),
        (BY_LAW, "village", MAY, ("village-roads", "ministry", "agency")),
        (law(), None, DAY, ("town-roads", "agency", "ministry")),
        (law(), "town", DAY, ("town-roads", "agency", "ministry")),
        (law(), "village", DAY, ("agency", "ministry")),
        (law(), "village", MAY, ("village-roads", "ministry")),
        (law(), "elsewhere", MAY, ("ministry",)),
    ],
)
def test_owners(rules: Rulebook, municipality: str | None, on: date, keys: tuple[str, ...]) -> None:
    bodies = Bodies(BODIES, LINKS)
    assert bodies.owners("roads", rules, on, municipality) == keys
    assert bodies.owners(None, rules, on, municipality) == ()
    facts = Placer(rules, bodies, Blocks(rules)).facts(
        "roads", "letter", municipality, None, None, on
    )
    assert facts.owners == keys

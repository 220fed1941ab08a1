"""Structure and indicators: rules, changes that ask no less, changes that ask less."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.directory.rules.bodies import BodyKind
from core.indicators.rules.kinds import IndicatorKind, OwnerKind, chain
from core.kernel.codes import Authority
from core.law.rule import Rule
from core.structure.rules.appointments import ReplacementRule, Trigger
from core.structure.rules.blocks import BlockKind, BlockRule
from core.structure.rules.charges import Charge, Degree, Responsibility
from core.structure.rules.directions import Direction
from core.structure.rules.growth import BlockGrowth
from core.structure.rules.ranks import Per, Pool, RankFloor, Seat
from tests.core.law.samples import clause

CITED = clause("a/1")
ONE, TWO = frozenset({"a"}), frozenset({"a", "b"})
POOL = Pool(
    "x",
    "head",
    frozenset({BodyKind.EXECUTIVE, BodyKind.STATE}),
    TWO,
    TWO,
    profile=True,
    blocks=TWO,
    outside=ONE,
    clause=CITED,
)
MAIN = IndicatorKind(
    "x",
    "Основные",
    chain(Authority.COMPETENCE_CENTRE, Authority.MINISTRY),
    frozenset({OwnerKind.CENTRE, OwnerKind.BLOCK}),
    federal_view=True,
    source="перечень",
    clause=CITED,
)

Changes = tuple[dict[str, Any], ...]
TABLE: tuple[tuple[Rule, Changes, Changes], ...] = (
    (
        MAIN,
        (
            {"owners": frozenset(OwnerKind)},
            {"chain": chain(Authority.COMPETENCE_CENTRE, Authority.MINISTRY, Authority.REGION)},
        ),
        (
            {"federal_view": False},
            {"source": "другой"},
            {"owners": frozenset({OwnerKind.CENTRE})},
            {"chain": chain(Authority.REGION, Authority.MINISTRY)},
            {"chain": chain(Authority.COMPETENCE_CENTRE)},
        ),
    ),
    (
        replace(MAIN, federal_view=False),
        (
            {"source": "другой"},
            {"owners": frozenset()},
            {"chain": chain(Authority.REGION, Authority.MINISTRY)},
            {"federal_view": True},
        ),
        ({"chain": chain(Authority.COMPETENCE_CENTRE)},),
    ),
    (
        ReplacementRule("x", "head", Trigger.DISMISSAL, "curator", 5, clause=CITED),
        ({"working_days": 4},),
        ({"working_days": 6},),
    ),
    (
        BlockRule("x", "Блок", ("a",), clause=CITED),
        ({"themes": ("a", "b")},),
        (
            {"themes": ()},
            {"channels": ONE},
            {"residents": ONE},
            {"significant": False},
            {"has_responsible": False},
        ),
    ),
    (
        Responsibility("x", Charge.INDICATORS, "head", Degree.PERSONALLY, clause=CITED),
        (),
        (
            {"role": "curator"},
            {"charge": next(one for one in Charge if one is not Charge.INDICATORS)},
            {"degree": min(Degree, key=lambda degree: degree.weight)},
        ),
    ),
    (
        Direction("x", "Направление", "f", TWO, clause=CITED),
        ({"partners": TWO | {"c"}}, {"name": "Иначе"}),
        ({"federal": None}, {"partners": ONE}),
    ),
    (
        BlockGrowth("x", frozenset({BlockKind.SECTOR}), clause=CITED),
        ({"kinds": frozenset()},),
        ({"kinds": frozenset(BlockKind)}, {"kinds": frozenset({BlockKind.THEMATIC})}),
    ),
    (
        RankFloor("head", "minister", 70, clause=CITED),
        ({"level": 71}, {"alone": True}, {"rank": "deputy"}),
        ({"level": 69},),
    ),
    (
        RankFloor("head", "minister", 70, alone=True, clause=CITED),
        ({"level": 71},),
        ({"level": 69}, {"alone": False}, {"rank": "deputy"}),
    ),
    (
        POOL,
        (
            {"kinds": frozenset({BodyKind.STATE}), "profile": False},
            {"bodies": ONE},
            {"only": ONE},
            {"blocks": ONE},
            {"outside": TWO},
        ),
        (
            {"role": "curator"},
            {"kinds": frozenset(BodyKind)},
            {"bodies": TWO | {"c"}},
            {"only": frozenset()},
            {"only": TWO | {"c"}},
            {"profile": False},
            {"blocks": frozenset()},
            {"blocks": TWO | {"c"}},
            {"outside": frozenset()},
        ),
    ),
    (Seat("head", Per.BLOCK, clause=CITED), ({"per": Per.REGION},), ({"per": Per.BLOCK_AND_BODY},)),
)

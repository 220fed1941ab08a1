"""What the Rules ask of the curator of a municipal centre is asked by every act below them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from core.kernel.region import Region
from core.kernel.rules import Municipality
from core.law.merge import Layer, RuleConflict, merge
from core.law.rule import Rule
from core.law.rulebook import compile_rulebook
from core.reports.conformance import Topic, conformance
from core.structure.rules import AcceptedPosition, RankFloor

FLOOR = "ru.1844/10(1).в.1"


def with_own(region: Region, *rules: Rule) -> list[Layer]:
    """The layers of the region and one more of these rules, which cite its first act."""
    layers = [*region.rules.layers.values()]
    return [*layers, Layer("own", rules, layers[-1].acts)]


def lowered(region: Region, municipality: str | None, *, replacing: bool) -> RankFloor:
    floor = next(
        rule
        for layer in region.rules.layers.values()
        for rule in layer.rules
        if isinstance(rule, RankFloor) and rule.key == "municipal-curator"
    )
    clause = next(iter(region.rules.own.acts[0].clauses.values()))
    return RankFloor(
        "municipal-curator",
        "specialist",
        10,
        clause=clause,
        since=date(2026, 1, 1),
        until=None,
        replaces=floor.clause if replacing else None,
        municipality=municipality,
    )


@pytest.mark.parametrize("own", [False, True], ids=["of the region", "of a municipality"])
@pytest.mark.parametrize("replacing", [False, True])
@pytest.mark.clause("ru.1844/10(1).в.1")
def test_no_act_asks_a_lower_rank_of_the_curator(
    regions: Mapping[str, Region], own: bool, replacing: bool
) -> None:
    for region in regions.values():
        place = next(iter(municipalities(region))) if own else None
        with pytest.raises(RuleConflict) as stopped:
            merge(with_own(region, lowered(region, place, replacing=replacing)))
        said = str(stopped.value)
        assert f"против {FLOOR}" in said
        assert said.endswith("это минимум, его можно только ужесточить")
        assert said.startswith("правило раздела «Не ниже какой должности», «municipal-curator»: ")


@pytest.mark.clause("ru.1844/10(1).в.1")
def test_a_position_named_by_an_act_is_reported_beside_the_floor(
    regions: Mapping[str, Region],
) -> None:
    for region in regions.values():
        clause = next(iter(region.rules.own.acts[0].clauses.values()))
        named = AcceptedPosition("municipal-curator", "specialist", clause=clause)
        law = compile_rulebook(with_own(region, named))
        found = [
            one.text
            for one in conformance(law, date(2026, 3, 2))
            if one.topic is Topic.FLOOR and [each.ref for each in one.federal] == [FLOOR]
        ]
        assert found == [
            "Роль «Куратор муниципального центра»: акт называет должность «Сотрудник», "
            "федеральный минимум — «Заместитель главы органа местного самоуправления». "
            "Соответствие федеральному минимуму не установлено; система принимает должность, "
            "которую называет акт"
        ]


def municipalities(region: Region) -> list[str]:
    """Keys of those of the region's law."""
    return [one.key for one in region.rules.all(Municipality, date(2026, 3, 2))]

"""Which block an appeal belongs to, and when one block may take in another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.kernel.acts.federal import PRACTICE
from core.structure.rules.blocks import Block, BlockRule, block_of

GROUND = PRACTICE.cite("themes")
ROADS = BlockRule("roads", "Дороги", ("roads",), clause=GROUND)
STREETS = BlockRule("streets", "Улицы", ("roads", "transport"), clause=GROUND)
NETWORKS = BlockRule("networks", "Сети", (), channels=frozenset({"social-networks"}), clause=GROUND)
TOWN = BlockRule("town", "Город", ("roads",), residents=frozenset({"town"}), clause=GROUND)
TOWN_NETWORKS = replace(NETWORKS, key="town-networks", residents=frozenset({"town"}))
BLOCKS = [Block.by_law(rule) for rule in (STREETS, ROADS, NETWORKS, TOWN, TOWN_NETWORKS)]


@pytest.mark.parametrize(
    ("theme", "channel", "home", "expected"),
    [
        ("roads", "letter", None, "roads"),
        ("transport", "letter", None, "streets"),
        ("transport", "letter", "town", "streets"),
        ("roads", "letter", "town", "town"),
        ("roads", "social-networks", None, "networks"),
        ("roads", "social-networks", "village", "networks"),
        ("roads", "social-networks", "town", "town-networks"),
        ("culture", "social-networks", "town", "town-networks"),
        (None, "social-networks", "town", "town-networks"),
        (None, "social-networks", None, "networks"),
        ("culture", "letter", "town", None),
        (None, "letter", None, None),
    ],
)
def test_the_most_narrowly_limited_block_that_includes_it(
    theme: str | None, channel: str, home: str | None, expected: str | None
) -> None:
    block = block_of(BLOCKS, theme, channel, home)
    assert (block.key if block else None) == expected


def test_a_block_without_themes_or_limits_includes_nothing() -> None:
    assert block_of([Block.by_law(replace(ROADS, themes=()))], "roads", "letter", None) is None


def test_of_equals_the_one_whose_key_comes_first_in_whatever_order() -> None:
    one = Block.by_law(ROADS)
    other = replace(one, key="again")
    for blocks in ([one, other], [other, one]):
        assert block_of(blocks, "roads", "letter", None) is other


@pytest.mark.parametrize(
    ("block", "takes_in"),
    [
        (STREETS, True),
        (ROADS, True),
        (replace(STREETS, themes=("transport",)), False),
        (replace(STREETS, significant=False), False),
        (replace(STREETS, has_responsible=False), False),
        (replace(STREETS, residents=frozenset({"town"})), False),
        (replace(STREETS, channels=frozenset({"letter"})), False),
    ],
)
def test_what_may_stand_for_the_block_of_roads(block: BlockRule, takes_in: bool) -> None:
    assert block.no_looser_than(ROADS) is takes_in


def test_without_a_responsible_the_head_is_told() -> None:
    roads = Block.by_law(ROADS)
    orphan = replace(roads, has_responsible=False)
    assert [orphan.answerable(role) for role in ("block-responsible", "body-head")] == [
        "head",
        "body-head",
    ]
    assert roads.answerable("block-responsible") == "block-responsible"


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), False),
    ],
)
def test_a_block_is_there_from_its_first_day_up_to_its_end(day: date, holds: bool) -> None:
    block = Block.by_law(replace(ROADS, since=date(2026, 3, 1), until=date(2026, 6, 1)))
    assert block.holds(day) is holds

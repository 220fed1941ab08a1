"""Blocks, kinds of indicators, systems and channels of each act, row by row with their clauses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from core.kernel.region import Region
from tests.fixtures.tables import table
from tests.regions.acts import TABLES, handed

ROWS = {name: table(name) for name in TABLES}


def params() -> list[Any]:
    return [
        pytest.param(
            name,
            row,
            id=f"{name}-{row['layer']}-{row['key']}-{row['clause']}",
            marks=pytest.mark.clause(row["clause"]),
        )
        for name, rows in ROWS.items()
        for row in rows
    ]


@pytest.mark.parametrize(("name", "row"), params())
def test_the_act_says_so(regions: Mapping[str, Region], name: str, row: dict[str, str]) -> None:
    assert row in handed(regions, name)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_leaves_nothing_out(regions: Mapping[str, Region], name: str) -> None:
    assert len(handed(regions, name)) == len(ROWS[name])

"""Section 4, row by row: who may be appointed to what, by whom, and the clause that refuses."""

from __future__ import annotations

from typing import Any

import pytest

from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.structure.rules.appointments import Step
from tests.conftest import OpenRegion
from tests.fixtures.centre import ACT, ORDER, by, centre_of, said
from tests.fixtures.tables import table
from tests.regions.table import REGIONS

ROWS = table("appointments.csv")
PROFILE = "*"
"""Stands for the profile body of roads."""

GROUNDS = {"": ACT, ActKind.GOVERNOR_ORDER.value: ORDER}


def params() -> list[Any]:
    """A row for each attempt, marked with the clauses that it proves."""
    return [
        pytest.param(
            row,
            id=f"{row['region']}-{row['role']}-{number}",
            marks=pytest.mark.clause(*row["clauses"].split()),
        )
        for number, row in enumerate(ROWS, start=2)
    ]


@pytest.mark.parametrize("row", params())
async def test_who_may_be_appointed(open_test_region: OpenRegion, row: dict[str, str]) -> None:
    """An answer in capitals is a refusal: by its one clause, with nothing written."""
    centre = await centre_of(open_test_region, row["region"])
    body = centre.roads if row["body"] == PROFILE else row["body"] or None
    person = await centre.person(row["rank"], body)
    decision = by(Authority(row["by"]), GROUNDS[row["ground"]], row["by_body"] or None)
    blocks = (row["block"],) if row["block"] else ()
    before = await centre.rows()
    arguments = (row["role"], person, Step(row["step"]), decision)
    if row["answer"].isupper():
        with pytest.raises(Refusal) as refused:
            await centre.begin(*arguments, blocks=blocks, powers=row["powers"])
        assert said(refused.value) == (row["answer"], row["clauses"])
        assert await centre.rows() == before
    else:
        taken = await centre.begin(*arguments, blocks=blocks, powers=row["powers"])
        assert (taken.appointment.state, taken.warnings) == (row["answer"], ())


def test_every_region_refuses_something_for_every_role_of_the_rules() -> None:
    refused = {(row["region"], row["role"]) for row in ROWS if row["answer"].isupper()}
    roles = ("curator", "executor", "head", "block-responsible", "block-head")
    assert refused >= {(code, role) for code in REGIONS for role in roles}

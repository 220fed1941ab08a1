"""What each region's reports are filled in with: a row for each form, and no other form."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from core.kernel.region import Region
from core.summaries.rules import ReportForm
from tests.fixtures.tables import table
from tests.regions.table import DAY, REGIONS

ROWS = table("report_forms.csv")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row, id=f"{row['region']}-{row['form']}", marks=pytest.mark.clause(row["clause"])
        )
        for row in ROWS
    ],
)
def test_a_form_has_the_parts_of_its_clause(
    regions: Mapping[str, Region], row: dict[str, str]
) -> None:
    form = regions[row["region"]].rules.get(ReportForm, row["form"], DAY)
    assert (" ".join(sorted(form.parts)), form.clause.ref) == (row["parts"], row["clause"])


@pytest.mark.parametrize("code", REGIONS)
def test_there_is_no_other_form(regions: Mapping[str, Region], code: str) -> None:
    known = {row["form"] for row in ROWS if row["region"] == code}
    assert {form.key for form in regions[code].rules.all(ReportForm, DAY)} == known

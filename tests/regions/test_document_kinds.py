"""Section 10 as rules: what each kind of document is, who drafts it, through whom it goes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from core.documents.rules import DocumentKind
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.kernel.rules.roles import Role
from tests.fixtures.tables import table
from tests.regions.table import DAY, REGIONS

ROWS = table("document_kinds.csv")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row, id=f"{row['region']}-{row['kind']}", marks=pytest.mark.clause(row["clause"])
        )
        for row in ROWS
    ],
)
def test_a_kind_of_document_is_what_its_clause_says(
    regions: Mapping[str, Region], row: dict[str, str]
) -> None:
    kind = regions[row["region"]].rules.get(DocumentKind, row["kind"], DAY)
    superseded = kind.replaces.ref if kind.replaces else ""
    found = (kind.clause.ref, superseded, kind.sentence())
    assert found == (row["clause"], row["replaces"], row["sentence"])
    assert " ".join(field.key for field in kind.fields) == row["fields"]
    for role in kind.drafters:  # whoever reads no documents drafts none through the API
        held = regions[row["region"]].rules.get(Role, role, DAY).permissions
        assert Permission.READ_DOCUMENTS in held, role


@pytest.mark.parametrize("code", REGIONS)
def test_there_is_no_other_kind(regions: Mapping[str, Region], code: str) -> None:
    known = [row["kind"] for row in ROWS if row["region"] == code]
    assert sorted(kind.key for kind in regions[code].rules.all(DocumentKind, DAY)) == sorted(known)

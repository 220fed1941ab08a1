"""Who a municipal centre is run by, as federal law orders it in every region."""

from __future__ import annotations

from datetime import date

import pytest

from core.kernel.codes import Permission
from core.kernel.rules.roles import Reach, Role
from core.law.rulebook import Rulebook

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("role", "row"),
    [("municipal-curator", 1), ("municipal-head", 2), ("municipal-administrator", 3)],
)
@pytest.mark.clause("ru.1844/10(1).в.1", "ru.1844/10(1).в.2", "ru.1844/10(1).в.3")
def test_the_persons_of_a_municipal_centre(law: Rulebook, role: str, row: int) -> None:
    rule = law.get(Role, role, TODAY)
    assert (rule.clause.ref, rule.reach) == (f"ru.1844/10(1).в.{row}", Reach.MUNICIPALITY)
    assert law.find(Role, role, date(2022, 2, 25)) is None
    assert law.find(Role, role, date(2022, 2, 26)) == rule


@pytest.mark.clause("ru.1844/10(1).в.3")
def test_the_municipal_administrator_approves_nothing(law: Rulebook) -> None:
    approvals = {Permission.PROLONG, Permission.JUDGE_DISPUTES, Permission.ANSWER}
    assert not law.get(Role, "municipal-administrator", TODAY).permissions & approvals

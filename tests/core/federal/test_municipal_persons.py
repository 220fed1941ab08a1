"""Who a municipal centre is run by, as federal law orders it in every region."""

from __future__ import annotations

from datetime import date

import pytest

from core.directory.rules import BodyKind
from core.kernel.codes import Permission
from core.kernel.rules.roles import Reach, Role
from core.law.rulebook import Rulebook
from core.structure.rules import Pool

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


@pytest.mark.parametrize(
    ("role", "name", "rank", "kinds"),
    [
        pytest.param(
            f"municipal-{role}",
            f"{name} муниципального центра",
            rank,
            frozenset({BodyKind.MUNICIPAL, *more}),
            marks=pytest.mark.clause(f"ru.1844/10(1).в.{row}"),
            id=role,
        )
        for row, role, name, rank, more in (
            (1, "curator", "Куратор", 55, ()),
            (2, "head", "Руководитель", 45, (BodyKind.SUBORDINATE,)),
            (3, "administrator", "Администратор", 5, (BodyKind.SUBORDINATE,)),
        )
    ],
)
def test_who_they_are_and_whence_they_come(
    law: Rulebook, role: str, name: str, rank: int, kinds: frozenset[BodyKind]
) -> None:
    """Any official of such a body: the floor asks for no profile and names no body or block."""
    rule, pool = law.get(Role, role, TODAY), law.get(Pool, role, TODAY)
    assert (rule.name, rule.rank) == (name, rank)
    assert (pool.role, pool.kinds, pool.floor) == (role, kinds, True)
    assert not any((pool.profile, pool.bodies, pool.only, pool.blocks, pool.outside))


@pytest.mark.clause("ru.1844/10(1).в.3")
def test_the_municipal_administrator_reads_the_directory_and_the_journal(law: Rulebook) -> None:
    held = law.get(Role, "municipal-administrator", TODAY).permissions
    assert held == {Permission.READ_DIRECTORY, Permission.READ_JOURNAL}

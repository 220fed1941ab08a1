"""Section 4, second table: who answers for what, and who does not, with the clause that says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.kernel.codes import ActKind
from core.kernel.errors import Refusal
from core.shapes.chains.rules import Ground
from core.structure.accountability import responsible_for
from core.structure.involvement import record_duties_act
from core.structure.model import DutiesRecord
from core.structure.rules.charges import Charge
from tests.conftest import OpenRegion
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import ACT, Centre, centre_of, said

DAY = date(2026, 3, 2)
P, A, E, C = "personally", "answers", "ensures", "contributes"
CENTRE, ROADMAP, MEASURES, BLOCK = Charge.CENTRE, Charge.ROADMAP, Charge.MEASURES, Charge.BLOCK
FIGURES, UNIT = Charge.INDICATORS, Charge.UNIT_INDICATORS
LIABILITY, EXECUTOR = "ru.1844/10.г.1.liability", "ru.1844/10.г.2"
RESPONSIBLE = "ru.1844/10.г.3"
TABLE: dict[tuple[str, Charge], list[tuple[str, str, str]]] = {
    ("murmansk", CENTRE): [("curator", P, "murmansk.513/4.2.1")],
    ("kursk", CENTRE): [("curator", P, LIABILITY)],
    ("mari_el", CENTRE): [("curator", P, LIABILITY)],
    ("chelyabinsk", CENTRE): [("curator", P, "chelyabinsk.641/pol.6.6")],
    ("murmansk", ROADMAP): [("executor", P, "murmansk.513/4.2.2")],
    ("kursk", ROADMAP): [("executor", P, "kursk.958/pol.3.3.2")],
    ("mari_el", ROADMAP): [("executor", P, EXECUTOR)],
    ("chelyabinsk", ROADMAP): [("executor", P, EXECUTOR)],
    ("chelyabinsk", MEASURES): [("executor", P, "chelyabinsk.641/pol.7.5")],
    ("murmansk", BLOCK): [("block-responsible", P, RESPONSIBLE)],
    ("kursk", BLOCK): [("block-responsible", P, RESPONSIBLE)],
    ("mari_el", BLOCK): [("block-responsible", P, RESPONSIBLE)],
    ("chelyabinsk", BLOCK): [("block-responsible", P, RESPONSIBLE)],
    ("murmansk", FIGURES): [
        ("curator", A, "murmansk.513/4.3.1"),
        ("head", A, "murmansk.513/4.5.3"),
        ("block-responsible", C, "murmansk.513/4.6.1"),
        ("block-head", C, "murmansk.513/4.7.2"),
    ],
    ("kursk", FIGURES): [("block-responsible", P, "kursk.958/pol.3.5.10")],
    ("kursk", UNIT): [("head", A, "kursk.958/pol.3.4.4")],
    ("mari_el", FIGURES): [("curator", P, "mari-el.335/pol.14")],
    ("chelyabinsk", FIGURES): [
        ("block-responsible", P, "chelyabinsk.641/pol.9.5"),
        ("head", E, "chelyabinsk.641/pol.8.3"),
    ],
}


def params() -> list[Any]:
    return [
        pytest.param(
            code, charge, answers, id=f"{code}-{charge}",
            marks=pytest.mark.clause(*(clause for _, _, clause in answers)),
        )
        for (code, charge), answers in TABLE.items()
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "charge", "answers"), params())
async def test_who_answers_and_who_does_not(
    open_test_region: OpenRegion,
    code: str,
    charge: Charge,
    answers: list[tuple[str, str, str]],
) -> None:
    """A role that the act does not charge is refused by the clause of the one it does."""
    centre = await centre_of(open_test_region, code)
    people = {role: await seated(centre, role) for role, _, _ in answers}
    async with centre.region.reading(actor_with(centre.region, "curator")) as work:
        found = await responsible_for(work.session, work.rules, charge, DAY, block="roads")
        with pytest.raises(Refusal) as refused:
            await responsible_for(work.session, work.rules, charge, DAY, role="operator")
        elsewhere = await responsible_for(work.session, work.rules, charge, DAY, block="energy")
    assert [(a.rule.role, a.rule.degree.value, a.rule.clause.ref) for a in found] == answers
    assert [[h.person.id for h in a.holders] for a in found] == [
        [people[role]] for role, _, _ in answers
    ]
    assert said(refused.value) == ("NOT_PROVIDED", answers[0][2])
    of_blocks = [a for a in elsewhere if a.rule.role.startswith("block-")]
    assert all(a.holders == () for a in of_blocks)


async def seated(centre: Centre, role: str) -> int:
    person = await centre.person("specialist")
    await centre.holding(role, person, ("roads",) if role.startswith("block-") else ())
    return person


@pytest.mark.clause("ru.1844/10.г.1.liability")
async def test_the_answer_is_that_of_the_day(open_test_region: OpenRegion) -> None:
    """Two curators one after the other, and the day between them."""
    centre = await centre_of(open_test_region, "kursk")
    first, second = await centre.person("deputy-governor"), await centre.person("deputy-governor")
    past = await centre.holding("curator", first)
    present = await centre.holding("curator", second)
    async with centre.region.work(actor_with(centre.region, "administrator")) as work:
        work.session.add_all((past, present))
        past.until, past.state = date(2025, 6, 1), "ended"
        present.since = date(2025, 6, 2)
    async with centre.region.reading(actor_with(centre.region, "curator")) as work:
        held = []
        for day in (date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 2)):
            (answer,) = await responsible_for(work.session, work.rules, CENTRE, day)
            held.append([h.person.id for h in answer.holders])
    assert held == [[first], [], [second]]


INTERNAL = Ground(ActKind.INTERNAL, "4", date(2026, 2, 2))
LETTER = Ground(ActKind.LETTER, "81", date(2026, 2, 3))
ANNEX = "mari-el.335/pol.16"
DUTIES = [
    pytest.param(code, ground, agreed, answer, marks=pytest.mark.clause(clause))
    for code, ground, agreed, answer, clause in (
        ("mari_el", INTERNAL, LETTER, None, ANNEX),
        ("mari_el", INTERNAL, None, "GROUND_REQUIRED", ANNEX),
        ("mari_el", ACT, LETTER, "GROUND_REQUIRED", ANNEX),
        ("murmansk", INTERNAL, LETTER, "NOT_PROVIDED", "ru.1844/10.г"),
        ("kursk", INTERNAL, LETTER, "NOT_PROVIDED", "ru.1844/10.г"),
        ("chelyabinsk", INTERNAL, LETTER, "NOT_PROVIDED", "ru.1844/10.г"),
    )
]


@pytest.mark.parametrize(("code", "ground", "agreed", "answer"), DUTIES)
async def test_what_divides_the_duties(
    open_test_region: OpenRegion,
    request: pytest.FixtureRequest,
    code: str,
    ground: Ground,
    agreed: Ground | None,
    answer: str | None,
) -> None:
    centre = await centre_of(open_test_region, code)
    (clause,) = request.node.get_closest_marker("clause").args
    keeper = actor_with(centre.region, "administrator")
    if answer is None:
        async with centre.region.work(keeper) as work:
            row = await record_duties_act(work, ground, agreed, DAY)
        assert (row.clause, row.agreed) == (clause, "письмо № 81 от 03.02.2026")
    else:
        with pytest.raises(Refusal) as refused:
            async with centre.region.work(keeper) as work:
                await record_duties_act(work, ground, agreed, DAY)
        assert said(refused.value) == (answer, clause)
    assert await centre.rows(DutiesRecord) == (answer is None)

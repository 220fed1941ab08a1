"""The chains that rules come to: who takes which step in which turn, by which clause."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.indicators.rules.kinds import (
    REGIONAL,
    ChainStep,
    Deed,
    IndicatorKind,
    OwnerKind,
    Stage,
    chain,
    in_doubt,
    indicator_chain,
    value_chain,
)
from core.kernel.codes import ActKind, Authority, RefusalCode
from core.kernel.errors import Refusal
from core.shapes.chains.rules import Claim, Party
from core.shapes.chains.rules.chain import Step
from core.shapes.chains.rules.checks import Acting, Hands, check_authorship
from core.structure.rules.appointments import ANY_ROLE, AppointmentStep, appointment_chain
from core.structure.rules.appointments import Step as Act
from core.structure.rules.growth import BlockStep, growth_chain
from tests.core.law.samples import clause

CITED, OTHER = clause("a/1"), clause("b/2")
ORDERS = frozenset({ActKind.ORDER})
KIND = IndicatorKind(
    "x",
    "Показатели",
    chain(Authority.REGION, Authority.MINISTRY),
    frozenset({OwnerKind.CENTRE}),
    stages=(Stage.ASSESSED, Stage.CONSOLIDATED),
    clause=CITED,
)


def test_who_sets_an_indicator() -> None:
    agreed = ChainStep(Deed.AGREE, Authority.MINISTRY, OTHER)
    first, _, last = KIND.chain
    found = indicator_chain(replace(KIND, chain=(first, agreed, last)))
    assert found.steps == (
        Step("1", "propose", 1, (Party(Authority.REGION, "a/1"),)),
        Step("2", "agree", 2, (Party(Authority.MINISTRY, "b/2"),)),
        Step("3", "approve", 3, (Party(Authority.REGION, "a/1"),)),
    )


def test_another_may_approve() -> None:
    by = chain(Authority.REGION, approver=Authority.MINISTRY)
    assert by == (
        ChainStep(Deed.PROPOSE, Authority.REGION),
        ChainStep(Deed.APPROVE, Authority.MINISTRY),
    )


def test_the_centre_takes_a_value_through_its_stages() -> None:
    party = (Party(Authority.CENTRE, "a/1"),)
    first, second = value_chain(KIND).steps
    assert (first.key, first.order, first.parties) == (Stage.ASSESSED.value, 1, party)
    assert (second.key, second.order, second.parties) == (Stage.CONSOLIDATED.value, 2, party)
    assert first.deed == second.deed == "pass"


def test_in_doubt_the_longest_chain_of_the_region_s_kinds_holds() -> None:
    short, long = (replace(KIND, key=key) for key in REGIONAL[:2])
    long = replace(long, chain=chain(Authority.REGION, Authority.MINISTRY, Authority.CENTRE))
    stranger = replace(long, key="stranger", chain=long.chain * 2)
    assert in_doubt([stranger, short, long]) is long
    assert in_doubt([long, short]) is long
    assert in_doubt([short, stranger]) is short


def test_steps_of_a_block_go_by_order_then_by_key() -> None:
    steps = [
        BlockStep("decide", 2, Authority.REGION, ORDERS, clause=CITED),
        BlockStep("agree", 2, Authority.MINISTRY, clause=OTHER),
        BlockStep("propose", 1, Authority.CENTRE, clause=CITED),
    ]
    found = growth_chain(steps).steps
    assert [(step.key, step.deed, step.order) for step in found] == [
        ("propose", "propose", 1),
        ("agree", "decide", 2),
        ("decide", "decide", 2),
    ]
    assert found[2].parties == (Party(Authority.REGION, "a/1", ORDERS),)


def appoint(
    key: str, step: Act, role: str = "head", blocks: tuple[str, ...] = ()
) -> AppointmentStep:
    by = Authority.REGION
    bodies = frozenset({"b"})
    return AppointmentStep(key, role, step, by, bodies, frozenset(blocks), ORDERS, clause=CITED)


ALL = (
    appoint("2", Act.APPOINT),
    appoint("1", Act.NOMINATE, blocks=("roads", "housing")),
    appoint("0", Act.NOMINATE, blocks=("health",)),
    appoint("any", Act.APPOINT, ANY_ROLE),
)


@pytest.mark.parametrize(
    ("role", "blocks", "steps"),
    [
        ("head", ("roads",), [("nominate", ["roads housing"]), ("appoint", [""])]),
        ("head", ("roads", "housing"), [("nominate", ["roads housing"]), ("appoint", [""])]),
        (
            "head",
            ("roads", "health"),
            [("nominate", ["health", "roads housing"]), ("appoint", [""])],
        ),
        ("head", ("energy",), [("appoint", [""])]),
        ("head", (), [("appoint", [""])]),
        ("curator", (), [("appoint", [""])]),
    ],
)
def test_who_appoints(
    role: str, blocks: tuple[str, ...], steps: list[tuple[str, list[str]]]
) -> None:
    """The first block says which steps there are; a rule for some blocks alone needs them all."""
    found = appointment_chain(ALL, role, blocks).steps
    limits = [(s.key, [" ".join(sorted(p.blocks, reverse=True)) for p in s.parties]) for s in found]
    assert limits == steps
    assert [step.order for step in found] == sorted(step.order for step in found)
    assert {(s.deed == s.key, s.need) for s in found} == {(True, 1)}
    assert {(p.by, p.clause, p.grounds, p.bodies) for s in found for p in s.parties} == {
        (Authority.REGION, "a/1", ORDERS, frozenset({"b"}))
    }


@pytest.mark.parametrize(
    ("blocks", "answers"),
    [({"roads"}, True), ({"roads", "housing"}, False), (set(), True), ({"health"}, False)],
)
def test_a_party_of_some_blocks_answers_for_a_matter_within_them(
    blocks: set[str], answers: bool
) -> None:
    party = Party(Authority.BODY, "a/1", blocks=frozenset({"roads"}))
    assert party.answers(Claim(Authority.BODY, blocks=frozenset(blocks))) is answers
    assert Party(Authority.BODY, "a/1").answers(Claim(Authority.BODY, blocks=frozenset(blocks)))


def test_who_wrote_nothing_judges() -> None:
    acting = Acting("s", 1, "head", in_person=True)
    check_authorship(acting, Hands(), CITED)
    for hands in (Hands(frozenset({1})), Hands(subjects=frozenset({"s"}))):
        with pytest.raises(Refusal) as refused:
            check_authorship(acting, hands, CITED)
        assert refused.value.code is RefusalCode.JUDGE_NOT_INDEPENDENT

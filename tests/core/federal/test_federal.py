"""What federal law orders in every region, one row a clause."""

from __future__ import annotations

from datetime import date

import pytest

from core.appeals.rules.answers import DisputeRule, EvidenceRule, SurveyRule
from core.appeals.rules.handling import ComplaintRule, Retention, TransferRule
from core.appeals.rules.intake import (
    Addressees,
    ApplicantKind,
    ApplicantScope,
    Channel,
    IdentificationRule,
    NamedSystem,
    Numbering,
    Regime,
    Residence,
)
from core.appeals.rules.lifecycle import State, Transition
from core.appeals.rules.terms import EscalationStep, ProlongationLimit
from core.directory.rules.bodies import BodyKind, Theme
from core.kernel.acts.federal import FZ59, PRACTICE, RU_1844
from core.kernel.codes import Permission
from core.kernel.rules.roles import Role
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.structure.rules.blocks import BlockRule

TODAY = date(2026, 3, 2)
EIGHT = [
    "health",
    "education",
    "social-protection",
    "housing",
    "solid-waste",
    "roads",
    "transport",
    "energy",
]


@pytest.mark.parametrize(("row", "key"), list(enumerate(EIGHT, start=1)))
@pytest.mark.clause("ru.1844/10.в")
def test_eight_themes_and_a_block_for_each(law: Rulebook, row: int, key: str) -> None:
    theme, block = law.get(Theme, key, TODAY), law.get(BlockRule, key, TODAY)
    assert theme.clause.ref == block.clause.ref == f"ru.1844/10.в.{row}"
    assert (theme.federal, theme.floor, block.floor) == (True, True, True)
    assert (block.themes, block.significant, block.has_responsible) == ((key,), True, True)


def test_no_other_theme_is_federal(law: Rulebook) -> None:
    assert [theme.key for theme in law.all(Theme, TODAY) if theme.federal] == EIGHT


@pytest.mark.parametrize("kind", list(ApplicantKind))
@pytest.mark.parametrize("residence", list(Residence))
@pytest.mark.clause("ru.1844/2.region-centre.1.applicants")
def test_everyone_is_in_the_federal_view(
    law: Rulebook, kind: ApplicantKind, residence: Residence
) -> None:
    assert law.get(ApplicantScope, "federal", TODAY).includes(kind, residence)


@pytest.mark.parametrize("kind", [None, *BodyKind])
@pytest.mark.clause("ru.1844/2.bodies-and-organisations")
def test_bodies_and_organisations_are_addressees(law: Rulebook, kind: BodyKind | None) -> None:
    expected = kind is not BodyKind.OTHER
    assert law.get(Addressees, "federal", TODAY).includes(kind) is expected


@pytest.mark.parametrize(
    ("key", "regime", "electronic"),
    [
        ("feedback-platform", Regime.APPEAL, True),
        ("portal", Regime.APPEAL, True),
        ("regional-system", Regime.APPEAL, True),
        ("municipal-system", Regime.APPEAL, True),
        ("social-networks", Regime.MESSAGE, True),
        ("messengers", Regime.MESSAGE, True),
        ("letter", Regime.APPEAL, False),
        ("reception", Regime.APPEAL, False),
        ("hotline", Regime.MESSAGE, False),
        ("e-mail", Regime.APPEAL, True),
    ],
)
@pytest.mark.clause("ru.1844/2.region-centre.1.channels", "ru.1844/2.accelerated-resolution")
def test_what_comes_through_a_channel(
    law: Rulebook, key: str, regime: Regime, electronic: bool
) -> None:
    channel = law.get(Channel, key, TODAY)
    assert (channel.regime, channel.electronic) == (regime, electronic)
    assert channel.system is None or law.find(NamedSystem, channel.system, TODAY)


@pytest.mark.parametrize(
    ("on", "otherwise"), [(date(2025, 3, 29), None), (date(2025, 3, 30), Regime.MESSAGE)]
)
@pytest.mark.clause("fz59/7.3")
def test_identification_is_asked_since_30_march_2025(
    law: Rulebook, on: date, otherwise: Regime | None
) -> None:
    rule = law.find(IdentificationRule, "electronic", on)
    assert (rule and rule.otherwise) == otherwise


@pytest.mark.parametrize(
    ("system", "before", "after"),
    [("infocur", False, True), ("heat-map", True, True), ("single-portal", True, True)],
)
@pytest.mark.clause("ru.1844/2.infocur", "ru.1844/2.heat-map", "ru.1844/2.single-portal")
def test_systems_exist_from_the_edition_that_named_them(
    law: Rulebook, system: str, before: bool, after: bool
) -> None:
    days = (date(2023, 12, 8), date(2023, 12, 9))
    found = [law.find(NamedSystem, system, day) is not None for day in days]
    assert found == [before, after]


VALUES = {
    "tsur.practice/numbering": (Numbering, "appeal", {"pattern": "{prefix}-{year}-{n:06}"}),
    "fz59/12.2": (ProlongationLimit, "answer", {"times": 1, "days": 30, "floor": True}),
    "fz59/8.6": (ComplaintRule, "complaint", {"floor": True}),
    "tsur.practice/transfer": (TransferRule, "appeal", {"limit": 3, "accept_within_days": 2}),
    "tsur.practice/evidence": (EvidenceRule, "*", {"kinds": {"document"}}),
    "tsur.practice/evidence.photo": (EvidenceRule, "roads", {"kinds": {"photo"}}),
    "tsur.practice/survey": (SurveyRule, "closing", {"valid_days": 30, "bad_mark": 2}),
    "tsur.practice/dispute": (DisputeRule, "answer", {"window_days": 30}),
    "tsur.practice/retention.appeal": (Retention, "appeal", {"years": 5}),
    "tsur.practice/retention.journal": (Retention, "journal", {"years": 5}),
}


@pytest.mark.parametrize(
    ("ref", "kind", "key", "values"),
    [pytest.param(ref, *row, marks=pytest.mark.clause(ref), id=ref) for ref, row in VALUES.items()],
)
def test_limits(
    law: Rulebook, ref: str, kind: type[Rule], key: str, values: dict[str, object]
) -> None:
    rule = law.get(kind, key, TODAY)
    assert rule.clause.ref == ref
    assert {name: getattr(rule, name) for name in values} == values


@pytest.mark.parametrize(
    ("order", "before_days", "role", "repeat_days"),
    [
        (1, 7, "body-official", 0),
        (2, 3, "body-head", 0),
        (3, 0, "block-responsible", 0),
        (4, -1, "head", 7),
    ],
)
@pytest.mark.clause(
    "tsur.practice/escalation.reminder",
    "tsur.practice/escalation.body-head",
    "tsur.practice/escalation.block",
    "tsur.practice/escalation.head",
)
def test_the_ladder(
    law: Rulebook, order: int, before_days: int, role: str, repeat_days: int
) -> None:
    ladder = [step for step in law.all(EscalationStep, TODAY) if step.ladder == "answer"]
    (step,) = [step for step in ladder if step.order == order]
    assert (step.before_days, step.to_role, step.repeat_days) == (before_days, role, repeat_days)
    assert law.find(Role, step.to_role, TODAY)


@pytest.mark.clause("tsur.practice/escalation.plan", "tsur.practice/escalation.term")
def test_the_ladders_beside_the_answer(law: Rulebook) -> None:
    beside = [step for step in law.all(EscalationStep, TODAY) if step.ladder != "answer"]
    assert [(one.ladder, one.order, one.before_days, one.to_role) for one in beside] == [
        ("plan", 1, 3, "body-official"),
        ("plan", 2, -1, "body-head"),
        ("promise", 1, 3, "body-official"),
        ("promise", 2, -1, "body-head"),
        ("*", 1, 1, "body-official"),
        ("*", 2, 0, "body-head"),
    ]


@pytest.mark.parametrize(
    ("step", "ref", "sources", "target"),
    [
        ("register", "fz59/8.2", {State.RECEIVED}, None),
        (
            "route",
            "ru.1844/2.delivery-system",
            {State.RECEIVED, State.QUEUED},
            State.ASSIGNED,
        ),
        ("accept", "tsur.practice/lifecycle.accept", {State.ASSIGNED}, State.IN_WORK),
        ("return", "tsur.practice/lifecycle.accept", {State.ASSIGNED}, State.ASSIGNED),
        (
            "transfer",
            "tsur.practice/lifecycle.transfer",
            {State.ASSIGNED, State.IN_WORK},
            State.ASSIGNED,
        ),
        ("prolong", "fz59/12.2", {State.ASSIGNED, State.IN_WORK}, None),
        ("answer", "ru.1844/2.delivery-system", {State.IN_WORK}, State.ANSWERED),
        ("close", "tsur.practice/lifecycle.close", {State.ANSWERED}, State.CLOSED),
        (
            "dispute",
            "tsur.practice/lifecycle.dispute",
            {State.ANSWERED, State.CLOSED},
            State.DISPUTED,
        ),
        ("judge", "tsur.practice/lifecycle.dispute", {State.DISPUTED}, State.IN_WORK),
    ],
)
@pytest.mark.clause(
    "ru.1844/2.delivery-system",
    "tsur.practice/lifecycle.accept",
    "tsur.practice/lifecycle.transfer",
    "tsur.practice/lifecycle.close",
    "tsur.practice/lifecycle.dispute",
)
def test_the_steps(
    law: Rulebook, step: str, ref: str, sources: set[State], target: State | None
) -> None:
    rule = law.get(Transition, step, TODAY)
    assert (rule.clause.ref, rule.target) == (ref, target)
    assert rule.sources == sources


@pytest.mark.clause("fz59/5.5")
def test_an_appeal_may_be_withdrawn_from_every_open_state(law: Rulebook) -> None:
    rule = law.get(Transition, "withdraw", TODAY)
    assert rule.sources == set(State) - {State.ANSWERED, State.CLOSED}
    assert rule.clause.ref == "fz59/5.5"


@pytest.mark.clause("ru.1844/10.г.1", "ru.1844/10.г.2", "ru.1844/8.а", "ru.1844/10.г.3")
def test_ranks_go_down_from_the_curator(law: Rulebook) -> None:
    order = [
        "curator",
        "executor",
        "head",
        "block-responsible",
        "block-head",
        "coordinator",
        "body-head",
        "body-official",
        "operator",
    ]
    ranks = [law.get(Role, key, TODAY).rank for key in order]
    assert ranks == sorted(set(ranks), reverse=True)


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        ("channel-adapter", {Permission.TAKE_IN}),
        ("notifier", {Permission.SEND_NOTICES}),
    ],
)
@pytest.mark.clause("tsur.practice/roles.channel-adapter", "tsur.practice/roles.notifier")
def test_service_accounts_can_do_one_thing(
    law: Rulebook, role: str, permissions: set[Permission]
) -> None:
    rule = law.get(Role, role, TODAY)
    assert rule.service
    assert rule.permissions == permissions


@pytest.mark.clause("fz59/12.2", "tsur.practice/roles.body-head")
def test_the_official_who_answers_cannot_prolong_and_his_head_can(law: Rulebook) -> None:
    official, head = law.get(Role, "body-official", TODAY), law.get(Role, "body-head", TODAY)
    assert Permission.ANSWER in official.permissions & head.permissions
    assert Permission.PROLONG not in official.permissions
    assert Permission.PROLONG in head.permissions
    assert head.rank > official.rank


@pytest.mark.clause("tsur.practice/roles.administrator")
def test_the_administrator_neither_reads_nor_decides_appeals(law: Rulebook) -> None:
    assert law.get(Role, "administrator", TODAY).permissions == {
        Permission.READ_DIRECTORY,
        Permission.MANAGE_DIRECTORY,
        Permission.READ_JOURNAL,
        Permission.OPERATE,
    }


def test_acts_outside_the_register_say_so_and_never_claim_literal_words() -> None:
    assert (RU_1844.registered, FZ59.registered, PRACTICE.registered) == (True, False, False)
    assert FZ59.note == "вне реестра, читать по официальному тексту"
    assert all(clause.quote.startswith("[пересказ] ") for clause in FZ59.clauses.values())
    assert {clause.title.split()[-1] for clause in FZ59.clauses.values()} == {"59-ФЗ"}

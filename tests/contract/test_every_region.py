"""What every region's law must be: whole, without loose ends, and as its RULES.md says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

import plugins
from core.appeals.rules.answers import EvidenceRule
from core.appeals.rules.intake import Addressees, ApplicantScope, Channel, NamedSystem
from core.appeals.rules.lifecycle import State, Transition
from core.appeals.rules.routing import Route
from core.appeals.rules.terms import Deadline, EscalationStep
from core.directory.rules.bodies import Body, Owner, Theme
from core.kernel.region import Region
from core.kernel.rules.calendar import Calendar
from core.kernel.rules.passport import Municipality, Passport
from core.kernel.rules.roles import Role
from core.kernel.serves import unknown_services
from core.law.rule import Rule
from core.reports.rules import render
from core.structure.blocks import Blocks
from core.structure.rules.blocks import BlockRule

TODAY = date(2026, 3, 2)


def keys(region: Region, kind: type[Rule]) -> set[str]:
    return {rule.key for rule in region.rules.history(kind)}


def loose(wanted: Iterable[str | None], known: set[str]) -> list[str]:
    return sorted({name for name in wanted if name is not None} - known)


def test_its_card_and_its_calendar(region: Region) -> None:
    card = region.rules.get(Passport, "region", TODAY)
    assert card.zone.key == card.timezone
    assert all((card.name, card.centre, card.centre_short, card.number_prefix))
    assert region.rules.get(Calendar, "production", TODAY).country == "RU"


def test_its_first_act_is_its_own_and_registered(region: Region) -> None:
    own = region.rules.own.acts[0]
    assert own.registered
    assert region.rules.get(Passport, "region", TODAY).clause.act == own.id


def test_every_federal_theme_has_exactly_one_block_that_takes_it_from_anywhere(
    region: Region,
) -> None:
    blocks = [block for block in Blocks(region.rules).all(TODAY) if not block.limited]
    for theme in region.rules.all(Theme, TODAY):
        if theme.federal:
            assert [b.significant for b in blocks if theme.key in b.themes] == [True], theme.key


def test_a_block_a_route_an_owner_name_what_exists(region: Region) -> None:
    law = region.rules
    themes, bodies = keys(region, Theme), keys(region, Body)
    channels, places = keys(region, Channel), keys(region, Municipality)
    blocks, routes, owners = law.history(BlockRule), law.history(Route), law.history(Owner)
    assert loose((t for block in blocks for t in block.themes), themes) == []
    assert loose((c for block in blocks for c in block.channels), channels) == []
    assert loose((m for block in blocks for m in block.municipalities), places) == []
    assert loose((t for route in routes for t in route.themes), themes) == []
    assert loose((c for route in routes for c in route.channels), channels) == []
    assert loose((m for route in routes for m in route.municipalities), places) == []
    assert loose((a for route in routes for a in route.addressees), bodies) == []
    assert loose((route.body for route in routes), bodies) == []
    assert loose((owner.theme for owner in owners), themes) == []
    assert loose((owner.body for owner in owners), bodies) == []
    assert loose((body.parent for body in law.history(Body)), bodies) == []


def test_the_rest_names_what_exists(region: Region) -> None:
    law = region.rules
    themes, systems = keys(region, Theme), keys(region, NamedSystem)
    deadlines = law.history(Deadline)
    assert loose((rule.key for rule in law.history(EvidenceRule)), themes | {"*"}) == []
    assert loose((t for deadline in deadlines for t in deadline.themes), themes) == []
    assert loose((step.to_role for step in law.history(EscalationStep)), keys(region, Role)) == []
    assert (
        loose((step.ladder for step in law.history(EscalationStep)), keys(region, Deadline)) == []
    )
    assert loose((channel.system for channel in law.history(Channel)), systems) == []
    placed = (rule.municipality for kind in law.kinds() for rule in law.history(kind))
    assert loose(placed, keys(region, Municipality)) == []


def test_the_ladder_climbs_one_rung_at_a_time(region: Region) -> None:
    steps = sorted(region.rules.all(EscalationStep, TODAY), key=lambda step: step.order)
    assert [step.order for step in steps] == list(range(1, len(steps) + 1))
    before = [step.before_days for step in steps]
    assert before == sorted(before, reverse=True)


def test_it_has_both_views_and_every_step(region: Region) -> None:
    for kind in (ApplicantScope, Addressees):
        assert {rule.key for rule in region.rules.all(kind, TODAY)} == {"federal", "region"}
    steps = region.rules.all(Transition, TODAY)
    assert {step.key for step in steps} == {
        "register", "route", "accept", "return", "transfer", "delegate", "prolong", "answer",
        "close", "withdraw", "dispute", "judge", "ask", "supply",
    }  # fmt: skip
    assert set().union(*(step.sources for step in steps)) == set(State)


def test_no_region_route_comes_after_the_default_of_its_kind(region: Region) -> None:
    """What an act orders decides before the product's own practice."""
    own = [route for route in region.rules.all(Route, TODAY) if route.clause.act != "tsur.practice"]
    assert all(route.priority < 60 for route in own)


def test_every_rule_cites_a_clause_of_the_rulebook(region: Region) -> None:
    law = region.rules
    for kind in law.kinds():
        for rule in law.history(kind):
            assert law.clause(rule.clause.ref) == rule.clause


def test_every_use_case_that_its_acts_name_is_there(region: Region) -> None:
    assert unknown_services(region.rules.acts.values(), region.packages) == ()


@pytest.mark.snapshot
def test_its_rules_md_is_fresh(region: Region) -> None:
    """Refresh it with `tsur law rules <region> > plugins/<region>/RULES.md`."""
    (home,) = plugins.__path__
    text = (Path(home) / region.code / "RULES.md").read_text(encoding="utf-8")
    assert text == render(region.rules, region.passport)

"""No decision hangs on the order in which a layer hands its rules over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from random import Random
from zoneinfo import ZoneInfo

import pytest

from core.appeals.rules.deadlines import Circumstances, due_dates, governing
from core.appeals.rules.intake import Channel, Regime
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.routing import Facts, Route, decide
from core.appeals.rules.supply import SupplyDuty, duty_of
from core.appeals.rules.terms import Deadline
from core.directory.rules.bodies import Body, BodyKind, Owner, Theme, owners_of
from core.indicators.rules.kinds import IndicatorKind, in_doubt
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Municipality
from core.kernel.rules.roles import Role
from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.merge import Layer
from core.law.rulebook import Rulebook, compile_rulebook
from core.region.layers import layers_of
from core.structure.accountability import require_answerable
from core.structure.rules.appointments import AppointmentStep, appointment_chain
from core.structure.rules.blocks import Block, BlockRule, block_of
from core.structure.rules.charges import Charge
from core.structure.rules.growth import BlockStep, growth_chain
from tests.fixtures.calendars import OFFICIAL

TODAY = date(2026, 3, 2)
SEEDS = range(4)
ENTRIES = (
    Entry(1, Fact.RECEIVED, datetime(2026, 3, 2, 9, tzinfo=UTC)),
    Entry(2, Fact.REGISTERED, datetime(2026, 3, 2, 9, 5, tzinfo=UTC)),
)


def law_of(code: str, random: Random | None = None) -> Rulebook:
    """The region's law, its rules in each layer shuffled where there is chance."""
    layers = []
    for layer in layers_of(code, Settings(regions=DEMO_REGIONS)):
        rules = layer.answers("rules")
        if random is not None:
            random.shuffle(rules)
        layers.append(Layer(layer.name, tuple(rules), tuple(layer.answers("acts"))))
    return compile_rulebook(layers)


def routed(law: Rulebook) -> Iterator[object]:
    """Where an appeal goes of each theme, by each channel, from two places, to each addressee."""
    routes, owners = law.all(Route, TODAY), law.all(Owner, TODAY)
    themes = sorted(theme.key for theme in law.all(Theme, TODAY))
    channels = sorted(channel.key for channel in law.all(Channel, TODAY))
    bodies = [None, *sorted(body.key for body in law.all(Body, TODAY))]
    places = sorted(place.key for place in law.all(Municipality, TODAY))
    for theme, channel, place, addressee in product(themes, channels, places[:1], bodies):
        owning = tuple(owner.body for owner in owners_of(owners, theme))
        facts = Facts(theme, channel, place, addressee, owning, f"administration of {place}")
        yield decide(routes, facts)


def placed(law: Rulebook) -> Iterator[object]:
    """In which block an appeal is, and which deadline governs it."""
    blocks = [Block.by_law(rule) for rule in law.all(BlockRule, TODAY)]
    themes = sorted(theme.key for theme in law.all(Theme, TODAY))
    for theme, channel in product(themes, ("letter", "social-networks")):
        for place in (None, "kursk-city"):
            yield block_of(blocks, theme, channel, place)
    deadlines, zone = law.all(Deadline, TODAY), ZoneInfo("Europe/Moscow")
    for theme, regime, significant in product(themes, Regime, (True, False)):
        known = Circumstances(regime, theme, significant)
        dues = due_dates(deadlines, ENTRIES, known, zone, OFFICIAL)
        yield governing(dues)


def answered(law: Rulebook) -> Iterator[object]:
    """Who supplies, appoints, adds blocks, which kind is meant in doubt, who answers for what."""
    yield from (duty_of(law.all(SupplyDuty, TODAY), kind) for kind in BodyKind)
    steps = law.all(AppointmentStep, TODAY)
    for role, block in product(sorted(r.key for r in law.all(Role, TODAY)), ("housing", "roads")):
        yield appointment_chain(steps, role, (block,))
    yield growth_chain(law.all(BlockStep, TODAY))
    yield in_doubt(law.all(IndicatorKind, TODAY))
    for charge in Charge:
        with pytest.raises(Refusal) as caught:
            require_answerable(law, charge, "nobody", TODAY)
        yield caught.value.clause


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", DEMO_REGIONS)
def test_shuffled_rules_decide_the_same(code: str, seed: int) -> None:
    law, other = law_of(code), law_of(code, Random(seed))
    for told in (routed, placed, answered):
        assert list(told(other)) == list(told(law)), told.__name__
    assert other.edition == law.edition


def test_the_shuffle_is_one() -> None:
    law, other = law_of("kursk"), law_of("kursk", Random(0))
    assert [rule.key for rule in law.all(Theme, TODAY)] != [
        rule.key for rule in other.all(Theme, TODAY)
    ]
    assert len(list(routed(law))) > 1000

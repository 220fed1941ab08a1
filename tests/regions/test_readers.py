"""Whose role lets read what citizens write: who handles a case, judges it or checks it (R52)."""

from __future__ import annotations

from datetime import date

import pytest

from core.appeals.rules.intake import Channel, Identification, Regime
from core.kernel.codes import Permission
from core.kernel.rules import Role
from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.rulebook import Rulebook
from core.region.opening import rulebook_of

DAY = date(2026, 3, 2)
HANDLING = frozenset(
    {
        Permission.ACCEPT,
        Permission.ANSWER,
        Permission.ROUTE,
        Permission.TRANSFER,
        Permission.PROLONG,
        Permission.JUDGE_DISPUTES,
    }
)
EVERYWHERE = frozenset(
    {
        "block-head", "block-responsible", "body-head", "body-official", "coordinator", "curator",
        "executor", "head", "municipal-curator", "municipal-head", "operator",
    }
)  # fmt: skip
WITHOUT_PERSONS = {
    "murmansk": set[str](),
    "kursk": {"media-responsible", "direction-head"},
    "mari_el": {"direction-head"},
    "chelyabinsk": {"competence-staff"},
}
BLOCK_STAFF = {"chelyabinsk": {"block-staff"}}
"""Clause 10 of Chelyabinsk's regulation: the daily work of a block is theirs."""


@pytest.fixture(scope="module")
def laws() -> dict[str, Rulebook]:
    settings = Settings(regions=DEMO_REGIONS)
    return {code: rulebook_of(code, settings) for code in DEMO_REGIONS}


@pytest.mark.parametrize("code", sorted(DEMO_REGIONS))
@pytest.mark.clause("fz59/6.2", "kursk.958/str.5", "kursk.958/str.7", "chelyabinsk.641/pol.10")
def test_who_reads_what_citizens_write(laws: dict[str, Rulebook], code: str) -> None:
    roles = laws[code].all(Role, DAY)
    reading = {role.key for role in roles if Permission.READ_APPEALS in role.permissions}
    content = {role.key for role in roles if Permission.READ_CONTENT in role.permissions}
    handling = {role.key for role in roles if role.permissions & HANDLING}
    assert content == EVERYWHERE | BLOCK_STAFF.get(code, set())
    assert reading - content == WITHOUT_PERSONS[code]
    assert handling <= content <= reading


@pytest.mark.parametrize("code", sorted(DEMO_REGIONS))
@pytest.mark.clause("fz59/4.1", "fz59/7.3")
def test_channels_with_acts_of_their_own_say_whether_they_were_read(
    laws: dict[str, Rulebook], code: str
) -> None:
    own = {c.key: c for c in laws[code].all(Channel, DAY) if c.regime_act is not None}
    assert set(own) == {"feedback-platform", *({"our-north"} if code == "murmansk" else ())}
    for channel in own.values():
        assert (channel.regime, channel.regime_act_read) == (Regime.APPEAL, None)
        assert "не прочитан, сомнение решается в пользу обращения" in channel.sentence()
        assert Identification.ESIA in channel.identifies


def test_a_channel_whose_act_was_read_says_when(laws: dict[str, Rulebook]) -> None:
    platform = laws["kursk"].get(Channel, "feedback-platform", DAY)
    read = Channel(
        "own", "Своя система", platform.kind, Regime.MESSAGE, clause=platform.clause,
        regime_act="акт о своей системе", regime_act_read=date(2026, 2, 3),
    )  # fmt: skip
    assert "режим по акту: акт о своей системе, прочитан 03.02.2026" in read.sentence()

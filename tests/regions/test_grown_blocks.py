"""A block that grew by decision: whoever asks which blocks there are is told of it, by its name."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest

from core.appeals.exchange.exports import export_to
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.indicators.accountability import accountable
from core.indicators.chain import propose
from core.indicators.model import Indicator
from core.indicators.rules.kinds import IndicatorKind, OwnerKind
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.law.periods import Periodicity, period_of
from core.structure.model import BlockProposal
from core.structure.rules.blocks import BlockKind
from core.workload.service import representation
from schema.web.app import create_app
from tests.conftest import OpenRegion
from tests.core.indicators.centre import Centre as Indicators
from tests.fixtures.actors import appoint
from tests.fixtures.centre import Centre, said
from tests.fixtures.clock import FrozenClock
from tests.regions.test_structure_blocks import CULTURE, WAYS, Way, decide, opened
from tests.regions.test_structure_blocks import propose as offer
from tests.schema.conftest import Api

ASKED = """
{ rulebook { blocks { key name } }
  appeals { nodes { externalId block { key name } } }
  appealCounts(by: [BLOCK]) { total group { key name } } }
"""
DECIDED = "{ blocks { key name clause { ref } } }"
FIRST_DAY = date(2026, 4, 1)
FEBRUARY = period_of(date(2026, 2, 1), Periodicity.MONTH)
FOUR = [pytest.param(way, id=way.code) for way in WAYS[:4]]
KINDS = {"kursk": (BlockKind.SECTOR,)}
"""Where not every kind of block may be added: those that may."""

ANSWERING = {"kursk", "chelyabinsk"}
"""Where the responsible of a block answers for its indicators himself."""


@pytest.mark.parametrize("kind", BlockKind)
@pytest.mark.parametrize("way", FOUR)
async def test_everybody_knows_it_by_name_from_its_first_day(
    open_test_region: OpenRegion,
    clock: FrozenClock,
    caplog: pytest.LogCaptureFixture,
    way: Way,
    kind: BlockKind,
) -> None:
    """By the region's own steps; a kind that may not be added is refused and nowhere to be seen."""
    centre = await opened(open_test_region, way.code)
    async with centre.region.work(system()) as work:
        await appoint(work, "coordinator", subject="demo-coordinator")
    new = replace(CULTURE, kind=kind)
    if kind not in KINDS.get(way.code, BlockKind):
        with pytest.raises(Refusal) as refused:
            await offer(centre, way.proposes, new)
        assert said(refused.value) == ("KIND_NOT_ALLOWED", way.steps[0][1])
        assert await centre.rows(BlockProposal) == 0
        assert await _told(centre) == _nothing([])
        return
    proposal = await offer(centre, way.proposes, new)
    for decision, _ in way.steps:
        row = await decide(centre, proposal, decision, FIRST_DAY)
    assert (row.state, row.since, row.until) == ("in_force", FIRST_DAY, None)
    clock.at(2026, 3, 31)
    await _take(centre, "early")
    assert await _told(centre) == _nothing(["early"])
    clock.at(2026, 4, 1)
    await _take(centre, "late")
    named = {"key": "culture", "name": "Культура"}
    assert await _told(centre) == {
        "rulebook": [named],
        "blocks": [{**named, "clause": {"ref": way.steps[-1][1]}}],
        "appeals": {"early": None, "late": named},
        "counts": {None: (None, 1), "culture": ("Культура", 1)},
        "export": {"early": "", "late": "culture"},
        "workload": [("culture", 1, 1)],
        "staffing in February": [],
        "owner": ["in-time"],
        "answers": ["Проверочный responsible"] if way.code in ANSWERING else [],
    }
    assert "a plan failed" not in caplog.text


def _nothing(taken: list[str]) -> dict[str, Any]:
    """What everybody says who has not heard of it."""
    return {
        "rulebook": [],
        "blocks": [],
        "appeals": dict.fromkeys(taken),
        "counts": {None: (None, len(taken))} if taken else {},
        "export": dict.fromkeys(taken, ""),
        "workload": [],
        "staffing in February": [],
        "owner": ["INVALID"],
        "answers": [],
    }


async def _take(centre: Centre, number: str) -> None:
    new = NewAppeal(channel="letter", external_id=number, text="Клуб закрыт.", theme="culture")
    async with centre.region.work(system()) as work:
        await take_in(work, new)
        if number == "late":
            await appoint(work, "block-responsible", blocks=["culture"], subject="responsible")


async def _told(centre: Centre) -> dict[str, Any]:
    """What each of those says today who ask which blocks there are."""
    async with _api(centre) as api:
        found = {**await api.data(ASKED, role="coordinator"), **await api.data(DECIDED)}
    file = io.StringIO(newline="")
    await export_to(centre.region, file)
    exported = csv.DictReader(io.StringIO(file.getvalue()))
    async with centre.region.reading(system()) as work:
        staff = [
            [(row.block, row.messages, row.staff) for row in await representation(work, period)]
            for period in (period_of(work.today, Periodicity.MONTH), FEBRUARY)
        ]
    owner, answers = await _owner(centre)
    return {
        "rulebook": [one for one in found["rulebook"]["blocks"] if one["key"] == "culture"],
        "blocks": [one for one in found["blocks"] if one["key"] == "culture"],
        "appeals": {one["externalId"]: one["block"] for one in found["appeals"]["nodes"]},
        "counts": {
            one["group"][0]["key"]: (one["group"][0]["name"], one["total"])
            for one in found["appealCounts"]
        },
        "export": {row["external_id"]: row["block"] for row in exported},
        "workload": [one for one in staff[0] if one[0] == "culture"],
        "staffing in February": [one for one in staff[1] if one[0] == "culture"],
        "owner": owner,
        "answers": answers,
    }


async def _owner(centre: Centre) -> tuple[list[str], list[str]]:
    """The indicator that the block owns, or why it may not; and who answers for it."""
    signing = Indicators(centre.region)
    new = signing.new("main", owner_kind=OwnerKind.BLOCK, owner="culture")
    kind = centre.region.rules.get(IndicatorKind, "main", FIRST_DAY)
    actor, document = signing.party(kind.chain[0].by)
    try:
        async with centre.region.work(actor) as work:
            indicator_id = (await propose(work, new, document)).id
    except Refusal as refusal:
        return [refusal.code], []
    async with centre.region.reading(system()) as work:
        indicator = await work.session.get_one(Indicator, indicator_id)
        held = await accountable(work, indicator, work.today)
    return [indicator.key], sorted({one.person.name for one in held if one.person})


@asynccontextmanager
async def _api(centre: Centre) -> AsyncIterator[Api]:
    app = create_app(centre.region.settings, [centre.region], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http,
    ):
        yield Api(centre.region, http)

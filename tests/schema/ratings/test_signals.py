"""Signals over HTTP and on the board: counts beside those of the peers, cases to be opened."""

from __future__ import annotations

import pytest

from core.kernel.access import system
from tests.core.ratings.rows import PERIOD, rated
from tests.core.ratings.signals.played import EACH, PLAYER, played
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, visiting
from tests.schema.board.test_duties import card
from tests.schema.conftest import Api

pytestmark = pytest.mark.bare_rows
ASKED = """query S($period: String!) { ratingSignals(period: $period) {
  signal subject hits of peerHits peerOf chance share flagged incentive what among
  cases { number } } }"""
HEAD = "Что бывает чаще, чем у прочих"


async def test_a_signal_has_its_counts_and_its_cases(api: Api, clock: FrozenClock) -> None:
    clock.at(2026, 6, 1)
    await played(api.region)
    found = (await api.data(ASKED, "curator", period=PERIOD))["ratingSignals"]
    assert {one["subject"] for one in found if one["signal"] != "HANDED_ON"} == {PLAYER}
    [given] = [one for one in found if one["signal"] == "HANDED_ON"]  # all that the player has
    assert (given["subject"], given["hits"], given["of"]) == ("agency", EACH, 7 * EACH)
    [one] = [one for one in found if one["signal"] == "INSTANT"]
    assert (one["hits"], one["of"], one["peerHits"], one["peerOf"]) == (EACH // 2, EACH, 0, 120)
    assert 0 < one["chance"] <= one["share"] <= 0.1
    assert one["flagged"]
    assert one["incentive"] == "закрывать формально ради срока"
    assert [case["number"] for case in one["cases"]] == [f"player-{n}" for n in range(0, EACH, 2)]


async def test_a_quarter_is_written_as_such(api: Api) -> None:
    refused = await api.error(ASKED, "curator", period="2026-13")
    assert refused["extensions"]["code"] == "INVALID"


async def test_the_board_shows_them_to_who_answers_for_the_region(
    api: Api, clock: FrozenClock
) -> None:
    clock.at(2026, 6, 1)
    await played(api.region)
    async with api.region.work(system()) as work:
        await rated(work, ministry=90, agency=40)
    async with visiting(api.region) as visitor:
        await _shown(visitor)


async def _shown(visitor: Visitor) -> None:
    await visitor.enter("curator")
    told = card((await visitor.get("ratings")).text, HEAD)
    assert "10 из 20" in told
    assert "0 из 120" in told
    assert 'href="/polygon/appeals/player-0"' in told
    assert "Это повод спросить, а не вывод" in told
    other = card((await visitor.get("ratings", signals="2025-Q4")).text, HEAD)
    assert "Ни один орган за этот квартал не выделяется." in other
    await visitor.enter("administrator")
    assert HEAD not in (await visitor.get("ratings")).text

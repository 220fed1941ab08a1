"""Terms beside the answer's and the region's own facts through the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from core.appeals import handover
from core.appeals.escalation.service import run_sweep
from core.appeals.model import LedgerEntry
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from schema.graphql.ids import encode_id
from schema.web.app import create_app
from tests.conftest import OpenRegion
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.fixtures.counts import counts
from tests.schema.conftest import Api

TERMS = """{ runningTerms { rule ordinal name running dueAt breachedAt clause { ref }
    appeal { number } } brokenTerms { rule breachedAt }
    warnings(on: "2026-03-02") { step term clause { ref } } }"""
RECORD = """mutation($input: OwnFactInput!) { recordFact(input: $input) {
    __typename ... on Appeal { state } ... on Refusal { code text clause { ref } } } }"""
STEPS = """query($id: ID!) { appeal(id: $id) { steps { mutation allowed code } } }"""
MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
async def api(open_test_region: OpenRegion, clock: FrozenClock) -> AsyncIterator[Api]:
    """The region of terms that others have, with one official of its ministry."""
    clock.moment = MORNING
    region = await open_test_region("tests.grounds.terms")
    async with region.work(system()) as work:
        query = select(Body.id).where(Body.key == "ministry")
        ministry = (await work.session.scalars(query)).one()
        await appoint(work, "body-official", body_id=ministry, subject="demo-body-official")
    app = create_app(region.settings, [region], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield Api(region, client)


async def rows(api: Api) -> list[int]:
    return await counts(api.region, LedgerEntry, JournalEntry)


async def recorded(api: Api, number: str, fact: str, **given: Any) -> Any:
    said = {"id": number, "fact": fact, **given}
    return (await api.data(RECORD, "body-official", input=said))["recordFact"]


async def allowed(api: Api, number: str) -> tuple[bool, str | None]:
    steps = (await api.data(STEPS, "body-official", id=number))["appeal"]["steps"]
    (found,) = (one for one in steps if one["mutation"] == "recordFact")
    return found["allowed"], found["code"]


@pytest.mark.clause("tsur.practice/lifecycle.own-fact", "tsur.practice/escalation.term")
async def test_a_draft_runs_is_recorded_and_no_longer_runs(api: Api, clock: FrozenClock) -> None:
    appeal = await api.take(channel="social", contact=None)
    number = encode_id(appeal)
    before = await rows(api)
    refused = await recorded(api, number, "draft")
    assert (refused["code"], refused["clause"]) == ("WRONG_STATE", {"ref": "terms.7/4"})
    assert (await rows(api), await allowed(api, number)) == (before, (False, "FORBIDDEN"))
    async with api.region.work(system()) as work:
        await handover.accept(work, appeal.id)
        await run_sweep(work, {})
    found = await api.data(TERMS, "body-official")
    assert found["runningTerms"] == [
        {
            "rule": "draft",
            "ordinal": 1,
            "name": "Проект",
            "running": True,
            "dueAt": "2026-03-03T06:45:00Z",
            "breachedAt": None,
            "clause": {"ref": "terms.7/4"},
            "appeal": {"number": appeal.number},
        }
    ]
    warned = {"step": "term", "term": "draft", "clause": {"ref": "tsur.practice/escalation.term"}}
    assert warned in found["warnings"]
    assert found["brokenTerms"] == []
    clock.forward(days=3)
    async with api.region.work(system()) as work:
        await run_sweep(work, {})
    broken = [{"rule": "draft", "breachedAt": "2026-03-03T06:45:00Z"}]
    assert (await api.data(TERMS, "body-official"))["brokenTerms"] == broken
    assert await allowed(api, number) == (True, None)
    assert (await recorded(api, number, "draft", reason="готов"))["state"] == "IN_WORK"
    found = await api.data(TERMS, "body-official")
    assert (found["runningTerms"], found["brokenTerms"]) == ([], broken)


@pytest.mark.parametrize(
    ("fact", "given", "code", "clause"),
    [
        ("unheard-of", {}, "NOT_PROVIDED", "tsur.practice/lifecycle.own-fact"),
        ("important", {}, "FORBIDDEN", "terms.7/1"),
        ("draft", {"expectedVersion": 7}, "STALE", None),
    ],
)
async def test_what_is_no_fact_of_this_case_is_refused_and_nothing_written(
    api: Api, fact: str, given: dict[str, Any], code: str, clause: str | None
) -> None:
    appeal = await api.take(channel="social", contact=None)
    before = await rows(api)
    refused = await recorded(api, encode_id(appeal), fact, **given)
    assert refused["code"] == code
    assert (refused["clause"] or {}).get("ref") == clause
    assert await rows(api) == before

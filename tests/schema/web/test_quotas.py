"""How often somebody may ask, and that the answer says what is left."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.tokens import demo_token
from schema.web.app import create_app
from schema.web.quotas import IN_PRODUCTION, Counted, Quotas

ME = {"query": "{ me { subject } }"}
PUBLIC = {"query": "{ passport { name } }"}
SURVEYS = {"query": "{" + " ".join(f'a{n}: survey(token: "x") {{ mark }}' for n in range(4)) + "}"}
TEXT = "Запросов слишком много: повторите через 3600 с."


@asynccontextmanager
async def serving(region: Region, address: str = "10.0.0.1", **changes: Any) -> AsyncIterator[Any]:
    """Asks with the token of a role, or without; gives status, body and headers."""
    settings = region.settings.model_copy(update=changes)
    app = create_app(settings, [replace(region, settings=settings)], jobs=False)
    transport = httpx.ASGITransport(app, client=(address, 1))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http,
    ):

        async def ask(body: Any, role: str | None = None, token: str = "") -> httpx.Response:
            given = demo_token(region, role) if role else token
            headers = {"Authorization": f"Bearer {given}"} if given else {}
            return await http.post("/polygon/graphql", json=body, headers=headers)

        ask.http = http  # type: ignore[attr-defined]
        yield ask


def told(response: httpx.Response) -> tuple[int, str, str]:
    headers = response.headers
    return response.status_code, headers["ratelimit-limit"], headers["ratelimit-remaining"]


async def test_an_actor_asks_so_often(polygon: Region) -> None:
    async with serving(polygon, rate_actor="2/hour") as ask:
        assert told(await ask(ME, "curator")) == (200, "2", "1")
        assert told(await ask({"query": "{ nothing }"}, "curator")) == (200, "2", "0")
        refused = await ask(ME, "curator")
        assert told(refused) == (429, "2", "0")
        seconds = int(refused.headers["retry-after"])
        assert seconds == int(refused.headers["ratelimit-reset"]) > 3_000
        (error,) = refused.json()["errors"]
        assert error["extensions"] == {"code": "TOO_OFTEN"}
        assert error["message"].startswith("Запросов слишком много: повторите через ")
        assert told(await ask(ME, "coordinator")) == (200, "2", "1")
        assert (await ask(PUBLIC)).status_code == 200


async def test_an_address_without_a_token_asks_so_often(polygon: Region) -> None:
    async with serving(polygon, rate_address="1/hour") as ask:
        assert told(await ask(PUBLIC)) == (200, "1", "0")
        assert told(await ask(PUBLIC)) == (429, "1", "0")
        assert (await ask(ME, "curator")).status_code == 200


async def test_wrong_tokens_are_counted_and_good_ones_are_not(polygon: Region) -> None:
    async with serving(polygon, rate_logins="2/hour") as ask:
        statuses = [(await ask(ME, token="a.b.c")).status_code for _ in range(4)]
        assert statuses == [401, 401, 429, 429]
        assert (await ask(ME, "curator")).status_code == 200


async def test_links_are_counted_one_by_one(polygon: Region) -> None:
    async with serving(polygon, rate_links="3/hour") as ask:
        answer = await ask(SURVEYS)
        assert answer.status_code == 429
        codes = [error["extensions"]["code"] for error in answer.json()["errors"]]
        assert sorted(codes) == ["LINK_INVALID"] * 3 + ["TOO_OFTEN"]
        for path in ("/polygon/s/anything", "/polygon/c/anything.ics"):
            page = await ask.http.get(path)
            assert (page.status_code, page.headers["ratelimit-remaining"]) == (429, "0")
            assert page.text.startswith("Запросов слишком много")
        assert (await ask(PUBLIC)).status_code == 200


async def test_one_link_is_opened_so_often(polygon: Region) -> None:
    async with serving(polygon, rate_actor="2/hour") as ask:
        statuses = [(await ask.http.get("/polygon/s/one")).status_code for _ in range(3)]
        assert statuses == [404, 404, 429]
        assert (await ask.http.get("/polygon/s/other")).status_code == 404


async def test_nothing_is_counted_but_in_production(polygon: Region) -> None:
    async with serving(polygon) as ask:
        assert "ratelimit-limit" not in (await ask(ME, "curator")).headers
    quotas = Quotas(Settings(production=True))
    for counted, rate in IN_PRODUCTION.items():
        quota = await quotas.take(counted, "polygon", "somebody")
        assert quota is not None
        assert f"{quota.limit}/minute" == rate
    assert (
        await Quotas(Settings(production=True, rate_actor="off")).take(
            Counted.ACTOR, "polygon", "somebody"
        )
        is None
    )


async def test_the_process_counts_while_redis_is_away(
    polygon: Region, caplog: pytest.LogCaptureFixture
) -> None:
    away = "redis://127.0.0.1:1"
    quotas = Quotas(Settings(rate_actor="1/hour", broker_url=away))
    found = [await quotas.take(Counted.ACTOR, "polygon", "a") for _ in range(2)]
    await quotas.close()
    assert [quota.over for quota in found if quota] == [False, True]
    assert [record.getMessage() for record in caplog.records] == [
        "quotas are counted in the process: StorageError"
    ]


async def test_nobody_waits_for_a_redis_that_hangs_but_who_asks_whether_it_is_back() -> None:
    class Hanging:
        tried = 0

        async def hit(self, *_: object) -> bool:
            self.tried += 1
            raise TimeoutError

    quotas, hanging = Quotas(Settings(rate_actor="9/hour", broker_url="redis://h")), Hanging()
    quotas._counters[0] = hanging
    for tried in (1, 2):
        for _ in range(3):
            assert await quotas.take(Counted.ACTOR, "polygon", "a") is not None
        assert hanging.tried == tried
        quotas._away_until = 0.1  # long ago


async def test_processes_count_together_in_redis() -> None:
    broker = os.environ.get("TSUR_TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
    prefix = f"test-{uuid.uuid4().hex}"
    chosen = Settings(rate_actor="2/minute", broker_url=broker, queue_prefix=prefix)
    processes = [Quotas(chosen), Quotas(chosen)]
    there = await processes[0]._counters[0].storage.check()
    found = [await processes[n % 2].take(Counted.ACTOR, "polygon", "a") for n in range(3)]
    for process in processes:
        await process.close()
    if not there:
        pytest.skip("no Redis here")
    assert [quota.over for quota in found if quota] == [False, False, True]


async def test_the_cost_is_told(polygon: Region) -> None:
    async with serving(polygon, max_cost=100) as ask:
        planned = await ask({"query": "{ bodies(first: 3) { nodes { key name } } }"}, "curator")
        assert planned.json()["extensions"] == {"cost": {"requested": 10, "limit": 100}}
        varying = {"query": "query($n: Int) { bodies(first: $n) { nodes { key } } }"}
        answer = await ask({**varying, "variables": {"n": 7}}, "curator")
        assert answer.json()["extensions"]["cost"]["requested"] == 15
        error = await ask({**varying, "variables": {"n": 70}}, "curator")
        assert error.json()["errors"][0]["extensions"] == {"code": "TOO_MUCH"}
        assert "extensions" not in error.json()
        resolved = await ask({"query": "mutation { retryJob(input: {id: 1}) { __typename } }"})
        assert resolved.json()["extensions"]["cost"] == {"requested": 2, "limit": 100}

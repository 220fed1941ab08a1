"""The guide to the API: each query is sent as it stands, and answered as it says."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.directory.seed import load_directory
from core.kernel.access import system
from core.kernel.region import Region
from core.region.tokens import demo_token
from schema.web.app import create_app
from tests.docs.guide import BLOCK, DOCS
from tests.fixtures.actors import appoint
from tests.fixtures.classifiers import classify

GUIDE = DOCS / "api.md"
FENCED = re.compile(r"^```", re.MULTILINE)
ROLES = ("curator", "coordinator", "channel-adapter")
PUBLIC, OTHERS = "public", "…"


def exchanges(text: str) -> list[tuple[str, str, str]]:
    """Who asks, what is asked and what the guide says that comes back."""
    blocks = BLOCK.findall(text)
    assert len(FENCED.findall(text)) == 2 * len(blocks)
    asked, answered = blocks[::2], blocks[1::2]
    assert {language for language, _, _ in asked} == {"graphql"}
    assert {(language, name) for language, name, _ in answered} == {("json", "")}
    pairs = zip(asked, answered, strict=True)
    return [(role, query, answer) for (_, role, query), (_, _, answer) in pairs]


@pytest.fixture
async def client(kursk: Region, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    await classify(kursk, tmp_path / "annex.csv")
    async with kursk.work(system()) as work:
        for path in kursk.directories:
            await load_directory(work, path)
        for role in ROLES:
            await appoint(work, role, subject=f"demo-{role}")
        query = select(Body.id).where(Body.key == "committee-transport-roads")
        body = (await work.session.scalars(query)).one()
        await appoint(work, "body-official", body_id=body, subject="demo-body-official")
    app = create_app(kursk.settings, [kursk], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        yield client


async def answer(client: httpx.AsyncClient, kursk: Region, role: str, query: str) -> Any:
    token = {} if role == PUBLIC else {"Authorization": f"Bearer {demo_token(kursk, role)}"}
    sent = await client.post("/kursk/graphql", json={"query": query}, headers=token)
    content = sent.json()
    content.pop("extensions", None)  # what it cost, which the guide tells apart
    return content


def agrees(said: Any, got: Any) -> bool:
    """Whether an answer is as it is said; a list that ends with `…` has these among others."""
    if isinstance(said, dict) and isinstance(got, dict):
        return said.keys() == got.keys() and all(agrees(said[key], got[key]) for key in said)
    if isinstance(said, list) and said[-1:] == [OTHERS]:
        return isinstance(got, list) and all(one in got for one in said[:-1])
    return bool(said == got)


async def test_every_query_is_answered_as_the_guide_says(
    client: httpx.AsyncClient, kursk: Region
) -> None:
    for role, query, said in exchanges(GUIDE.read_text("utf-8")):
        got = await answer(client, kursk, role, query)
        assert agrees(json.loads(said), got), (query, got)

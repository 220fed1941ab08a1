"""Rows read together: in one statement, and for each who waits."""

from __future__ import annotations

import asyncio

import pytest

from core.kernel.access import system
from core.kernel.region import Region
from schema.appeals.loaders import ENTRIES
from schema.directory.loaders import BODIES_BY_KEY
from schema.graphql.loaders import Loaders
from tests.fixtures.statements import queries


async def test_many_questions_are_one_statement(polygon: Region) -> None:
    loaders = Loaders(polygon.database, system())
    with queries(1):
        found = await asyncio.gather(
            *(loaders.load(BODIES_BY_KEY, key) for key in ("office", "ministry", "nobody"))
        )
    assert [body and body.name for body in found] == ["Управление", "Министерство полигона", None]


async def test_nothing_is_asked_about_nothing(polygon: Region) -> None:
    loaders = Loaders(polygon.database, system())
    with queries(0):
        assert await loaders.load(BODIES_BY_KEY, None) is None
        assert await loaders.load(ENTRIES, None) == []


async def test_who_gives_up_takes_nothing_from_others(polygon: Region) -> None:
    """An error under one field cancels what is beside it; another field waits for the same row."""
    loaders = Loaders(polygon.database, system())
    first = asyncio.ensure_future(loaders.load(BODIES_BY_KEY, "office"))
    second = asyncio.ensure_future(loaders.load(BODIES_BY_KEY, "office"))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).name == "Управление"
    with pytest.raises(asyncio.CancelledError):
        await first

"""Statements on the driver itself, and queries compiled to their text once for each shape."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from core.appeals.queries import AppealFilter
from core.appeals.rules.lifecycle import State
from core.db.database import UtcDateTime
from core.db.keyset import Order
from core.db.statements import Slot, among, compiled, key_list, part, slotted
from core.directory.model import Body
from core.kernel.access import Scope
from core.kernel.queue import QueuedJob
from core.kernel.region import Region

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_shape_holds_codes_and_lengths_and_atoms_the_rest() -> None:
    atoms: list[object] = []
    one = AppealFilter(states=[State.CLOSED], blocks=["roads", "housing"], due_before=NOON)
    other = AppealFilter(states=[State.CLOSED], blocks=["a", "b"], due_before=NOON)
    shorter = AppealFilter(states=[State.CLOSED], blocks=["a"], due_before=NOON)
    shape = part(one, atoms)
    assert atoms == ["roads", "housing", NOON]
    assert shape == part(other, []) != part(shorter, [])
    assert part(AppealFilter(states=[State.QUEUED]), []) != part(AppealFilter(), [])
    assert part(AppealFilter(overdue=True), []) != part(AppealFilter(overdue=False), [])


def test_slots_stand_where_the_atoms_were() -> None:
    wanted = AppealFilter(states=[State.CLOSED], blocks=["roads", "housing"], due_before=NOON)
    found: Any = slotted(wanted, iter(range(5, 99)))
    assert found.blocks == (Slot(5), Slot(6))
    assert (found.due_before, found.states, found.outcomes) == (Slot(7), (State.CLOSED,), ())


def test_an_empty_limit_is_not_no_limit() -> None:
    assert part(Scope(), []) != part(Scope(blocks=frozenset()), [])
    atoms: list[object] = []
    part(Scope(bodies=frozenset({7, 3})), atoms)
    assert atoms == [3, 7]


async def test_one_text_for_many_values(polygon: Region) -> None:
    dialect, reader = polygon.database.dialect, polygon.database.reader
    query = select(Body.name).where(Body.key == Slot(0))
    statement = compiled(query, dialect)
    found = [await reader.fetch(statement.text, statement.values([k])) for k in ("office", "no")]
    assert [[tuple(row) for row in rows] for rows in found] == [[("Управление",)], []]


async def test_rows_of_many_keys(polygon: Region) -> None:
    dialect, reader = polygon.database.dialect, polygon.database.reader
    query = select(Body.key).where(among(Body.key, Slot(0), dialect)).order_by(*BY_KEY.columns)
    statement = compiled(query, dialect)
    keys = key_list(["office", "ministry", "ни'что"], dialect)
    rows = await reader.fetch(statement.text, statement.values([keys]))
    assert [tuple(row) for row in rows] == [("ministry",), ("office",)]


BY_KEY = Order((Body.key,))


async def test_moments_are_bound_as_the_column_keeps_them(polygon: Region) -> None:
    assert isinstance(QueuedJob.run_at.type, UtcDateTime)
    async with polygon.database.writing() as session:
        for hours in (0, 2):
            at = NOON + timedelta(hours=hours)
            session.add(QueuedJob(name="x", payload={}, state="waiting", queued_at=at, run_at=at))
    query = select(QueuedJob.id).where(QueuedJob.run_at < Slot(0))
    statement = compiled(query, polygon.database.dialect)
    rows = await polygon.database.reader.fetch(
        statement.text, statement.values([NOON + timedelta(hours=1)])
    )
    assert len(rows) == 1


async def test_it_only_reads(polygon: Region) -> None:
    with pytest.raises(Exception, match=r"read.?only"):
        await polygon.database.reader.fetch("DELETE FROM body", [])


async def test_no_statement_is_compiled_to_machine_code(polygon: Region) -> None:
    if polygon.database.is_sqlite:
        pytest.skip("SQLite has no machine code to compile to")
    async with polygon.database.writing() as session, polygon.database.connecting() as connection:
        said = [
            await session.scalar(text("SHOW jit")),
            await connection.scalar(text("SHOW jit")),
            (await polygon.database.reader.fetch("SHOW jit", []))[0][0],
        ]
    assert said == ["off", "off", "off"]


async def test_a_session_begins_on_a_connection_that_stands(
    polygon: Region,
) -> None:
    if polygon.database.is_sqlite:
        pytest.skip("a file does not restart")
    async with polygon.database.reading() as session:
        process = await session.scalar(text("SELECT pg_backend_pid()"))
    killed = f"SELECT pg_terminate_backend({process}, 10000)"
    assert (await polygon.database.reader.fetch(killed, []))[0][0]
    async with polygon.database.reading() as session:
        assert await session.scalar(text("SELECT pg_backend_pid()")) != process


async def test_a_server_that_restarts_is_asked_again(polygon: Region) -> None:
    if polygon.database.is_sqlite:
        pytest.skip("a file does not restart")
    reader = polygon.database.reader
    sleep = "SELECT pg_backend_pid(), pg_sleep(0.1)"
    before = {row[0] for (row,) in await asyncio.gather(*(reader.fetch(sleep, ()) for _ in "ab"))}
    assert len(before) == 2
    async with polygon.database.writing() as session:
        for process in before:
            await session.execute(text(f"SELECT pg_terminate_backend({process}, 10000)"))
    await asyncio.sleep(0.1)  # until the loop has read that they are gone
    after = [await reader.fetch("SELECT pg_backend_pid()", ()) for _ in "ab"]
    assert not before & {row[0] for (row,) in after}


async def test_more_questions_than_connections(polygon: Region) -> None:
    reader = polygon.database.reader
    fetched = await asyncio.gather(*(reader.fetch("SELECT 1", []) for _ in range(50)))
    assert {tuple(rows[0]) for rows in fetched} == {(1,)}


async def test_a_question_given_up_leaves_the_reader_whole(polygon: Region) -> None:
    reader = polygon.database.reader
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "
        "SELECT count(*) FROM n"
    )
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await reader.fetch(endless, [])
    assert [tuple(row) for row in await reader.fetch("SELECT 2", [])] == [(2,)]

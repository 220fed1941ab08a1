"""Lists of what is overdue, and the sweep, are read off an index, whatever else is in the table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select, select

from core.appeals.model import IS_ASSIGNED, Appeal
from core.appeals.queries import AppealFilter, matching
from core.appeals.rules.lifecycle import State
from core.db.keyset import Order, positioned
from core.db.statements import compiled
from core.kernel.region import Region

SOONEST = Order((Appeal.due_at, Appeal.id))
IN_HAND = (State.ASSIGNED, State.IN_WORK)


async def plan(region: Region, query: Select[Any], *, without: str | None = None) -> str:
    """How the database would read it, had it not this other index; nothing is kept.

    PostgreSQL is told to use an index, where it would read a table as small as this one whole.
    """
    database = region.database
    statement = compiled(query, database.dialect)
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    ways = () if database.is_sqlite else ("seqscan", "bitmapscan", "sort")
    async with database.connecting() as connection:
        for way in ways:
            await connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        if without is not None:
            await connection.exec_driver_sql(f"DROP INDEX {without}")
        asked = (f"{explain} {statement.text}", tuple(statement.values([])))
        rows = (await connection.exec_driver_sql(*asked)).all()
        await connection.rollback()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (AppealFilter(overdue=True, states=IN_HAND), "ix_appeal_live"),
        (AppealFilter(overdue=True), "ix_appeal_late"),
        (AppealFilter(overdue=True, blocks=["roads"]), "ix_appeal_late_block"),
        (AppealFilter(overdue=True, municipalities=["city"]), "ix_appeal_late_municipality"),
        (AppealFilter(overdue=True, bodies=[1]), "ix_appeal_late_body"),
    ],
)
async def test_the_overdue_are_a_range_of_an_index(
    polygon: Region, wanted: AppealFilter, index: str
) -> None:
    fitting = matching(wanted, polygon.now(), polygon.database.dialect.name)
    query = positioned(select(Appeal.id).where(fitting), SOONEST, limit=50)
    other = "ix_appeal_late" if index == "ix_appeal_live" else None  # serves too, but is larger
    found = await plan(polygon, query, without=other)
    assert f" {index} " in f"{found} "
    assert "sort" not in found.lower()


async def test_the_cases_of_clusters_are_found_by_an_index(polygon: Region) -> None:
    found = await plan(polygon, select(Appeal.id).where(Appeal.cluster_id.in_([1, 2, 3])))
    assert " ix_appeal_cluster_id " in found


async def test_what_nobody_accepted_is_a_range_of_an_index(polygon: Region) -> None:
    long_ago = polygon.now() - timedelta(days=2)
    query = select(Appeal.id).where(IS_ASSIGNED, Appeal.held_since < long_ago)
    found = await plan(polygon, query.order_by(Appeal.held_since, Appeal.id))
    assert " ix_appeal_assigned " in found
    assert "sort" not in found.lower()

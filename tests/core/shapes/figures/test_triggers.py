"""What is declared of a counted subject is what stands in a migrated database, word for word."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.figures import SUBJECTS
from core.region.migrate import check
from core.shapes.figures.triggers import VERBS, differing, statements

ANOTHER = {
    "sqlite": "CREATE TRIGGER {0} AFTER {1} ON {2} BEGIN SELECT 1; END",
    "postgresql": "CREATE TRIGGER {0} AFTER {1} ON {2} FOR EACH STATEMENT"
    " EXECUTE FUNCTION {2}_rollup_delete()",
}
EXPECTED = sorted(f"{one.table.name}_rollup_{verb}" for one in SUBJECTS for verb in VERBS)


async def changed(region: Region, *statements: str) -> None:
    async with region.work(system()) as work:
        for statement in statements:
            await work.session.execute(text(statement))


async def told(region: Region) -> list[str]:
    async with region.database.connecting() as connection:
        return await connection.run_sync(lambda sync: differing(sync, SUBJECTS))


def dropping(region: Region, name: str) -> str:
    table = name.partition("_rollup_")[0]
    return f"DROP TRIGGER {name}" + ("" if region.database.is_sqlite else f" ON {table}")


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_every_subject_has_its_triggers(dialect: str) -> None:
    assert sorted(name for one in SUBJECTS for name in statements(one, dialect)) == EXPECTED


async def test_migrations_leave_what_is_declared(polygon: Region) -> None:
    assert await told(polygon) == []


@pytest.mark.parametrize("name", EXPECTED)
async def test_a_trigger_that_is_gone_or_another_is_named(polygon: Region, name: str) -> None:
    table, _, verb = name.partition("_rollup_")
    dialect = polygon.database.dialect.name
    await changed(polygon, dropping(polygon, name))
    assert await told(polygon) == [name]
    with pytest.raises(Refusal, match=f"не те, что объявлены: {name}$") as refused:
        await check(polygon)
    assert refused.value.code is RefusalCode.INVALID
    await changed(polygon, ANOTHER[dialect].format(name, verb.upper(), table))
    assert await told(polygon) == [name]
    for one in SUBJECTS:
        made = statements(one, dialect).get(name, ())
        await changed(polygon, *([dropping(polygon, name)] if made else []), *made)
    assert await told(polygon) == []
    await check(polygon)


async def test_a_trigger_that_serves_no_subject_is_named(polygon: Region) -> None:
    dialect = polygon.database.dialect.name
    another = ANOTHER[dialect].replace("{2}_rollup", "appeal_rollup")
    await changed(polygon, another.format("body_rollup_insert", "INSERT", "body"))
    assert await told(polygon) == ["body_rollup_insert"]


async def test_a_trigger_that_is_switched_off_is_named(polygon: Region) -> None:
    if polygon.database.is_sqlite:
        pytest.skip("SQLite cannot switch a trigger off")
    await changed(polygon, "ALTER TABLE appeal DISABLE TRIGGER appeal_rollup_update")
    assert await told(polygon) == ["appeal_rollup_update"]

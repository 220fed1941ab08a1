"""Changes that an owner of the database makes by SQL, past every trigger, and takes back."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import JSON, Boolean, Date, Integer, LargeBinary, Table, UniqueConstraint, text
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.bulk import table_of
from core.db.database import UtcDateTime
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.sealing.kinds import Kind
from core.region.sealing.proof import Findings
from core.region.sealing.verify import verify_journal

SQLITE = "TSUR_TEST_DATABASE_URL" not in os.environ
Verify = Callable[[Work], Awaitable[Findings]]


@dataclass(frozen=True)
class Change:
    """Statements, and the rows that must be named, whatever else is."""

    statements: Sequence[str]
    named: frozenset[str]


async def changed(region: Region, change: Change, verify: Verify = verify_journal) -> Findings:
    """What the verification says of the change, which is then undone."""
    async with region.database.writing() as session, session.begin_nested() as undone:
        await past_every_trigger(session, region)
        for statement in change.statements:
            await session.execute(text(statement))
        found = await verify(region._work(session, system()))
        await undone.rollback()
    return found


async def past_every_trigger(session: AsyncSession, region: Region) -> None:
    if not region.database.is_sqlite:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        return
    await session.execute(text("PRAGMA defer_foreign_keys = ON"))
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for name in (await session.scalars(text(query))).all():
        await session.execute(text(f"DROP TRIGGER {name}"))


def edits(kind: Kind, row_id: int) -> Iterator[tuple[str, Change]]:
    """Another value in every column of the row, one after another."""
    for what, statement in edited(table_of(kind.model), row_id):
        yield what, Change([statement], frozenset({f"{kind.name}:{row_id}"}))


def edited(table: Table, row_id: int) -> Iterator[tuple[str, str]]:
    """The same as statements, with the columns' names; the id alone is left."""
    for column in table.columns:
        if column.name != "id":
            value = _other(table, column.name)
            said = f'UPDATE {table.name} SET "{column.name}" = {value} WHERE id = {row_id}'
            yield f"{table.name}.{column.name}", said


def moves(kind: Kind, first: int, second: int, last: int) -> Iterator[tuple[str, Change]]:
    """Deleting, inserting, swapping and cutting off; `last` is the highest id."""
    name, table = kind.name, table_of(kind.model)
    own = [column.name for column in table.columns if column.name != "id"]
    listed = ", ".join(f'"{one}"' for one in own)
    both = frozenset({f"{name}:{first}", f"{name}:{second}"})
    yield (
        f"{name} deleted",
        Change([f"DELETE FROM {name} WHERE id = {first}"], frozenset({f"{name}:{first}"})),
    )
    yield (
        f"{name} swapped",
        Change(
            [
                f"UPDATE {name} SET id = -1 WHERE id = {first}",
                f"UPDATE {name} SET id = {first} WHERE id = {second}",
                f"UPDATE {name} SET id = {second} WHERE id = -1",
            ],
            both,
        ),
    )
    yield (
        f"{name} cut off",
        Change([f"DELETE FROM {name} WHERE id = {last}"], frozenset({f"{name}:{last}"})),
    )
    for how, seal in (("copied", "seal"), ("bare", "NULL")):
        said = ", ".join(_copied(table, one, seal) for one in own)
        insert = f"INSERT INTO {name} (id, {listed}) SELECT {last + 1}, {said} FROM {name}"
        yield (
            f"{name} inserted {how}",
            Change([f"{insert} WHERE id = {first}"], frozenset({f"{name}:{last + 1}"})),
        )


def _copied(table: Table, name: str, seal: str) -> str:
    """A column as it stands in a copy of its row: what may stand but once is another."""
    if name == "seal":
        return seal
    rules = (one for one in table.constraints if isinstance(one, UniqueConstraint))
    last = {[*one.columns][-1].name for one in rules}
    alone = name in last or table.c[name].unique
    return _other(table, name) if alone else f'"{name}"'


def _other(table: Table, name: str) -> str:
    """A value that is not the column's, in SQL of both databases."""
    column, name = table.c[name], f'"{name}"'
    if isinstance(column.type, LargeBinary):
        some = "X'01'" if SQLITE else r"'\x01'::bytea"
        return f"CASE WHEN {name} IS NULL THEN {some} END" if column.nullable else some
    if isinstance(column.type, JSON):
        return """'{"x": 1}'"""
    if isinstance(column.type, Boolean):
        return f"NOT coalesce({name}, false)"
    if isinstance(column.type, UtcDateTime):
        return "'2001-02-03 04:05:06.000000'"
    if isinstance(column.type, Date):
        return "'2001-02-03'"
    if isinstance(column.type, Integer):
        return f"coalesce({name}, 0) + 50"
    return f"'~' || substr(coalesce({name}, ''), 2)"

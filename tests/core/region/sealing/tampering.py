"""Changes that an owner of the database makes by SQL, past every trigger, and takes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import JSON, Boolean, Date, Integer, Table, text
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.bulk import table_of
from core.db.database import UtcDateTime
from core.kernel.access import system
from core.kernel.region import Region
from core.region.sealing.kinds import KINDS, Kind
from core.region.sealing.proof import Findings
from core.region.sealing.verify import verify_journal


@dataclass(frozen=True)
class Change:
    """Statements, and the rows that must be named, whatever else is."""

    statements: Sequence[str]
    named: frozenset[str]


async def changed(region: Region, change: Change) -> Findings:
    """What the verification says of the change, which is then undone."""
    async with region.database.writing() as session, session.begin_nested() as undone:
        await past_every_trigger(session, region)
        for statement in change.statements:
            await session.execute(text(statement))
        found = await verify_journal(region._work(session, system()))
        await undone.rollback()
    return found


async def past_every_trigger(session: AsyncSession, region: Region) -> None:
    if not region.database.is_sqlite:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        return
    await session.execute(text("PRAGMA defer_foreign_keys = ON"))
    tables = "', '".join([*KINDS, "seal_leaf", "seal_head", "seal_node"])
    query = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('{tables}')"
    for name in (await session.scalars(text(query))).all():
        await session.execute(text(f"DROP TRIGGER {name}"))


def edits(kind: Kind, row_id: int) -> Iterator[tuple[str, Change]]:
    """Another value in every column of the row, one after another."""
    table = table_of(kind.model)
    for column in (*kind.form.columns, "seal", "salts"):
        statement = f"UPDATE {kind.name} SET {column} = {_other(table, column)} WHERE id = {row_id}"
        yield f"{kind.name}.{column}", Change([statement], frozenset({f"{kind.name}:{row_id}"}))


def moves(kind: Kind, first: int, second: int, last: int) -> Iterator[tuple[str, Change]]:
    """Deleting, inserting, swapping and cutting off; `last` is the highest id."""
    name, table = kind.name, table_of(kind.model)
    own = [column.name for column in table.columns if column.name != "id"]
    listed = ", ".join(own)
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
        said = listed.replace("seal", seal).replace("seq", "seq + 90")
        insert = f"INSERT INTO {name} (id, {listed}) SELECT {last + 1}, {said} FROM {name}"
        yield (
            f"{name} inserted {how}",
            Change([f"{insert} WHERE id = {first}"], frozenset({f"{name}:{last + 1}"})),
        )


def _other(table: Table, name: str) -> str:
    """A value that is not the column's, in SQL of both databases."""
    column = table.c[name]
    if name in ("seal", "salts"):
        return "NULL"
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

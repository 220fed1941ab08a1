"""The number of compatibility: written with every step of the tables, asked by older programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, inspect, select

from core.db.bulk import table_of
from core.region.compatibility.model import Compatibility


def note_numbers(connection: Connection, numbers: Mapping[str, int]) -> None:
    """Write the numbers of these branches, where the table is there already."""
    table = table_of(Compatibility)
    if inspect(connection).has_table(table.name):
        connection.execute(delete(table).where(table.c.branch.in_(numbers)))
        rows = [{"branch": branch, "number": number} for branch, number in numbers.items()]
        connection.execute(insert(table), rows)


def serves(connection: Connection, known: Mapping[str, int], branches: Iterable[str]) -> bool:
    """Whether a program that knows so many breaking steps of these branches can work here."""
    table = table_of(Compatibility)
    if not inspect(connection).has_table(table.name):
        return False
    rows = connection.execute(select(table.c.branch, table.c.number)).all()
    stored = {row.branch: row.number for row in rows}
    return all(stored.get(branch, known[branch] + 1) <= known[branch] for branch in branches)

"""Whether the keys at hand are those of the database, before anything is read or sealed by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    LargeBinary,
    TableClause,
    column,
    inspect,
    select,
    table,
)
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.database import Database
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keyring import KeyPlace, KeyRing, data_mark, keys_missing, signing_mark
from core.kernel.keys import BadSignature, Keys
from core.kernel.region import Region
from core.kernel.settings import RegionSettings
from core.kernel.work import Work
from core.region.keyring.model import KeyKind, KeyMark
from core.region.keyring.vault_mark import require_vault, settle_vault

SEALED = "sealed"
"""How columns of bytes begin, of any table, that hold what is sealed by the data key."""

APPLICANTS = "applicant"


def key_place(region: Region) -> KeyPlace:
    """Where the region's keys lie."""
    return KeyPlace(RegionSettings.of(region.code), region.settings.data_dir / region.code)


def marks_of(ring: KeyRing) -> Iterator[tuple[KeyKind, str]]:
    """What the keys are remembered by, the one in use first of its kind."""
    yield from ((KeyKind.DATA, data_mark(key)) for key in ring.data)
    yield from ((KeyKind.SIGNING, signing_mark(key)) for key in ring.signing)


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """Where sealed values stand: `rows` is the table by its key, `value` the column."""

    rows: TableClause
    value: ColumnClause[bytes]


async def sealed_columns(session: AsyncSession) -> list[SealedColumn]:
    """Everything that is sealed, in tables of layers that are switched off too.

    The database is asked and not the models: no command has read all of them.
    """
    connection = await session.connection()
    found = await connection.run_sync(_with_sealed)
    columns = [
        (table(name, column("id"), column(value, LargeBinary)), value) for name, value in found
    ]
    return [SealedColumn(rows, rows.c[value]) for rows, value in columns]


def _with_sealed(connection: Connection) -> list[tuple[str, str]]:
    tables = inspect(connection).get_multi_columns()
    return sorted(
        (name, one["name"])
        for (_, name), columns in tables.items()
        for one in columns
        if one["name"].startswith(SEALED) and isinstance(one["type"], LargeBinary)
    )


async def require_own(work: Work) -> list[KeyMark]:
    """The keys that the database knows; Refusal(INVALID) where it has others than those at hand.

    A database that remembers none yet shows by a sealed row whether they are its own.
    """
    known = await remembered(work.session)
    if not known:
        await _require_fitting(work)
    _require_all(work.region, known, dict.fromkeys(marks_of(work.keys.ring)))
    await require_vault(work)
    return known


async def settle(work: Work) -> None:
    """Remember the keys at hand and their store; refuse as `require_own` does."""
    known = await require_own(work)
    await settle_vault(work)
    standing = {(row.kind, row.mark) for row in known}
    for kind, mark in marks_of(work.keys.ring):
        if (kind, mark) not in standing:
            first = None if known else work.now
            row = KeyMark(kind=kind, mark=mark, met_at=work.now, settled_at=first)
            work.session.add(row)
            await work.session.flush()


async def remembered(session: AsyncSession) -> list[KeyMark]:
    """The keys that the database has met, the oldest first; no store of keys is among them."""
    query = select(KeyMark).where(KeyMark.kind != KeyKind.VAULT).order_by(KeyMark.id)
    return list(await session.scalars(query))


async def require_makeable(place: KeyPlace, database: Database) -> None:
    """Refuse INVALID to make keys for a database that has had some: they must come back."""
    if place.missing and await _used(database):
        raise keys_missing(place.folder.name, place.missing)


async def _used(database: Database) -> bool:
    """Whether the database remembers keys or keeps anything sealed."""
    if not database.is_there:
        return False
    async with database.connecting() as connection:
        names = await connection.run_sync(lambda known: set(inspect(known).get_table_names()))
        for name in {KeyMark.__tablename__, APPLICANTS} & names:
            first = await connection.exec_driver_sql(f"SELECT id FROM {name} LIMIT 1")
            if first.first() is not None:
                return True
    return False


async def _require_fitting(work: Work) -> None:
    for sealed in await sealed_columns(work.session):
        query = select(sealed.value).where(sealed.value.is_not(None)).limit(1)
        found = await work.session.scalar(query)
        if found is not None and not opens(work.keys, found):
            raise _foreign(work.region, [KeyKind.DATA])


def opens(keys: Keys, sealed: bytes) -> bool:
    """Whether the keys open what is sealed."""
    try:
        keys.unseal_bytes(sealed)
    except BadSignature:
        return False
    return True


def _require_all(code: str, known: Iterable[KeyMark], held: dict[Any, None]) -> None:
    """Every key that is still needed is at hand."""
    wanted = [row for row in known if row.retired_at is None]
    lacking = [KeyKind(row.kind) for row in wanted if (row.kind, row.mark) not in held]
    if lacking:
        raise _foreign(code, lacking)


def _foreign(code: str, kinds: Iterable[KeyKind]) -> Refusal:
    named = " и ".join(dict.fromkeys(kind.label for kind in kinds))
    text = (
        f"Ключи не от базы региона «{code}»: не подходит {named}. Верните прежний ключ из копии; "
        f"новый ставят первым, оставив прежний за ним"
    )
    return Refusal(RefusalCode.INVALID, text)

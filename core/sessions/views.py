"""Saved views: addresses of lists that somebody comes back to, sealed, for this person alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Dialect, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from core.db.snapshot import Reads
from core.db.statements import DIALECTS, Slot, Statement, compiled
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.texts import filled, readable
from core.sessions.model import SavedView

MOST, LONGEST_NAME, LONGEST_ADDRESS = 30, 60, 2_000
"""How many a person has; how long a name and an address may be."""


@dataclass(frozen=True, slots=True)
class View:
    """`name` as the person calls it; `address` behind the region, with what it asks for."""

    id: int
    name: str
    address: str


async def views(region: Region, subject: str, of: Reads | None = None) -> tuple[View, ...]:
    """All that this person has saved, by name."""
    asked, reads = _kept(region.database.dialect), of or region.database
    rows = await reads.fetch(asked.text, asked.values([subject]))
    found = [_told(region, *row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


async def save_view(region: Region, subject: str, name: str, address: str) -> None:
    """Keep the address under the name; what had this name is replaced.

    Refuses a name that is empty or too long, an address that is too long, and one view too many.
    """
    name = " ".join(name.split())
    if not filled(name, LONGEST_NAME):
        text = f"Назовите отбор: хотя бы одним знаком, не больше {LONGEST_NAME}"
        raise Refusal(RefusalCode.INVALID, text)
    if len(address) > LONGEST_ADDRESS or not readable(address):
        raise Refusal(RefusalCode.TOO_MUCH, "Отбор слишком длинен, чтобы его запомнить")
    kept = await views(region, subject)
    same = [one.id for one in kept if one.name.casefold() == name.casefold()]
    if len(kept) - len(same) >= MOST:
        raise Refusal(RefusalCode.TOO_MUCH, f"Сохранённых отборов уже {MOST}: удалите ненужный")
    sealed = region.keys.seal_bytes(orjson.dumps({"name": name, "address": address}))
    async with region.database.writing() as session:
        await session.execute(delete(SavedView).where(SavedView.id.in_(same)))
        session.add(SavedView(subject=subject, sealed=sealed, saved_at=region.now()))


async def drop_view(region: Region, subject: str, number: int) -> None:
    """Forget one of this person's views; nothing where there is none."""
    mine = (SavedView.subject == subject, SavedView.id == number)
    async with region.database.writing() as session:
        await session.execute(delete(SavedView).where(*mine))


def _told(region: Region, number: int, sealed: bytes) -> View:
    said = orjson.loads(region.keys.unseal_bytes(sealed))
    return View(number, said["name"], said["address"])


@lru_cache(DIALECTS)
def _kept(dialect: Dialect) -> Statement:
    """The views of a person: each list asks for them, so it is kept as a text of the driver."""
    told: tuple[InstrumentedAttribute[Any], ...] = (SavedView.id, SavedView.sealed)
    return compiled(select(*told).where(SavedView.subject == Slot(0)), dialect)

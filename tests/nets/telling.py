"""What a filled database says through the product: export, figures, decisions, rows."""

from __future__ import annotations

import hashlib
import io
import itertools
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import orjson
from sqlalchemy import func, inspect, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from core.appeals.analysis import SHOWN, analyse
from core.appeals.applicants.model import Applicant
from core.appeals.exchange.exports import export_to
from core.appeals.figures.subject import APPEALS, Dimension
from core.kernel.access import system
from core.kernel.region import Region
from core.law.periods import Periodicity, period_of
from core.workload.service import loads, representation

Plain = Any
"""What JSON can say."""

MONTHS = [period_of(date(2026, month, 1), Periodicity.MONTH) for month in (1, 2, 3, 4)]
KEPT = [one for one in Dimension if one not in APPEALS.loose]
"""Dimensions that cells have; by others rows are counted, and there are more of them by now."""

OWN_OF_DIALECT = ("alembic_version", "appeal_fts", "sqlite_")
"""Tables that begin so are the database's or the migrations' own."""


async def exported(region: Region, suffix: str) -> str:
    """Every case, as `tsur export` writes it."""
    file = io.StringIO(newline="")
    await export_to(region, file, suffix)
    return file.getvalue()


async def figures(region: Region) -> Plain:
    """Counts by none, one and two dimensions; the load by months."""
    told: dict[str, Plain] = {}
    async with region.reading(system()) as work:
        for by in ((), *((one,) for one in KEPT), *itertools.pairwise(KEPT)):
            told["+".join(by)] = [
                [*one.values, *(getattr(one, figure) for figure in SHOWN)]
                for one in await analyse(work, by)
            ]
        for period in MONTHS:
            told[f"loads {period.start}"] = plain((await loads(work, period)).rows)
            told[f"staff {period.start}"] = plain(await representation(work, period))
    return told


async def rows(session: AsyncSession) -> dict[str, int]:
    """How many rows each table has that both dialects have."""
    connection = await session.connection()
    names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    found = {}
    for name in sorted(names):
        if not name.startswith(OWN_OF_DIALECT):
            query = select(func.count()).select_from(table(name))
            found[name] = await session.scalar(query) or 0
    return found


async def contacts(region: Region) -> dict[str, Plain]:
    """How many applicants there are and a hash over their opened seals."""
    async with region.database.reading() as session:
        sealed = (await session.scalars(select(Applicant).order_by(Applicant.id))).all()
    opened = [region.keys.unseal(row.sealed) for row in sealed]
    digest = hashlib.sha256(orjson.dumps(opened, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return {"applicants": len(opened), "sha256": digest, "first": opened[0]}


def plain(value: object) -> Plain:
    """Values, rows and results as JSON has them: moments and fractions as text."""
    if isinstance(value, (str, int, float)) or value is None:
        return value
    if isinstance(value, (datetime, date, timedelta, Fraction)):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    names = getattr(value, "__slots__", None)
    assert names is not None, type(value)
    return [plain(getattr(value, name)) for name in names]

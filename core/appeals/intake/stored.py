"""What the region has already of what comes in, and how a repeat differs from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ARRAY, String, TableValuedAlias, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from core.appeals.intake.new import NewAppeal
from core.appeals.model import Appeal

Identity = tuple[str, str]
COMPARED = ("text", "topic", "theme", "address", "latitude", "longitude", "received_at")
"""Fields by which a difference is told; any other is a detail."""


class Stored(NamedTuple):
    """The case behind an identity: enough to know a repeat by."""

    appeal_id: int
    number: str
    routed: bool
    digest: str


async def find_stored(
    session: AsyncSession, identities: Sequence[Identity]
) -> dict[Identity, Stored]:
    """Those of the identities that are cases already; one statement, however many they are."""
    if not identities:
        return {}
    columns = (Appeal.channel, Appeal.external_id, Appeal.id, Appeal.number, Appeal.body_id)
    query = select(*columns, Appeal.digest)
    if session.get_bind().dialect.name == "sqlite":
        query = query.where(tuple_(Appeal.channel, Appeal.external_id).in_(identities))
    else:
        asked = _as_table(identities)
        same = (Appeal.channel == asked.c.channel) & (Appeal.external_id == asked.c.external_id)
        query = query.join(asked, same)
    rows = await session.execute(query)
    return {
        (channel, external_id): Stored(appeal_id, number, body_id is not None, digest)
        for channel, external_id, appeal_id, number, body_id, digest in rows
    }


async def tell_apart(
    session: AsyncSession, repeats: Sequence[tuple[int, NewAppeal]]
) -> list[tuple[str, ...]]:
    """The fields in which each repeat differs from the case of this id."""
    if not repeats:
        return []
    columns = [getattr(Appeal, name) for name in COMPARED]
    query = select(Appeal.id, *columns).where(Appeal.id.in_({case for case, _ in repeats}))
    rows = {row.id: row for row in await session.execute(query)}
    return [_difference(rows[case], new) for case, new in repeats]


def _difference(row: object, new: NewAppeal) -> tuple[str, ...]:
    told = tuple(
        name
        for name in COMPARED
        if getattr(new, name) is not None and getattr(new, name) != getattr(row, name)
    )
    return told or ("details",)


def _as_table(identities: Sequence[Identity]) -> TableValuedAlias:
    """The identities as a table of two columns, sent as two arrays."""
    channels, numbers = zip(*identities, strict=True)
    arrays = (literal(list(values), ARRAY(String)) for values in (channels, numbers))
    return func.unnest(*arrays).table_valued("channel", "external_id").render_derived()

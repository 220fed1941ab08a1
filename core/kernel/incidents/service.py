"""Incidents: what is broken in the system itself and waits for an operator."""

from __future__ import annotations

from sqlalchemy import select

from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.incidents.model import Incident
from core.kernel.work import Work

CLOCK = "clock"
"""The key of the incident of a clock that jumped."""


async def raise_incident(work: Work, key: str, text: str, *, times: int = 1) -> None:
    """Note the incident, so many times at once; a known one is counted and opened again."""
    incident = await work.session.scalar(select(Incident).where(Incident.key == key))
    if incident is None:
        incident = Incident(key=key, text=text, first_at=work.now, last_at=work.now, times=0)
        work.session.add(incident)
    incident.times += times
    incident.last_at, incident.resolved_at = work.now, None
    await work.session.flush()


async def open_incidents(work: Work) -> list[Incident]:
    """Incidents not resolved, the latest first. Needs OPERATE."""
    require(work.actor, Permission.OPERATE)
    query = select(Incident).where(Incident.resolved_at.is_(None)).order_by(Incident.last_at.desc())
    return list(await work.session.scalars(query))


async def resolve_incident(work: Work, key: str) -> Incident:
    """Mark the incident as resolved. Needs OPERATE."""
    require(work.actor, Permission.OPERATE)
    incident = await work.session.scalar(select(Incident).where(Incident.key == key))
    if incident is None or incident.resolved_at is not None:
        raise Refusal(RefusalCode.NOT_FOUND, "Открытого инцидента с таким ключом нет")
    incident.resolved_at = work.now
    await work.record(Event("incident.resolved", f"incident:{key}"))
    return incident


async def resolve_standing(work: Work, key: str) -> None:
    """The same for what ends by itself: nothing happens where no such incident is open."""
    standing = select(Incident.id).where(Incident.key == key, Incident.resolved_at.is_(None))
    if await work.session.scalar(standing) is not None:
        await resolve_incident(work, key)

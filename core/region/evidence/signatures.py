"""Signatures of decisions get their timestamp when they are made, and a new one in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from core.appeals.rules.signatures import SignatureKind
from core.documents.detached import DetachedSignature, PowerOfAttorney
from core.documents.model import Document, DocumentVersion
from core.documents.stamps import Stamp, over, renew, to_renew
from core.kernel.access import Actor, require, system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.doors.service import require_doors_open
from core.kernel.errors import Refusal
from core.kernel.extensions import Payload, Units
from core.kernel.incidents.service import raise_incident, resolve_standing
from core.kernel.posting import Server
from core.kernel.work import Work
from core.region.evidence.anchors import anchors_of
from core.region.sealing.timestamps import HttpProvider, Provider, query

INCIDENT = "documents:timestamp"
MOST_BYTES, MOST_LISTS, BATCH = 4_000_000, 20, 100
"""Of one signature with its lists and power of attorney; so many are renewed in one run."""


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever signs hands over: the signature in DER, the lists, the power of attorney."""

    kind: SignatureKind
    cms: bytes
    revoked: Sequence[bytes]
    authority: PowerOfAttorney | None = None

    @property
    def size(self) -> int:
        """All its bytes."""
        own = len(self.cms) + sum(map(len, self.revoked))
        lent = self.authority
        return own + (len(lent.document) + len(lent.cms) if lent else 0)


async def signature_of(
    units: Units, actor: Actor, document_id: int, given: Given, provider: Provider | None = None
) -> DetachedSignature:
    """The signature on the version under way, stamped now where the region has an authority.

    The authority is asked before the decision's own transaction begins. Needs READ_DOCUMENTS.
    Refuses TOO_MUCH, INVALID for a signature that does not hold, UNAVAILABLE where the authority
    does not answer: a signature is not made without the stamp that the settings promise.
    """
    if given.size > MOST_BYTES or len(given.revoked) > MOST_LISTS:
        raise Refusal(RefusalCode.TOO_MUCH, "Подпись со списками и доверенностью слишком велика")
    provider = provider or _provider(units)
    async with units.reading(actor) as work:
        require(work.actor, Permission.READ_DOCUMENTS)
        roots = _roots(work, "signers", "удостоверяющих центров")
        signature = DetachedSignature(given.kind, given.cms, roots, given.revoked, given.authority)
        original = await work.session.scalar(
            select(DocumentVersion.original)
            .join(Document, Document.current_id == DocumentVersion.id)
            .where(Document.id == document_id)
        )
        if original is None or provider is None:
            return signature
        await require_doors_open(work)
        stamps = _roots(work, "stamps", "службы меток времени")
        try:
            parts = signature.parts(original, work.now)
        except Exception:  # noqa: BLE001 - the decision refuses it with its clause
            return signature
    answer = await provider.answer(query(over(parts)))
    return replace(signature, stamp=Stamp(answer, stamps))


async def run_renew_stamps(
    units: Units, _payload: Payload, provider: Provider | None = None
) -> None:
    """Periodic job: renew the stamps whose authority's certificate ends soon.

    An authority that does not answer, or whose word is not good, is an incident.
    """
    provider = provider or _provider(units)
    if provider is None:
        return
    try:
        async with units.reading(system()) as work:
            roots, due = (
                anchors_of(work.sealing, work.region)["stamps"],
                await to_renew(work, BATCH),
            )
        for number, content in due:
            stamp = Stamp(await provider.answer(query(content)), roots)
            async with units.work(system()) as work:
                await renew(work, number, stamp)
    except Refusal as error:
        async with units.work(system()) as work:
            await raise_incident(work, INCIDENT, f"Метки под подписями не обновлены: {error.text}")
    else:
        async with units.work(system()) as work:
            await resolve_standing(work, INCIDENT)


def _provider(units: Units) -> Provider | None:
    url = units.own.timestamp_url
    return None if url is None else HttpProvider(Server(url, units.own.private_servers))


def _roots(work: Work, kind: str, whose: str) -> str:
    """Roots that the region trusts, in PEM; INVALID where none are named."""
    roots: str = anchors_of(work.sealing, work.region)[kind]
    if not roots:
        text = f"Корни {whose} региону не названы"
        raise Refusal(RefusalCode.INVALID, text)
    return roots

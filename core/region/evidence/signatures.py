"""Signatures of decisions get their timestamp when they are made, and a new one in time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import select

from core.appeals.rules.signatures import SignatureKind
from core.documents.attorney import PowerOfAttorney
from core.documents.detached import DetachedSignature
from core.documents.model import Document, DocumentVersion
from core.documents.stamps import Stamp, over, renew, to_renew
from core.documents.unstamped import stamp_late, to_stamp
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
OUT_OF_REACH = (RefusalCode.UNAVAILABLE, RefusalCode.INVALID)
"""An authority that gives no answer, or another one than the protocol's."""

LONGEST_INCIDENT = 1_000
MOST_BYTES, MOST_LISTS, BATCH = 4_000_000, 20, 100
"""Of one signature with its lists and power of attorney; so many are renewed in one run."""

Keep = Callable[[Work, int, Stamp], Awaitable[Any]]
"""Checks a stamp of the signature with this id, and keeps it."""


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever signs hands over: the signature in DER, the lists, the power of attorney."""

    kind: SignatureKind
    cms: bytes
    revoked: Sequence[bytes]
    authority: PowerOfAttorney | None = None
    answers: Sequence[bytes] = ()

    @property
    def size(self) -> int:
        """All its bytes."""
        own = len(self.cms) + sum(map(len, [*self.revoked, *self.answers]))
        lent = self.authority
        return own + (len(lent.document) + len(lent.cms) if lent else 0)


async def signature_of(
    units: Units, actor: Actor, document_id: int, given: Given, provider: Provider | None = None
) -> DetachedSignature:
    """The signature on the version under way, stamped now where the region has an authority.

    The authority is asked before the decision's own transaction begins; where it is out of reach
    the decision goes on without, and `run_renew_stamps` asks again. Needs READ_DOCUMENTS. Refuses
    TOO_MUCH; the decision refuses what does not hold.
    """
    if given.size > MOST_BYTES or len(given.revoked) + len(given.answers) > MOST_LISTS:
        raise Refusal(RefusalCode.TOO_MUCH, "Подпись со списками и доверенностью слишком велика")
    provider = provider or _provider(units)
    async with units.reading(actor) as work:
        require(work.actor, Permission.READ_DOCUMENTS)
        roots = _roots(work, "signers", "удостоверяющих центров")
        signature = DetachedSignature(
            given.kind, given.cms, roots, given.revoked, given.authority, answers=given.answers
        )
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
            parts = signature.proof(original, work.now, work.zone).parts
        except Exception:  # noqa: BLE001 - the decision refuses it with its clause
            return signature
    try:
        answer = await provider.answer(query(over(parts)))
    except Refusal as error:
        if error.code not in OUT_OF_REACH:
            raise
        return signature
    return replace(signature, stamp=Stamp(answer, stamps))


async def run_renew_stamps(
    units: Units, _payload: Payload, provider: Provider | None = None
) -> None:
    """Periodic job: stamp what could not be at signing, renew what ends soon.

    An authority that does not answer, or whose word is not good, is an incident.
    """
    provider = provider or _provider(units)
    if provider is None:
        return
    async with units.reading(system()) as work:
        anchors = anchors_of(work.sealing, work.region)
        late, due = await to_stamp(work, BATCH), await to_renew(work, BATCH)
    first: Keep = partial(stamp_late, roots=anchors["signers"])
    asked = [*((*one, first) for one in late), *((*one, renew) for one in due)]
    faults = await _kept(units, provider, asked, anchors["stamps"])
    async with units.work(system()) as work:
        if faults:
            text = f"Метки под подписями не поставлены или не обновлены: {'; '.join(faults)}"
            await raise_incident(work, INCIDENT, text[:LONGEST_INCIDENT])
        else:
            await resolve_standing(work, INCIDENT)


async def _kept(
    units: Units, provider: Provider, asked: Sequence[tuple[int, bytes, Keep]], roots: str
) -> list[str]:
    """Ask for each stamp and keep it; what went wrong. One bad signature holds up no other."""
    faults: list[str] = []
    for number, content, keep in asked:
        try:
            stamp = Stamp(await provider.answer(query(content)), roots)
        except Refusal as error:
            return [*faults, error.text]
        try:
            async with units.work(system()) as work:
                await keep(work, number, stamp)
        except Refusal as error:
            faults.append(error.text)
    return list(dict.fromkeys(faults))


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

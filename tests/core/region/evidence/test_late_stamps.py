"""An authority of timestamps out of reach: the decision stands, its stamp comes later or never."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.documents.model import (
    DocumentSignature,
    SignatureStamp,
)
from core.documents.unstamped import StampState, stamp_state
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.incidents.model import Incident
from core.kernel.sealing.verifier import Package, unpacked
from core.region.evidence.signatures import run_renew_stamps
from tests.core.documents.test_detached import NOW, YEAR
from tests.core.region.evidence.making import anchors, package
from tests.core.region.evidence.signing import Signed
from tests.core.region.evidence.stamper import Stamper
from tests.fixtures.clock import FrozenClock

STAMPS = "tsur.practice/stamps"


class Silent:
    """An authority that is out of reach."""

    async def answer(self, query: bytes) -> bytes:
        raise Refusal(RefusalCode.UNAVAILABLE, "Сервер не отвечает")


async def _facts(signed: Signed) -> str:
    whole = unpacked(await package(signed.region, signed.number))
    return whole["statement.txt"].decode()


@pytest.mark.clause(STAMPS)
async def test_an_authority_out_of_reach_is_asked_again(
    signed: Signed, clock: FrozenClock, tmp_path: Path
) -> None:
    """The decision stands, its stamp is awaited; what is taken later proves its own moment."""
    stamper = Stamper(tmp_path, ends=NOW + YEAR)
    signed.trust(stamper)
    signed.stamper = Silent()  # type: ignore[assignment]
    await signed.decide(signed.given())
    assert await signed.kept() == (["chain.pem", "lists.pem"], 0)
    assert await _state(signed) == StampState.AWAITED
    assert StampState.AWAITED.label in await _facts(signed)
    clock.moment = stamper.at = NOW + timedelta(hours=3)
    stamper.at += timedelta(days=2)
    for provider in (Silent(), Stamper(tmp_path), stamper):
        await run_renew_stamps(signed.region, {}, provider)
        async with signed.region.database.reading() as session:
            assert [one.resolved_at for one in await session.scalars(select(Incident))] == [None]
    stamper.at = clock.moment
    await run_renew_stamps(signed.region, {}, stamper)
    await run_renew_stamps(signed.region, {}, stamper)
    assert (await signed.kept())[1] == 1
    assert await _state(signed) == StampState.STAMPED
    async with signed.region.database.reading() as session:
        assert [one.resolved_at for one in await session.scalars(select(Incident))] == [
            NOW + timedelta(hours=3)
        ]
    whole = await package(signed.region, signed.number)
    assert Package(whole, anchors(signed.region)).lacking == []
    assert "поставлена после решения" in unpacked(whole)["statement.txt"].decode()


async def test_what_was_not_stamped_in_time_never_is(signed: Signed, clock: FrozenClock) -> None:
    """The lists are of that day: later they say nothing of the certificate."""
    signed.trust()
    stamper, signed.stamper = signed.stamper, Silent()  # type: ignore[assignment]
    await signed.decide(signed.given())
    clock.moment = stamper.at = NOW + timedelta(days=1, seconds=1)
    await run_renew_stamps(signed.region, {}, stamper)
    assert ((await signed.kept())[1], await _state(signed)) == (0, StampState.MISSED)
    assert "момент подписания не доказан" in await _facts(signed)


async def _state(signed: Signed) -> StampState:
    async with signed.region.reading(system()) as work:
        row = await work.session.get_one(DocumentSignature, 1)
        count = await work.session.scalar(select(func.count()).select_from(SignatureStamp))
        return stamp_state(row, work.now, stamps=count or 0)

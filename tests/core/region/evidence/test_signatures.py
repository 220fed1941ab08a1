"""A strengthened signature, its timestamp, what proves it, and the stamp renewed in time."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.documents.attorney import PowerOfAttorney
from core.documents.deciding import Ruling, decide
from core.documents.model import (
    DocumentSignature,
)
from core.documents.stamps import Stamp, Stamped, renew, stamped
from core.kernel.access import system
from core.kernel.codes import Authority
from core.kernel.errors import Refusal
from core.kernel.incidents.model import Incident
from core.kernel.region import Region
from core.kernel.sealing.verifier import UNPROVEN, Broken, Package, unpacked
from core.obligations.calendar import calendar
from core.obligations.sweep import watch_obligations
from core.region.evidence.anchors import trust
from core.region.evidence.signatures import Given, run_renew_stamps, signature_of
from tests.core.documents.test_attorney import written
from tests.core.documents.test_detached import NOW, YEAR, Centre
from tests.core.region.evidence.making import anchors, package, sealed_anew
from tests.core.region.evidence.signing import QUALIFIED, Signed
from tests.core.region.evidence.stamper import ENDS, Stamper
from tests.core.region.evidence.test_packages import by_hand
from tests.fixtures.clock import FrozenClock

AUTHORITY = written()
FIRST, SECOND = "signatures/1/1.tsr", "signatures/1/2.tsr"
STAMPS = "tsur.practice/stamps"


async def test_all_that_proves_it_is_kept_and_stamped(signed: Signed, tmp_path: Path) -> None:
    """Chain, lists of the revoked, the power of attorney: over all of them stands the stamp."""
    signed.trust()
    lent = PowerOfAttorney(AUTHORITY, signed.centre.lend(AUTHORITY, tmp_path))
    await signed.decide(signed.given(lent))
    parts = ["authority.p7s", "authority.xml", "chain.pem", "lists.pem"]
    assert await signed.kept() == (parts, 1)
    whole = await package(signed.region, signed.number)
    found, said = Package(whole, anchors(signed.region)), unpacked(whole)
    assert found.lacking == []
    (one,) = json.loads(said["case.json"])["signatures"]
    assert one["stamps"] == [FIRST]
    for part in (*parts, "signature.p7s"):
        name = f"signatures/1/{part}"
        broken = {name: said[name][:-9] + bytes([said[name][-9] ^ 1]) + said[name][-8:]}
        with pytest.raises(Broken, match=r"signatures/1/"):
            Package(sealed_anew(signed.region, whole, **broken), anchors(signed.region))
    key = signed.region.keys.checking[0].as_pem(private=False)
    roots = {"stamps": signed.stamper.roots, "signers": signed.centre.roots}
    script = by_hand(whole, tmp_path / "by-hand", key, **roots)
    assert script.count("-crl_check_all") == 2
    assert script.count("openssl dgst") == 1
    with pytest.raises(DBAPIError):
        async with signed.region.work(system()) as work:
            await work.session.execute(text("UPDATE signature_stamp SET number = 7"))


async def test_what_is_not_proven_is_refused_and_nothing_is_kept(
    signed: Signed, tmp_path: Path
) -> None:
    given, before = signed.given(), await signed.people.rows()
    with pytest.raises(Refusal, match="Корни удостоверяющих центров региону не названы"):
        await signed.decide(given)
    trust(signed.region.sealing, signers=signed.centre.roots)
    with pytest.raises(Refusal, match="Корни службы меток времени региону не названы"):
        await signed.decide(given)
    signed.trust()
    strange = PowerOfAttorney(AUTHORITY, Centre().sign(AUTHORITY, tmp_path))
    changed = PowerOfAttorney(b"else", signed.centre.lend(AUTHORITY, tmp_path))
    own = PowerOfAttorney(AUTHORITY, signed.centre.sign(AUTHORITY, tmp_path))
    ended = written(until="2026-03-01")
    ended_one = PowerOfAttorney(ended, signed.centre.lend(ended, tmp_path))
    for lent, words in (
        (changed, "подписано другое содержание"),
        (strange, "не принята"),
        (own, "подписана тем, кому она выдана"),
        (ended_one, "доверенность действует с 01.01.2026 по 01.03.2026"),
    ):
        with pytest.raises(Refusal, match=words):
            await signed.decide(signed.given(lent))
    signed.stamper.at = NOW - timedelta(minutes=6)
    with pytest.raises(Refusal, match="метка времени поставлена не при подписании"):
        await signed.decide(given)
    signed.stamper = Stamper(tmp_path)
    with pytest.raises(Refusal, match="Электронная подпись не принята"):
        await signed.decide(given)
    with pytest.raises(Refusal, match="слишком велика"):
        await signed.decide(Given(QUALIFIED, b"0", [b"0" * 4_000_000]))
    assert (await signed.people.rows(), await signed.kept()) == (before, ([], 0))


async def test_without_an_authority_the_moment_is_not_proven(signed: Signed) -> None:
    signed.trust()
    actor = signed.people.actors["curator"]
    signing = await signature_of(signed.region, actor, signed.number, signed.given())
    ruling = Ruling(Authority.CURATOR, await signed.people.seen(signed.number))
    async with signed.region.work(actor) as work:
        await decide(work, signed.number, ruling, signing)
    assert await signed.kept() == (["chain.pem", "lists.pem"], 0)
    found = Package(await package(signed.region, signed.number), anchors(signed.region))
    assert found.lacking == [f"решение 1: {UNPROVEN}"]


async def test_answers_are_kept_and_checked_by_hand(signed: Signed, tmp_path: Path) -> None:
    """Without lists openssl reads the answer of the responder that the centre has named."""
    signed.trust()
    cms, answer = signed.centre.sign(signed.original, tmp_path), signed.centre.word(named=True)
    await signed.decide(Given(QUALIFIED, cms, [], answers=[answer]))
    assert await signed.kept() == (["01.ocsp", "chain.pem", "lists.pem"], 1)
    whole = await package(signed.region, signed.number)
    assert Package(whole, anchors(signed.region)).lacking == []
    key = signed.region.keys.checking[0].as_pem(private=False)
    roots = {"stamps": signed.stamper.roots, "signers": signed.centre.roots}
    script = by_hand(whole, tmp_path / "by-hand", key, **roots)
    assert ("openssl ocsp" in script, "-crl_check_all" in script) == (True, False)
    assert b"Cert Status: good" in _read(tmp_path / "by-hand")


def _read(folder: Path) -> bytes:
    """What openssl reads out of the answer."""
    command = "openssl ocsp -respin signatures/1/01.ocsp -CAfile signers.pem -resp_text"
    return subprocess.run(
        command.split(), cwd=folder, capture_output=True, timeout=60, check=False
    ).stdout


@pytest.mark.clause(STAMPS)
async def test_a_stamp_is_renewed_while_its_authority_lasts(
    signed: Signed, clock: FrozenClock, tmp_path: Path
) -> None:
    """The next one is over the first, and five years on both are what the verifier goes by."""
    later = Stamper(tmp_path, ends=NOW + YEAR, at=ENDS - timedelta(days=3))
    signed.stamper = Stamper(tmp_path, ends=ENDS + timedelta(days=1))
    signed.roots = signed.stamper.roots
    signed.trust(later)
    await signed.decide(signed.given())
    await run_renew_stamps(signed.region, {}, later)
    assert (await signed.kept())[1] == 1, "there is time yet"
    assert await _owed(signed.region) == [(date(2026, 4, 1), "Руководитель центра", "running")]
    clock.moment = later.at
    await run_renew_stamps(signed.region, {}, Stamper(tmp_path))
    async with signed.region.database.reading() as session:
        (raised,) = await session.scalars(select(Incident))
        assert raised.resolved_at is None
    await run_renew_stamps(signed.region, {}, later)
    await run_renew_stamps(signed.region, {}, later)
    async with signed.region.database.reading() as session:
        (raised,) = await session.scalars(select(Incident))
        assert raised.resolved_at == later.at
    assert (await signed.kept())[1] == 2
    assert [one[2] for one in await _owed(signed.region)] == ["met", "running"]
    whole = await package(signed.region, signed.number)
    assert Package(whole, anchors(signed.region)).lacking == []
    (one,) = json.loads(unpacked(whole)["case.json"])["signatures"]
    assert one["stamps"] == [FIRST, SECOND]
    key = signed.region.keys.checking[0].as_pem(private=False)
    by_hand(whole, tmp_path / "by-hand", key, stamps=signed.roots, signers=signed.centre.roots)


@pytest.mark.clause(STAMPS)
async def test_a_stamp_that_has_ended_is_a_breach_of_the_head(
    signed: Signed, clock: FrozenClock, tmp_path: Path
) -> None:
    late = Stamper(tmp_path, ends=NOW + YEAR, at=ENDS + timedelta(days=1))
    signed.trust(late)
    await signed.decide(signed.given())
    async with signed.region.work(system()) as work:
        await watch_obligations(work)
    clock.moment = late.at
    async with signed.region.work(system()) as work:
        await watch_obligations(work)
        (row,) = [one.row for one in await calendar(work, 2026) if one.row.clause == STAMPS]
        head = signed.people.actors["head"].person_id
        assert (row.due, row.answering) == (date(2026, 3, 31), [head])
        assert row.breached_at == row.due_at == datetime(2026, 3, 31, 20, 59, 59, tzinfo=UTC)
    await run_renew_stamps(signed.region, {}, late)
    assert (await signed.kept())[1] == 1, "it is past renewing"
    stamp = Stamp(await late.stamp((await _stamped(signed)).content), signed.roots)
    with pytest.raises(Refusal) as refused:
        async with signed.region.work(system()) as work:
            await renew(work, 1, stamp)
    assert (refused.value.code, refused.value.clause and refused.value.clause.ref) == (
        "WRONG_STATE",
        STAMPS,
    )


async def _owed(region: Region) -> list[tuple[date, str, str]]:
    async with region.work(system()) as work:
        await watch_obligations(work)
        found = [one for one in await calendar(work, 2026) if one.row.clause == STAMPS]
        found += [one for one in await calendar(work, 2027) if one.row.clause == STAMPS]
        return [(one.row.due, one.owner, one.state.value) for one in found]


async def _stamped(signed: Signed) -> Stamped:
    async with signed.region.reading(system()) as work:
        return await stamped(work, await work.session.get_one(DocumentSignature, 1))

"""A strengthened signature, its timestamp, what proves it, and the stamp renewed in time."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from core.appeals.rules.signatures import SignatureKind
from core.documents.attorney import PowerOfAttorney
from core.documents.deciding import Ruling, decide
from core.documents.model import (
    DocumentSignature,
    DocumentVersion,
    SignaturePart,
    SignatureStamp,
)
from core.documents.stamps import Stamp, Stamped, renew, stamped
from core.documents.unstamped import StampState, stamp_state
from core.kernel.access import system
from core.kernel.codes import Authority, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.incidents.model import Incident
from core.kernel.region import Region
from core.kernel.sealing.verifier import UNPROVEN, Broken, Package, unpacked
from core.obligations.calendar import calendar
from core.obligations.sweep import watch_obligations
from core.region.evidence.anchors import trust
from core.region.evidence.signatures import Given, run_renew_stamps, signature_of
from tests.conftest import OpenRegion
from tests.core.documents.people import People, open_people
from tests.core.documents.test_attorney import written
from tests.core.documents.test_detached import NOW, YEAR, Centre
from tests.core.region.evidence.making import anchors, package, sealed_anew
from tests.core.region.evidence.stamper import ENDS, Stamper
from tests.core.region.evidence.test_packages import by_hand
from tests.fixtures.clock import FrozenClock

QUALIFIED, AUTHORITY = SignatureKind.QUALIFIED, written()
FIRST, SECOND = "signatures/1/1.tsr", "signatures/1/2.tsr"
STAMPS = "tsur.practice/stamps"


class Signed:
    """A passport that the curator of Murmansk signs, with the centre and authority of the tests."""

    def __init__(self, people: People, folder: Path) -> None:
        self.people, self.folder = people, folder
        self.centre, self.stamper = Centre(), Stamper(folder)
        self.roots = self.stamper.roots

    @property
    def region(self) -> Region:
        return self.people.region

    def trust(self, *more: Stamper) -> None:
        self.roots += "".join(one.roots for one in more)
        trust(self.region.sealing, stamps=self.roots, signers=self.centre.roots)

    async def submit(self) -> None:
        self.number = await self.people.draft("passport", "head")
        await self.people.submit(self.number, "head")
        query = select(DocumentVersion.original).where(DocumentVersion.document_id == self.number)
        async with self.region.database.reading() as session:
            self.original = (await session.scalars(query)).one()

    def given(self, authority: PowerOfAttorney | None = None) -> Given:
        cms = self.centre.sign(self.original, self.folder)
        return Given(QUALIFIED, cms, [self.centre.revoked()], authority)

    async def decide(self, given: Given) -> None:
        actor = self.people.actors["curator"]
        signing = await signature_of(self.region, actor, self.number, given, self.stamper)
        ruling = Ruling(Authority.CURATOR, await self.people.seen(self.number))
        async with self.region.work(actor) as work:
            await decide(work, self.number, ruling, signing)

    async def kept(self) -> tuple[list[str], int]:
        async with self.region.database.reading() as session:
            names = (await session.scalars(select(SignaturePart.name))).all()
            stamps = await session.scalar(select(func.count()).select_from(SignatureStamp))
        return sorted(names), stamps or 0


@pytest.fixture
async def signed(open_test_region: OpenRegion, tmp_path: Path) -> Signed:
    made = Signed(await open_people(await open_test_region("murmansk")), tmp_path)
    await made.submit()
    return made


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
    cms, answer = signed.centre.sign(signed.original, tmp_path), signed.centre.answer(named=True)
    await signed.decide(Given(QUALIFIED, cms, [], answers=[answer]))
    assert await signed.kept() == (["01.ocsp", "chain.pem", "lists.pem"], 1)
    whole = await package(signed.region, signed.number)
    assert Package(whole, anchors(signed.region)).lacking == []
    key = signed.region.keys.checking[0].as_pem(private=False)
    roots = {"stamps": signed.stamper.roots, "signers": signed.centre.roots}
    script = by_hand(whole, tmp_path / "by-hand", key, **roots)
    assert ("openssl ocsp" in script, "-crl_check_all" in script) == (True, False)
    said = subprocess.run(
        ["openssl", "ocsp", "-respin", "signatures/1/01.ocsp", "-CAfile", "signers.pem", "-resp_text"],
        cwd=tmp_path / "by-hand", capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert b"Cert Status: good" in said.stdout


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

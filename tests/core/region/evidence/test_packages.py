"""What a package proves, how it is checked by hand, and who was given it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.documents.letters import register_letter
from core.kernel.access import system
from core.kernel.codes import ActKind, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.sealing.notes import ED25519, read_verifier, verifier
from core.kernel.sealing.signing import origin, public_keys
from core.kernel.sealing.verifier import STAMP, Broken, Package, unpacked
from core.region.evidence.anchors import trust
from core.region.evidence.appeals import appeal_case
from core.region.evidence.packages import Handing, hand_out, handed_out
from core.region.sealing.heads import latest_head
from core.region.sealing.jobs import run_seal
from core.region.sealing.requests import keep_cosigned, request
from core.region.sealing.rfc3161 import query
from core.region.sealing.timestamps import stamp
from core.region.sealing.witness import Witness
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.appeals.conftest import Desk
from tests.core.region.evidence.making import COURT, anchors, approved, package, sealed_anew, small
from tests.core.region.sealing.authority import make_authority, reply

UNPROVEN = "момент подписания не доказан: метки времени нет"


class Authority:
    """Stamps by openssl without a network."""

    def __init__(self, home: Path) -> None:
        self.home = home

    async def answer(self, asked: bytes) -> bytes:
        return reply(self.home, asked)

    async def over(self, content: bytes) -> bytes:
        return reply(self.home, query(content))


async def test_without_a_stamp_the_moment_is_not_proven(open_test_region: OpenRegion) -> None:
    region, whole = await small(open_test_region)
    found = Package(whole, anchors(region))
    assert found.signed_at is None
    assert UNPROVEN in str(found).splitlines()
    assert found.lacking == []
    assert STAMP not in unpacked(whole)["README.txt"].decode(), "what is not there is not checked"
    assert {level[0] for level in found.levels.values()} == {"own-seal"}
    facts = json.loads(unpacked(whole)["statement.json"])["facts"]
    drafted, approves = "murmansk.513/4.5.6", "murmansk.513/4.3.6"
    assert [fact["clause"] for fact in facts] == [drafted, drafted, approves, drafted]


async def test_receipts_of_the_portal_are_facts_of_their_own_rows(
    open_test_region: OpenRegion,
) -> None:
    """Kursk, 4.4.2: a step has the force of a letter by its number and day; the seal proves it."""
    people, number = await approved(open_test_region)
    whole = await package(people.region, number)
    assert Package(whole, anchors(people.region)).lacking == []
    facts = json.loads(unpacked(whole)["statement.json"])["facts"]
    told = [one for one in facts if one["clause"] == "kursk.958/pol.4.4.2"]
    said = "на портале приравнено к письму: № 46-Д-2026-0000"
    steps = ["представление", "решение по шагу", "решение по шагу"]
    assert [(one["said"], one["level"], one["row"]) for one in told] == [
        (f"{step} {said}{n} от 02.03.2026, версия 1", "own-seal", f"document_receipt:{n}")
        for n, step in enumerate(steps, 1)
    ]
    text = unpacked(whole)["statement.txt"].decode()
    assert text.count("п. 4.4 (утв. постановлением № 958-па) [kursk.958/pol.4.4.2]") == 3
    rows = json.loads(unpacked(whole)["journal.json"])
    (row,) = [one for one in rows["rows"] if (one["table"], one["id"]) == ("document_receipt", 3)]
    row["columns"] = [
        [name, "46-Д-2026-00009" if name == "number" else value] for name, value in row["columns"]
    ]
    lied = sealed_anew(people.region, whole, **{"journal.json": json.dumps(rows).encode()})
    with pytest.raises(Broken, match="строка document_receipt:3 не та"):
        Package(lied, anchors(people.region))


async def test_a_letter_beside_the_record_is_a_fact(open_test_region: OpenRegion) -> None:
    people, number = await approved(open_test_region, "murmansk")
    async with people.region.work(people.actors["head"]) as work:
        letter = Ground(ActKind.LETTER, "01-12/77", work.today)
        await register_letter(work, number, letter)
    await run_seal(people.region, {})
    whole = await package(people.region, number)
    assert Package(whole, anchors(people.region)).lacking == []
    (fact,) = [
        one
        for one in json.loads(unpacked(whole)["statement.json"])["facts"]
        if one["row"] == "document_letter:1"
    ]
    said = "официальное письмо о документе: № 01-12/77 от 02.03.2026, версия 1"
    assert (fact["said"], fact["clause"]) == (said, "ru.1844/2.portal")


async def test_stamps_and_witnesses_raise_the_level(
    open_test_region: OpenRegion, tmp_path: Path
) -> None:
    """And what the README prints is what openssl and sha256sum say yes to."""
    people, number = await approved(open_test_region, "murmansk")
    region, home = people.region, tmp_path / "tsa"
    make_authority(home)
    authority, roots = Authority(home), (home / "root.pem").read_text()
    witness = Witness("watch.example/region", tmp_path / "witness")
    name, _, public = read_verifier(witness.key)
    witness.trust(verifier(origin("murmansk"), ED25519, public_keys(region.keys)[0]))
    trust(region.sealing, stamps=roots, witnesses={name: public.hex()})
    async with region.reading(system()) as work:
        asked = await request(work, 0)
        head = await latest_head(work.session)
    assert head is not None
    seconds = 1_772_452_900
    keep_cosigned(
        region.sealing, asked.note, witness.countersign(str(asked), seconds), name, public
    )
    await people.edit(number, "head", purpose="Иначе")
    await run_seal(region, {})
    async with region.reading(system()) as work:
        await stamp(work, authority, roots.encode())
    whole = await package(region, number, stamping=authority.over)
    found = Package(whole, anchors(region))
    assert found.signed_at is not None
    facts = json.loads(unpacked(whole)["statement.json"])["facts"]
    levels = [fact["level"] for fact in facts]
    assert levels == ["witness"] * 4 + ["timestamp"]
    assert facts[-1]["after"] == "2026-03-02T12:01:40+00:00"
    assert UNPROVEN not in str(found)
    by_hand(
        whole, tmp_path / "by-hand", region.keys.checking[0].as_pem(private=False), stamps=roots
    )


def by_hand(whole: bytes, folder: Path, key: bytes, **roots: str) -> str:
    """Do what the README says in a folder with the package's parts and these roots; its lines."""
    folder.mkdir()
    for name, content in unpacked(whole).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "region.pem").write_bytes(key)
    for name, pem in roots.items():
        (folder / f"{name}.pem").write_text(pem)
    said = (folder / "README.txt").read_text()
    lines = [line[4:] for line in said.splitlines() if line.startswith("    ")]
    script = "\n".join(line for line in lines if not line.startswith("python "))
    assert all(word in script for word in ("sha256sum", "pkeyutl", "-attime"))
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=folder, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return script


async def test_a_strange_stamp_is_no_stamp(open_test_region: OpenRegion, tmp_path: Path) -> None:
    people, number = await approved(open_test_region, "murmansk")
    for one in ("own", "other"):
        make_authority(tmp_path / one)
    trust(people.region.sealing, stamps=(tmp_path / "own/root.pem").read_text())
    before = await people.rows()
    with pytest.raises(Refusal, match="Метка времени не та"):
        await package(people.region, number, stamping=Authority(tmp_path / "other").over)
    assert await people.rows() == before
    whole = await package(people.region, number, stamping=Authority(tmp_path / "own").over)
    trusted = anchors(people.region, stamps=(tmp_path / "other/root.pem").read_text())
    with pytest.raises(Exception, match=STAMP):
        Package(whole, trusted)


async def test_an_appeal_without_its_applicant(desk: Desk) -> None:
    """Its ledger is proved, its certificate is there, and what it says of people is committed."""
    region, taken = desk.region, await desk.take()
    appeal = await desk.appeal(taken.appeal_id)
    await run_seal(region, {})
    whole = await package(region, appeal.id, "appeal")
    parts = unpacked(whole)
    assert Package(whole, anchors(region)).lacking == []
    assert json.loads(parts["certificates/deadlines.json"])["appeal"] == appeal.number
    facts = json.loads(parts["statement.json"])["facts"]
    assert {fact["level"] for fact in facts} == {"own-seal"}
    assert [fact["clause"] for fact in facts][:2] == [appeal.regime_clause, "fz59/8.2"]
    assert None not in {fact["clause"] for fact in facts}
    rows = json.loads(parts["journal.json"])["rows"]
    assert {row["table"] for row in rows} == {"ledger"}
    assert {*json.loads(parts["case.json"])["appeal"]} == {
        "id", "number", "regime", "theme", "municipality", "channel",
    }  # fmt: skip


@pytest.mark.clause("fz59/6.2")
async def test_whoever_has_another_case_is_not_given_this_one(desk: Desk) -> None:
    own = await desk.take(external_id="п-2", addressee="agency")
    taken = await desk.take()
    before = await desk.rows(JournalEntry)
    async with desk.work(desk.stranger) as work:
        with pytest.raises(Refusal) as caught:
            await appeal_case(work, desk.region.files, taken.appeal_id)
        assert caught.value.code is RefusalCode.NOT_FOUND
    assert await desk.rows(JournalEntry) == before
    async with desk.work(desk.stranger) as work:
        given = await appeal_case(work, desk.region.files, own.appeal_id)
    assert given.told["appeal"]["id"] == own.appeal_id


async def test_a_certificate_is_checked_by_its_own_signature(desk: Desk) -> None:
    """A package of the region's own key does not vouch for a certificate that was changed."""
    region, taken = desk.region, await desk.take()
    await run_seal(region, {})
    whole, trusted = await package(region, taken.appeal_id, "appeal"), anchors(region)
    name = "certificates/deadlines.json"
    said = json.loads(unpacked(whole)[name])
    head, body, signature = said["signature"].split(".")
    other = json.loads(unpacked(whole)["case.json"])
    other["appeal"]["number"] = "ПЛ-2026-000002"
    lies = {
        "its words": {name: json.dumps({**said, "deadlines": []}).encode()},
        "its signature": {
            name: json.dumps({**said, "signature": f"{head}.{body}.{signature[::-1]}"}).encode()
        },
        "of another appeal": {"case.json": json.dumps(other).encode()},
    }
    for lie, changed in lies.items():
        with pytest.raises(Broken) as found:
            Package(sealed_anew(region, whole, **changed), trusted)
        assert str(found.value).startswith(name), lie
    assert Package(sealed_anew(region, whole), trusted).lacking == []


async def test_it_is_written_down_who_was_given_what(open_test_region: OpenRegion) -> None:
    people, number = await approved(open_test_region, "murmansk")
    region = people.region
    with pytest.raises(Refusal, match="Укажите, кому выдан пакет"):
        async with region.work(system()) as work:
            await hand_out(work, region.files, "document", number, Handing(" ", "запрос"))
    with pytest.raises(Refusal, match="Укажите причину"):
        async with region.work(system()) as work:
            await hand_out(work, region.files, "document", number, Handing("Суд", ""))
    whole = await package(region, number)
    async with region.reading(system()) as work:
        (row,) = await handed_out(work)
        assert (row.subject, row.recipient, row.ground) == (
            f"document:{number}",
            COURT.recipient,
            COURT.ground,
        )
        asked = select(JournalEntry).where(JournalEntry.name == "evidence.handed_out")
        (line,) = await work.session.scalars(asked)
        assert line.cause == f"{COURT.recipient}: {COURT.ground}"
        assert line.after == {"of": f"document:{number}", "digest": row.digest}
    await people.edit(number, "head", purpose="Иначе")
    assert Package(whole, anchors(region)).said["subject"] == f"document:{number}"
    with pytest.raises(DBAPIError):
        async with region.work(system()) as work:
            await work.session.execute(text("UPDATE evidence_package SET ground = ''"))

"""What is attached: the bytes of what exists, the act of what is erased, why anything stays."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest

from core.appeals.attachments import KIND as APPEAL
from core.appeals.attachments import attach as attach_to_appeal
from core.attachments import store
from core.attachments.incoming import Incoming
from core.attachments.kinds import Origin, ScanState
from core.attachments.model import Attachment
from core.attachments.store import Limits, Owner
from core.documents.attachments import KIND, attach
from core.kernel.access import system
from core.kernel.sealing.verifier import Broken, Package, unpacked
from core.region.sealing.jobs import run_seal
from tests.conftest import OpenRegion
from tests.core.appeals.conftest import Desk
from tests.core.documents.people import People, open_people
from tests.core.region.evidence.making import anchors, package, sealed_anew
from tests.fixtures.pictures import photograph

WIDE = Limits(50_000_000, 100_000_000, 100)
ACT = "акт от 02.03.2026 № 3 об уничтожении"
PAPER, MAP = b"%PDF-1.7 agreement", b"%PDF-1.7 map"


async def _put(people: People, number: int, content: bytes, name: str) -> int:
    incoming = Incoming(people.region.files, name, WIDE.file_bytes)
    incoming.add(content)
    async with people.region.work(people.actors["head"]) as work:
        return (await attach(work, number, incoming.finish(), WIDE))[0].id


async def _with_two(open_test_region: OpenRegion) -> tuple[People, int]:
    """A passport with two files, submitted."""
    people = await open_people(await open_test_region("murmansk"))
    number = await people.draft("passport", "head")
    await _put(people, number, PAPER, "agreement.pdf")
    await _put(people, number, MAP, "map.pdf")
    await people.submit(number, "head")
    return people, number


def _case(whole: bytes) -> Any:
    return json.loads(unpacked(whole)["case.json"])


async def test_what_exists_is_given_byte_by_byte(open_test_region: OpenRegion) -> None:
    people, number = await _with_two(open_test_region)
    whole, trusted = await package(people.region, number), anchors(people.region)
    parts = unpacked(whole)
    assert (parts["attachments/1.pdf"], parts["attachments/2.pdf"]) == (PAPER, MAP)
    assert Package(whole, trusted).lacking == []
    assert [one["state"] for one in _case(whole)["files"]] == ["given", "given"]
    region = people.region
    other = sealed_anew(region, whole, **{"attachments/1.pdf": MAP})
    with pytest.raises(Broken, match=r"attachments/1\.pdf: не тот файл"):
        Package(other, trusted)
    case = _case(whole)
    case["files"].pop()
    fewer = sealed_anew(region, whole, **{"case.json": json.dumps(case).encode()})
    with pytest.raises(Broken, match=r"versions/1\.pdf: не все вложения"):
        Package(fewer, trusted)


async def test_what_is_erased_is_said_to_be_with_its_act(open_test_region: OpenRegion) -> None:
    people, number = await _with_two(open_test_region)
    region = people.region
    async with region.work(system()) as work:
        assert await store.erase(work, Owner(KIND, number), ACT) == 2
    whole, trusted = await package(region, number), anchors(region)
    assert not any(name.startswith("attachments/") for name in unpacked(whole))
    files = _case(whole)["files"]
    assert [one["digest"] for one in files] == [sha256(PAPER).hexdigest(), sha256(MAP).hexdigest()]
    acts = [one["act"] for one in files]
    assert Package(whole, trusted).lacking == [
        f"стёрто: вложение 1: {ACT}, {acts[0]}",
        f"стёрто: вложение 2: {ACT}, {acts[1]}",
    ]
    facts = json.loads(unpacked(whole)["statement.json"])["facts"]
    assert {*acts} == {one["row"] for one in facts if one["said"] == "файлы стёрты"}
    case = _case(whole)
    case["files"][0]["act"] = acts[1]
    lied = sealed_anew(region, whole, **{"case.json": json.dumps(case).encode()})
    with pytest.raises(Broken, match="акта о стирании нет"):
        Package(lied, trusted)


async def test_what_may_not_go_stays_and_says_why(open_test_region: OpenRegion) -> None:
    people, number = await _with_two(open_test_region)
    region = people.region
    async with region.work(system()) as work:
        (await work.session.get_one(Attachment, 1)).state = ScanState.INFECTED
    file = next(one for one in region.files.names())[0]
    whole = await package(region, number)
    assert Package(whole, anchors(region)).lacking == ["не выдано: вложение 1: найдено вредоносное"]
    for name, _ in region.files.names():
        region.files.destroy(name)
    assert file not in dict(region.files.names())
    assert Package(await package(region, number), anchors(region)).lacking == [
        "не выдано: вложение 1: найдено вредоносное",
        "не выдано: вложение 2: файла нет на месте или он повреждён",
    ]


async def test_an_applicant_s_files_stay(desk: Desk) -> None:
    """The package is about the case: what its applicant has sent is told of nobody."""
    region, taken = desk.region, await desk.take()
    for origin, content, name in (
        (Origin.APPLICANT, PAPER, "passport.pdf"),
        (Origin.OFFICIAL, MAP, "map.pdf"),
        (Origin.OFFICIAL, photograph(), "pit.jpg"),
    ):
        incoming = Incoming(region.files, name, WIDE.file_bytes)
        incoming.add(content)
        async with region.work(system()) as work:
            await attach_to_appeal(work, taken.appeal_id, origin, incoming.finish(), WIDE)
    await run_seal(region, {})
    whole = await package(region, taken.appeal_id, "appeal")
    assert unpacked(whole)["attachments/2.pdf"] == MAP
    assert sha256(PAPER).hexdigest().encode() not in whole
    assert PAPER not in whole
    assert Package(whole, anchors(region)).lacking == [
        "не выдано: вложение 1: приложен заявителем: сведения обращения не разглашаются, fz59/6.2",
        "не выдано: вложение 3: исходное изображение хранит сведения о съёмке, fz59/6.2",
    ]
    async with region.work(system()) as work:
        await store.erase(work, Owner(APPEAL, taken.appeal_id), ACT)
    erased = Package(await package(region, taken.appeal_id, "appeal"), anchors(region)).lacking
    assert [line.rpartition(", ")[0] for line in erased] == [
        f"стёрто: вложение {number}: {ACT}" for number in (1, 2, 3)
    ]

"""The job that asks the antivirus: what it did not read to the end is never called clean."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.attachments.kinds import ScanState, Unchecked
from core.attachments.probes import EICAR
from core.attachments.scan import run_scan
from tests.core.attachments.antivirus import PROGRAM, Candid, Fake, debians, listening
from tests.core.attachments.conftest import Shelf
from tests.fixtures import files as made


async def states(shelf: Shelf, *numbers: int) -> list[tuple[str, str | None, bool]]:
    """State, why, and whether it is asked again."""
    rows = [await shelf.row(number) for number in numbers]
    return [(row.state, row.unchecked, row.scan_at is not None) for row in rows]


async def test_without_an_antivirus_nothing_is_clean_until_there_is_one(shelf: Shelf) -> None:
    number = await shelf.put(made.PDF)
    await run_scan(shelf.region, {})
    await run_scan(shelf.region, {})
    assert await states(shelf, number) == [("unchecked", "none", True)]
    assert (await shelf.row(number)).scans == 1
    async with listening(Candid()) as fake:
        await run_scan(shelf.at(clamd=fake.address), {})
        assert await states(shelf, number) == [("clean", None, False)]
        assert fake.heard[1:] == [made.PDF]
    assert await shelf.incidents() == {}


async def test_silence_is_one_alarm_and_is_asked_again(shelf: Shelf) -> None:
    numbers = [await shelf.put(made.PDF + bytes([one]), f"{one}.pdf") for one in range(3)]
    silent = shelf.at(clamd="127.0.0.1:1", clamd_seconds=1.0)
    await run_scan(silent, {})
    first, *others = await states(shelf, *numbers)
    assert first == ("unchecked", "silent", True)
    assert others == [("waiting", None, True)] * 2
    assert await shelf.incidents() == {"attachments/clamd": True}
    async with listening(Candid()) as fake:
        await run_scan(shelf.at(clamd=fake.address), {})
        assert (await shelf.row(numbers[0])).state == ScanState.UNCHECKED
        shelf.desk.clock.moment += timedelta(minutes=1)
        await run_scan(shelf.at(clamd=fake.address), {})
    assert await states(shelf, *numbers) == [("clean", None, False)] * 3
    assert await shelf.incidents() == {"attachments/clamd": False}


async def test_what_is_over_its_limits_is_unchecked_for_good(shelf: Shelf) -> None:
    number = await shelf.put(made.PDF)
    async with listening(Candid()) as fake:
        await run_scan(shelf.at(clamd=fake.address, clamd_max_bytes=len(made.PDF) - 1), {})
        assert len(fake.heard) == 1
    assert await states(shelf, number) == [("unchecked", "too-big", False)]


async def test_one_that_hides_its_limits_calls_nothing_clean_that_holds_files(
    shelf: Shelf,
) -> None:
    packed = await shelf.put(made.packed({"a.txt": b"a"}), "a.zip")
    plain = await shelf.put(made.TEXT, "a.txt")
    async with listening(Fake()) as fake:
        await run_scan(shelf.at(clamd=fake.address), {})
    assert await states(shelf, packed, plain) == [
        ("unchecked", Unchecked.BLIND, False),
        ("clean", None, False),
    ]


async def test_a_file_that_is_gone_is_said_to_be(shelf: Shelf) -> None:
    number = await shelf.put(made.PDF)
    for name, _ in shelf.region.files.names():
        shelf.region.files.destroy(name)
    async with listening(Candid()) as fake:
        await run_scan(shelf.at(clamd=fake.address), {})
    assert await states(shelf, number) == [("unchecked", "missing", False)]
    assert await shelf.incidents() == {"attachments/lost": True}


@pytest.mark.skipif(PROGRAM is None, reason="clamd is not installed (clamav-daemon)")
async def test_a_real_one_finds_it_plain_zipped_and_large(shelf: Shelf, tmp_path: Path) -> None:
    numbers = [
        await shelf.put(EICAR, "a.txt"),
        await shelf.put(made.packed({"a.txt": EICAR}), "a.zip"),
        await shelf.put(EICAR + b" " * 30_000_000, "b.txt"),
        await shelf.put(made.TEXT, "c.txt"),
    ]
    async with debians(tmp_path) as (clamd, _):
        await run_scan(shelf.at(clamd=clamd.address, clamd_max_bytes=40_000_000), {})
    found = await states(shelf, *numbers)
    assert [state for state, _, _ in found] == ["infected", "infected", "infected", "clean"]

"""The antivirus: its word counts, and nothing else is taken for it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.attachments.clamd import Clamd, Verdict, verdict_of
from core.attachments.kinds import ScanState, Unchecked
from core.attachments.probes import EICAR, finds, tells_limits
from tests.core.attachments.antivirus import PROGRAM, Fake, debians, listening
from tests.fixtures.files import packed

CLEAN = Verdict(ScanState.CLEAN)
real = pytest.mark.skipif(PROGRAM is None, reason="clamd is not installed (clamav-daemon)")


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    for one in content:
        yield one


def unchecked(why: Unchecked) -> Verdict:
    return Verdict(ScanState.UNCHECKED, why)


async def test_a_file_streams_to_it_and_is_clean_by_its_word() -> None:
    async with listening(Fake()) as fake:
        verdict = await fake.client().scan(pieces(b"a" * 300_000, b"", b"b"))
        assert verdict == CLEAN
        assert fake.heard == [b"a" * 300_000 + b"b"]
        assert await fake.client().version() == "ClamAV 1.0.0/1"


@pytest.mark.parametrize(
    ("fake", "expected"),
    [
        (Fake(b"stream: Win.Test FOUND\0"), Verdict(ScanState.INFECTED, None, "Win.Test")),
        (Fake(b"stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0"), Unchecked.TOO_BIG),
        (Fake(b"Something broke. ERROR\0"), Unchecked.FAULT),
        (Fake(b"stream: OK, more or less\0"), Unchecked.FAULT),
        (Fake(b"stream: OK"), Unchecked.CUT),
        (Fake(b"x" * 10_000), Unchecked.CUT),
        (Fake(way="cut"), Unchecked.CUT),
        (Fake(way="limit"), Unchecked.TOO_BIG),
    ],
)
async def test_what_is_not_its_word_is_not_clean(fake: Fake, expected: Verdict | Unchecked) -> None:
    wanted = expected if isinstance(expected, Verdict) else unchecked(expected)
    async with listening(fake):
        assert await fake.client().scan(pieces(*[b"a" * 100_000] * 20)) == wanted


async def test_silence_is_not_clean() -> None:
    async with listening(Fake(way="silent")) as fake:
        assert await fake.client(0.2).scan(pieces(b"a")) == unchecked(Unchecked.SILENT)
    nobody = Clamd("127.0.0.1:1", 0.5)
    assert await nobody.scan(pieces(b"a")) == unchecked(Unchecked.SILENT)
    with pytest.raises(ConnectionRefusedError):
        await nobody.version()


async def test_an_answer_before_the_end_is_not_clean() -> None:
    async def slowly() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b"a" * 200_000
            await asyncio.sleep(0.01)

    async with listening(Fake(way="early")) as fake:
        assert await fake.client().scan(slowly()) == unchecked(Unchecked.CUT)
    assert verdict_of("stream: OK", whole=True) == CLEAN


@real
async def test_a_real_one_finds_and_says_what_it_did_not_read(tmp_path: Path) -> None:
    inside = packed({"a.com": EICAR})
    large = EICAR + bytes(30_000_000)
    async with debians(tmp_path) as (clamd, _):
        assert (await clamd.version()).startswith("ClamAV ")
        found = [
            await clamd.scan(pieces(*(one[i : i + 65_536] for i in range(0, len(one), 65_536))))
            for one in (EICAR, inside, large, packed({"b.zip": inside}), b"harmless")
        ]
        assert [one.state for one in found] == [*[ScanState.INFECTED] * 4, ScanState.CLEAN]
        assert found[0].found == "Tsur.Test.EICAR.UNOFFICIAL"
        assert (await finds(clamd)).state is ScanState.INFECTED
        assert await tells_limits(clamd) is True


@real
async def test_a_real_one_over_its_limits_never_says_clean(tmp_path: Path) -> None:
    async with debians(tmp_path, StreamMaxLength="1M", MaxFileSize="1M", MaxScanSize="1M") as (
        clamd,
        _,
    ):
        over = await clamd.scan(pieces(*[bytes(65_536)] * 64))
        inside = await clamd.scan(pieces(packed({"zeros": bytes(3_000_000)})))
        assert over in (unchecked(Unchecked.TOO_BIG), unchecked(Unchecked.CUT))
        assert inside == unchecked(Unchecked.TOO_BIG)
    async with debians(tmp_path, AlertExceedsMax="no") as (clamd, _):
        assert await tells_limits(clamd) is False


@real
async def test_a_real_one_that_is_killed_midway_never_says_clean(tmp_path: Path) -> None:
    async with debians(tmp_path) as (clamd, process):

        async def body() -> AsyncIterator[bytes]:
            for number in range(100):
                if number == 50:
                    os.kill(process.pid, signal.SIGKILL)
                    await process.wait()
                yield bytes(65_536)

        assert await clamd.scan(body()) == unchecked(Unchecked.CUT)
        assert await clamd.scan(pieces(b"a")) == unchecked(Unchecked.SILENT)

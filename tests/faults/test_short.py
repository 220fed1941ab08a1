"""The harness itself, in seconds: a kill of the service, one of a command; the judge's eyes.

Its processes begin with what they import: `make faults` has them import it as users do.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults.__main__ import run
from tests.faults.ground import START_SECONDS, Ground
from tests.faults.judge import judge
from tests.faults.kills import CORE
from tests.faults.load import Record
from tests.fixtures.processes import started, tsur
from tests.places import ROOT


class Warm(Ground):
    """An installation whose processes need import nothing."""

    async def tsur(self, *arguments: str) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        env = {**os.environ, **self.env}
        done = await asyncio.to_thread(tsur, *arguments, env=env, cwd=ROOT, timeout=START_SECONDS)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def process(self, *arguments: str) -> Iterator[Any]:
        assert arguments[: len(CORE)] == CORE
        words, env = arguments[len(CORE) :], {**os.environ, **self.env}
        with started(*words, env=env, cwd=ROOT, log=self.folder / "process.log") as process:
            yield process


async def test_a_service_and_an_import_that_were_killed_lose_nothing(tmp_path: Path) -> None:
    found = await run(tmp_path, "kursk", 15, {"server": 1, "importer": 1}, Warm)
    for figures in found.values():
        assert (figures["lost"], figures["doubled"], figures["more"].get("failed", "")) == (
            0,
            0,
            "",
        )
    assert found["server"]["acknowledged"] == found["server"]["stored"] > 0
    assert found["importer"]["stored"] == 2_000


def test_what_is_lost_or_doubled_is_seen() -> None:
    record = Record(acknowledged={"a": "1", "b": "2", "c": "3"}, began=0.0, ended=9.0)
    record.moments = [1.0, 2.0, 6.5]
    record.kinds = Counter({"taken ADDED": 3, "503 UNAVAILABLE": 2, "500 INTERNAL": 4})
    whole = Counter({"a": 1, "b": 1, "c": 1, "d": 1})
    found = {"appeals": whole, "ledger": whole - Counter("b"), "journal": whole + Counter("cd")}
    verdict = judge(record, found)
    assert (verdict.acknowledged, verdict.stored, verdict.lost, verdict.doubled) == (3, 4, 1, 2)
    assert (verdict.longest_silence, verdict.misnamed) == (4.5, 4)
    assert not verdict.well
    assert record.recovered(since=2.5) == 4.0
    assert record.recovered(since=7.0) is None

"""The harness itself, in seconds: a kill of the service, one of a command; the judge's eyes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.faults.__main__ import run
from tests.faults.judge import judge
from tests.faults.load import Record


async def test_a_service_and_an_import_that_were_killed_lose_nothing(tmp_path: Path) -> None:
    found = await run(tmp_path, "kursk", 15, {"server": 1, "importer": 1})
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

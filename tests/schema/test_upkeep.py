"""How the installation does, over HTTP and on its page: queue, sealing, disks, the last copy."""

from __future__ import annotations

import re
from collections import namedtuple
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import pytest
from sqlalchemy import delete

from core.kernel.access import system
from core.kernel.queue import JobState, QueuedJob
from core.kernel.region import Region
from core.kernel.sealing.model import SealWaiting
from core.region.backup.record import MADE, note_backup, note_drill
from core.region.sealing.jobs import run_seal
from core.region.upkeep import disks
from core.region.upkeep.copies import last_copy
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, visitor
from tests.schema.conftest import Api

__all__ = ["visitor"]

Usage = namedtuple("Usage", "total used free")
UPKEEP = """{ upkeep { version revisions
    queue { name title waiting seconds late endedAt }
    sealing { state waiting seconds mostWaiting mostSeconds size root signedAt witnessedAt
        stampedAt }
    disks { holds free total state }
    backup { state text madeAt keys drilledAt drilledOf drill } } }"""


async def shown(api: Api) -> Any:
    return (await api.data(UPKEEP, "administrator"))["upkeep"]


def room(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(disks, "disk_usage", lambda _: Usage(10**12, 10**12 - free, free))


async def queued(region: Region) -> None:
    """A note that waits for twenty minutes, one that waits for ten, a tick that ended before."""
    now = region.now()
    async with region.work(system()) as work:
        for name, minutes, state in (("note", 20, "waiting"), ("note", 10, "waiting"),
                                     ("tick", 30, "done"), ("tick", 40, "done")):  # fmt: skip
            at = now - timedelta(minutes=minutes)
            ended = at if state == JobState.DONE else None
            row = QueuedJob(name=name, payload={}, state=state, queued_at=at, run_at=at)
            row.finished_at = ended
            work.session.add(row)


async def stuck(region: Region, rows: int, seconds: int) -> None:
    """So many rows that wait for their seals, the first of them for so long."""
    async with region.work(system()) as work:
        await work.session.execute(delete(SealWaiting))
        at = region.now() - timedelta(seconds=seconds)
        work.session.add_all(
            SealWaiting(kind="journal", row_id=1, at=at + timedelta(seconds=min(number, seconds)))
            for number in range(rows)
        )


async def test_the_queue_and_the_version(api: Api) -> None:
    await queued(api.region)
    found = await shown(api)
    assert found["version"] == version("tsur")
    assert any(re.fullmatch(r"core\d{4}", one) for one in found["revisions"])
    first, *others = found["queue"]
    assert first == {
        "name": "note", "title": "note", "waiting": 2, "seconds": 1200, "late": True,
        "endedAt": None,
    }  # fmt: skip
    by_name = {one["name"]: one for one in others}
    assert by_name["tick"]["endedAt"] == "2026-03-02T11:30:00Z"
    assert by_name["journal.seal"] == {
        "name": "journal.seal", "title": "запечатывание журнала", "waiting": 0, "seconds": 0,
        "late": False, "endedAt": None,
    }  # fmt: skip
    assert {one["waiting"] for one in others} == {0}


async def test_a_sealer_that_is_stuck(api: Api) -> None:
    before = (await shown(api))["sealing"]
    assert (before["size"], before["root"], before["signedAt"]) == (0, None, None)
    await run_seal(api.region, {})
    well = (await shown(api))["sealing"]
    assert well["size"] > 0
    assert re.fullmatch(r"[0-9a-f]{64}", well["root"])
    assert {name: well[name] for name in well if name not in ("size", "root")} == {
        "state": "WELL", "waiting": 0, "seconds": 0, "mostWaiting": 1000, "mostSeconds": 60,
        "signedAt": "2026-03-02T12:00:00Z", "witnessedAt": None, "stampedAt": None,
    }  # fmt: skip
    for rows, seconds, state in ((3, 60, "WELL"), (3, 61, "FAULT"), (1001, 60, "WARNING")):
        await stuck(api.region, rows, seconds)
        found = (await shown(api))["sealing"]
        assert (found["waiting"], found["seconds"], found["state"]) == (rows, seconds, state)


async def test_disks_with_room_and_without(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, state in ((2_000_000_000, "WELL"), (1_999_999_999, "WARNING"), (1, "FAULT")):
        room(monkeypatch, free)
        (one,) = (await shown(api))["disks"]
        assert one == {"holds": ["DATA", "FILES"], "free": free, "total": 1e12, "state": state}


async def test_no_copy_a_young_one_an_old_one_and_its_drill(
    api: Api, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    region, home = api.region, api.region.settings.data_dir
    copies = home / "copies"
    none = (await shown(api))["backup"]
    assert none == {
        "state": "WELL", "madeAt": None, "keys": False, "drilledAt": None, "drilledOf": None,
        "drill": None,
        "text": "не снималась: до промышленной установки не нужна; снять: tsur backup ПАПКА",
    }  # fmt: skip
    copies.mkdir(parents=True)
    note_backup(home, [region.code], region.now(), with_keys=True, folder=copies)
    untried = await shown(api)
    assert untried["disks"][0]["holds"] == ["DATA", "FILES", "COPIES"]
    assert untried["backup"] == {
        "state": "WELL", "text": "последней 0 ч", "madeAt": "2026-03-02T12:00:00Z", "keys": True,
        "drilledAt": None, "drilledOf": None,
        "drill": "последняя копия пробой не проверена: выполните tsur restore ПАПКА --drill",
    }  # fmt: skip
    made_at = region.now()
    clock.forward(hours=30)
    note_drill(home, [region.code], region.now(), made_at)
    monkeypatch.setitem(vars(region.settings), "production", True)
    old = last_copy(region)
    assert (old.state, old.text) == (
        "warning",
        "последней 30 ч: выполните tsur backup ПАПКА",
    )
    assert (old.drilled_at, old.drilled_of, old.drill) == (region.now(), made_at, None)
    (home / MADE).write_bytes(b"{")
    monkeypatch.setitem(vars(region.settings), "production", False)
    broken = await shown(api)
    assert broken["backup"]["state"] == "FAULT"
    assert broken["backup"]["text"] == (
        "сведения о копиях не читаются: что с ними, говорит tsur doctor"
    )
    assert str(home) not in str(broken)


def said(page: str, section: str) -> str:
    """The words of the card under this heading."""
    card = page.partition(f"<h2>{section}</h2>")[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", card).replace("\u202f", " ").split())


async def test_the_page_says_all_of_it(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    region = visitor.region
    await queued(region)
    await run_seal(region, {})
    room(monkeypatch, 1_500_000_000)
    home = region.settings.data_dir
    await visitor.enter("administrator")
    await stuck(region, 1_240, 300)
    assert said((await visitor.get("ops")).text, "Последняя копия").startswith(
        "нет Не снималась: до промышленной установки не нужна; снять: tsur backup ПАПКА"
    )
    note_backup(home, [region.code], region.now() - timedelta(days=3), with_keys=False)
    page = (await visitor.get("ops")).text
    assert said(page, "Последняя копия") == (
        "есть Последней 72 ч. Снята 27.02.2026, 17:00 С ключами не снималась Проба восстановления "
        "не проводилась Последняя копия пробой не проверена: выполните tsur restore ПАПКА --drill."
    )
    assert said(page, "Печать журнала").startswith(
        "отстаёт Ждёт печати 1 240 (обычно не больше 1 000) Первая строка ждёт 5 мин (не дольше "
    )
    assert said(page, "Место на дисках").endswith("Данные, вложения 1,5 ГБ 1 000 ГБ мало")
    assert "Note 2 20 мин за семь дней не было Задания ждут дольше" in said(page, "Очередь заданий")
    assert "Tick 02.03.2026, 16:30" in said(page, "Очередь заданий")
    assert said(page, "Версии").startswith(f"Программа {version('tsur')} Таблицы core")
    assert str(home) not in page

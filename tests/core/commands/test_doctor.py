"""`tsur doctor`: what is checked, what is said, and that all is well only when it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import pytest
from sqlalchemy import update

from core.appeals.classifier.model import Category
from core.commands import checkup
from core.commands.categories import classifier_finding
from core.commands.checkup import connection, require_fit
from core.commands.clocks import calendar, clock
from core.commands.finding import Finding, Matter
from core.db.database import Database
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.keyring.vault_mark import Held
from core.region.upkeep.states import State
from tests.conftest import OpenRegion
from tests.core.commands.conftest import Run
from tests.fixtures.classifiers import classify
from tests.fixtures.clock import FrozenClock
from tests.fixtures.pooler import PROGRAM, pooler


def told(tsur: Run) -> tuple[int, dict[str, str]]:
    """The exit code, and the state of each matter."""
    code, out, _ = tsur("doctor", "--json")
    document = orjson.loads(out.splitlines()[-1])
    assert document["ok"] is (code == 0)
    return code, {one["matter"]: one["state"] for one in document["checks"]}


def test_the_version_is_printed(tsur: Run) -> None:
    assert tsur("--version") == (0, f"tsur {version('tsur')}\n", "")


def test_all_is_well_once_it_is_migrated(settled: Run) -> None:
    code, states = told(settled)
    assert code == 0
    assert states == dict.fromkeys(
        ["settings", "issuer", "broker", "disk", "calendar", "database", "migrations", "keys",
         "administrator", "classifier", "backup", "doors", "queue", "clock", "antivirus"],
        "well",
    )  # fmt: skip


def test_production_asks_for_more(settled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUR_PRODUCTION", "true")
    monkeypatch.setenv("TSUR_BROKER_URL", "redis://:Zq9secret@127.0.0.1:1")
    code, out, _ = settled("doctor")
    assert code == 1
    assert [line for line in out.splitlines() if "верно:" not in line or "неверно:" in line] == [
        "настройки … неверно: В промышленной установке нужен TSUR_PUBLIC_URL: с чего начинаются "
        "ссылки гражданам, например https://tsur.example.ru",
        "сервер входа … неверно: В промышленной установке нужен TSUR_OIDC_ISSUER: адрес сервера "
        "входа (OIDC)",
        "брокер заданий … неверно: не отвечает (ConnectionError): проверьте TSUR_BROKER_URL и "
        "работает ли он",
        "polygon: ключи … внимание: копии этих ключей нет: выполните tsur keys backup polygon",
        "polygon: администратор … внимание: не назначен: "
        "tsur admin grant polygon ИМЯ --name ФИО --ground ДОКУМЕНТ",
        "polygon: копия … внимание: не снималась: выполните tsur backup ПАПКА и повторяйте каждый "
        "день",
        "polygon: антивирус … внимание: не задан, вложения не проверяются: укажите "
        "TSUR_POLYGON_CLAMD",
    ]


async def test_the_classifier_is_told_with_what_is_in_season_and_what_it_names_in_vain(
    kursk: Region, tmp_path: Path, clock: FrozenClock
) -> None:
    assert (await classifier_finding(kursk)).text == "не загружен"
    await classify(kursk, tmp_path / "annex.csv")
    told = await classifier_finding(kursk)
    assert (told.state, told.text) == (
        State.WELL, "строк 4, в сезоне 3, последняя редакция с 15.01.2026",
    )  # fmt: skip
    async with kursk.work(system()) as work:
        await work.session.execute(update(Category).values(theme="rods"))
    told = await classifier_finding(kursk)
    assert (told.state, told.text) == (
        State.WARNING,
        "«1.1»: тематики «rods» больше нет; «1.2»: тематики «rods» больше нет; "
        "«1.3»: тематики «rods» больше нет и ещё 1: загрузите новую редакцию",
    )


def test_an_administrator_and_a_copy_of_the_keys_are_enough(
    settled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUR_BACKUP_PASSPHRASE", "верный конь и батарейка")
    given = ("login-7", "--name", "Первый Пётр", "--ground", "приказ № 5")
    assert settled("admin", "grant", "polygon", *given)[0] == 0
    code, _, err = settled("admin", "grant", "polygon", *given)
    today = datetime.now(ZoneInfo("Asia/Yekaterinburg"))  # as the testing ground has it
    said = f"Администратор уже есть: Первый Пётр, с {today:%d.%m.%Y}"
    assert (code, err.partition(" (")[0]) == (1, said)
    assert settled("keys", "backup", "polygon", "--to", str(tmp_path / "copy.json"))[0] == 0
    monkeypatch.setenv("TSUR_PRODUCTION", "true")
    _, states = told(settled)
    assert (states["administrator"], states["keys"]) == ("well", "well")


def test_missing_keys_are_a_fault_and_nothing_is_made_in_their_place(
    settled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUR_BACKUP_PASSPHRASE", "верный конь и батарейка")
    copy = tmp_path / "copy.json"
    assert settled("keys", "backup", "polygon", "--to", str(copy))[0] == 0
    key = tmp_path / "state" / "polygon" / "data.key"
    kept = key.read_bytes()
    key.unlink()
    assert told(settled)[1]["keys"] == "fault"
    for words in (("migrate",), ("jobs", "list", "polygon"), ("serve", "--port", "0")):
        code, out, err = settled(*words)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert err.startswith(f"Нет ключей региона «polygon»: {key}. Верните их из копии")
        assert not key.exists()
    assert settled("keys", "restore", "polygon", str(copy)) == (
        0,
        f"polygon: возвращён {key}\n",
        "",
    )
    assert key.read_bytes() == kept
    assert told(settled)[0] == 0


def test_an_address_that_was_left_empty_is_no_letter_that_went(settled: Run) -> None:
    code, out, _ = settled("doctor", "--mail", "")
    assert code == 1
    assert out.endswith("почта … неверно: после --mail нужен адрес электронной почты\n")


def test_a_second_store_of_keys_is_a_fault(settled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def held(_work: Work) -> Held:
        return Held(4, 3)

    monkeypatch.setattr(checkup, "latest_keys", held)
    code, out, _ = settled("doctor")
    assert code == 1
    assert (
        "polygon: ключи … неверно: в хранилище ключей журнала нет 3 из последних 4: оно у базы "
        "одно, а рядом работает установка с его копией, или копией подменили его самого; если "
        "ключи утрачены навсегда: tsur keys renounce polygon" in " ".join(out.split())
    )


def test_production_makes_keys_for_a_new_database_aloud_and_never_else(
    tsur: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUR_PRODUCTION", "true")
    monkeypatch.setenv("TSUR_OIDC_ISSUER", "https://login.example")
    monkeypatch.setenv("TSUR_PUBLIC_URL", "https://tsur.example.ru")
    folder = tmp_path / "state" / "polygon"
    code, _, err = tsur("serve", "--port", "0")
    assert code == 1
    assert err.startswith("Базы региона «polygon» нет, искали ")
    assert not (folder / "data.key").exists()
    said = f"созданы ключи в {folder}; сохраните их: tsur keys backup tests.grounds.polygon"
    out = tsur("migrate")[1]
    assert said in out
    assert "созданы ключи" not in tsur("migrate")[1]


def test_keys_are_rotated_from_the_command_line(settled: Run, tmp_path: Path) -> None:
    former = settled("key", "polygon")[1]
    source = tmp_path / "file.csv"
    source.write_text(
        "external_id,channel,text,received,name\n1,letter,Яма,2026-02-01,Проверочный\n", "utf-8"
    )
    assert settled("import", "polygon", str(source))[0] == 0
    code, out, _ = settled("keys", "rotate", "polygon")
    assert code == 0
    assert out.startswith("polygon: смена ключей закончена, запечатано заново строк: 1\n")
    assert settled("key", "polygon")[1].endswith(former)
    assert told(settled)[0] == 0


@pytest.mark.parametrize(
    ("seconds", "state"),
    [(0, State.WELL), (4, State.WELL), (-20, State.WARNING), (90, State.FAULT)],
)
def test_a_clock_is_judged_by_how_far_it_is(seconds: int, state: State) -> None:
    theirs = datetime.now(UTC) + timedelta(seconds=seconds)
    found = clock(theirs, "сервером базы")
    assert (found.matter, found.state) == (Matter.CLOCK, state)


@pytest.mark.parametrize(
    ("year", "month", "state"),
    [(2026, 3, State.WELL), (2027, 10, State.WARNING), (2040, 1, State.FAULT)],
)
def test_the_calendar_must_reach_as_far_as_terms(
    polygon: Region, clock: FrozenClock, year: int, month: int, state: State
) -> None:
    clock.at(year, month, 1)
    assert calendar(polygon).state is state


async def test_a_calendar_nobody_published_stops_the_service(
    polygon: Region, clock: FrozenClock
) -> None:
    await require_fit(polygon)
    clock.at(2040, 1, 15)
    with pytest.raises(Refusal, match="производственный календарь 2040 года неизвестен"):
        await require_fit(polygon)


async def test_a_pooler_without_the_setting_is_found(
    open_test_region: OpenRegion, test_server: str | None, tmp_path: Path
) -> None:
    if PROGRAM is None or test_server is None:
        pytest.skip("no PgBouncer, or no PostgreSQL server is named (TSUR_TEST_DATABASE_URL)")
    direct = await open_test_region("tests.grounds.polygon")
    assert (await connection(direct)).state is State.WELL
    with pooler(test_server, tmp_path, ignoring="jit") as url:
        through = url.rpartition("/")[0] + "/" + direct.database.url.rpartition("/")[2]
        found: list[Finding] = []
        for pooled in (False, True):
            database = Database(through, pooled=pooled)
            found.append(await connection(replace(direct, database=database)))
            await database.close()
    assert [one.state for one in found] == [State.FAULT, State.WELL]
    assert found[0].text == "перед сервером стоит PgBouncer: задайте TSUR_POLYGON_POOLED=true"

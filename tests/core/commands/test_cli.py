"""The `tsur` command: what it prints, and how it says no."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import signal
import sqlite3
from base64 import urlsafe_b64decode
from contextlib import closing
from importlib import import_module
from pathlib import Path

import httpx
import orjson
import pytest
from typer.main import get_group

from core.commands import cli
from core.commands.cli import TOPICS
from core.commands.serve import Card, announcement
from core.kernel.access import system
from core.kernel.settings import read_settings
from core.region.opening import open_region
from core.reports.rules import render
from core.worker.runs import run_job
from tests.core.commands.conftest import Run
from tests.fixtures.processes import first_line, started
from tests.places import ROOT


def test_alone_it_explains_itself(tsur: Run) -> None:
    _, out, err = tsur()
    for verb in ("migrate", "serve", "worker", "jobs", "import", "export", "law", "token"):
        assert f" {verb} " in out + err


def test_every_verb_is_known_by_its_topic() -> None:
    found = {
        verb: topic
        for topic in set(TOPICS.values())
        for verb in get_group(import_module(f"core.commands.{topic}").verbs).commands
    }
    assert found == TOPICS


def test_json_is_one_line_everywhere() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "core" / "commands").glob("*.py")]
    assert [text for text in texts if "INDENT" in text or "indent=" in text] == []


@pytest.mark.parametrize("code", ["../kursk", ".", "..", "", "/kursk"])
def test_what_names_no_region_is_told_in_one_line(tsur: Run, code: str) -> None:
    done, out, err = tsur("check", code)
    assert (done, out, err.count("\n")) == (1, "", 1)
    assert err.endswith(". Регионы перечисляет TSUR_REGIONS (UNKNOWN_REGION)\n")


def test_migrating_is_idempotent_and_checks(tsur: Run) -> None:
    done = (0, "tests.grounds.polygon: база готова\n", "")
    assert tsur("migrate") == done
    assert tsur("migrate", "--check") == done
    assert tsur("migrate", "polygon") == (0, "polygon: база готова\n", "")


def test_a_refusal_is_one_line_on_stderr(tsur: Run) -> None:
    assert tsur("migrate", "atlantis") == (
        1,
        "",
        "Регион «atlantis» не подключён; подключены: polygon (UNKNOWN_REGION)\n",
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(errno.ENOSPC, "no"),
            "Прервано: на диске нет места. Повторите команду, когда это исправят\n",
        ),
        (
            sqlite3.OperationalError("database or disk is full"),
            "База данных: на диске нет места или он не пишет\n",
        ),
    ],
)
def test_an_outage_is_one_sentence(
    tsur: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def broken() -> None:
        raise error

    monkeypatch.setattr(cli, "app", broken)
    assert tsur("import") == (1, "", said)


def test_wrong_settings_are_named(tsur: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUR_POOL_SIZE", "0")
    code, out, err = tsur("migrate")
    assert (code, out) == (1, "")
    assert err.startswith("Неверные настройки: TSUR_POOL_SIZE: ")


def test_a_conflict_of_law_names_both_clauses(
    tsur: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "clashing"
    folder.mkdir()
    (folder / "__init__.py").write_text("", "utf-8")
    (folder / "region.py").write_text(
        "import sys\n"
        "from core.api import hookimpl\n"
        "from core.directory.rules import Theme\n"
        "from tests.grounds.polygon import rules as polygon\n"
        "@hookimpl\n"
        "def rules():\n"
        "    clause = polygon.ACT.cite('1')\n"
        "    return (Theme('housing', 'Иное', clause=clause),)\n"
        "CHAPTERS = (polygon, sys.modules[__name__])\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("TSUR_REGIONS", "clashing.region")
    code, out, err = tsur("law", "rules", "region")
    assert (code, out) == (1, "")
    start = "Свод правил не составляется: clashing/region.py: тематика «housing»: polygon.1/1 "
    assert err.startswith(start)
    assert "ru.1844/10.в." in err


def test_jobs_are_listed_and_retried(settled: Run) -> None:
    asyncio.run(park_one())
    code, out, _ = settled("jobs", "list", "polygon")
    assert code == 0
    assert "vanished" in out
    assert "UnknownJob" in out
    assert settled("jobs", "retry", "polygon", "1") == (0, "Задание 1 снова в очереди\n", "")
    assert "vanished" not in settled("jobs", "list", "polygon")[1]
    assert "vanished" in settled("jobs", "list", "polygon", "--state", "waiting")[1]
    assert settled("jobs", "retry", "polygon", "1") == (
        1,
        "",
        "Повторить можно только отложенное задание (WRONG_STATE)\n",
    )
    assert settled("jobs", "retry", "polygon", "2")[2] == "Такого задания нет (NOT_FOUND)\n"


async def park_one() -> None:
    region = open_region("polygon", read_settings())
    async with region.work(system()) as work:
        work.later("vanished")
    await run_job(region, 1)
    await region.database.close()


def test_the_directory_is_loaded_from_a_file(settled: Run, tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("key,name,kind,parent,municipality,themes,default\nx,Школа,other,,,,\n")
    words = ("directory", "load", "polygon", str(path))
    counts = "органы — внесено {}, изменено 0, без изменений {}\n"
    checked = f"строка 2: органы: x: внесено\nПроверено, ничего не записано: {counts}"
    assert settled(*words, "--dry-run") == (0, checked.format(1, 0), "")
    entered = f"строка 2: органы: x: внесено\nВнесено: {counts}"
    assert settled(*words) == (0, entered.format(1, 0), "")
    again = f"строка 2: органы: x: без изменений\nВнесено: {counts}"
    assert settled(*words) == (0, again.format(0, 1), "")


def test_the_law_is_printed_as_it_is_checked_in(tsur: Run) -> None:
    region = open_region("polygon", read_settings())
    assert tsur("law", "rules", "polygon") == (0, render(region.rules, region.passport), "")


def test_hooks_say_who_answers(tsur: Run) -> None:
    code, out, _ = tsur("hooks", "polygon")
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines()]
    assert code == 0
    assert ["rules", "tests.grounds.polygon.rules", "Body", "2"] in lines
    assert ["rules", "tests.grounds.polygon.rules", "Passport", "1"] in lines


def test_a_token_is_the_last_line(settled: Run) -> None:
    code, out, err = settled("token", "polygon", "--role", "curator")
    assert (code, err) == (0, "")
    _, payload, _ = out.splitlines()[-1].split(".")
    claims = orjson.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert (claims["sub"], claims["aud"]) == ("demo-curator", "polygon")


def test_production_gives_no_token(settled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUR_PRODUCTION", "true")
    assert settled("token", "polygon", "--role", "curator") == (
        1,
        "",
        "В промышленной установке демо-токенов нет (FORBIDDEN)\n",
    )


def test_the_announcement_has_addresses_and_tokens() -> None:
    cards = [Card("kursk", "ЦУР", (("curator", "a.b.c"), ("head", "d.e.f"))), Card("x", "Х", ())]
    assert announcement("http://127.0.0.1:8000", cards).splitlines() == [
        "ЦУР работает: http://127.0.0.1:8000  (готовность: http://127.0.0.1:8000/healthz)",
        "",
        "ЦУР: http://127.0.0.1:8000/kursk/",
        "  войти: http://127.0.0.1:8000/kursk/login/demo/curator",
        "  API:   http://127.0.0.1:8000/kursk/graphql",
        "  curator  a.b.c",
        "  head     d.e.f",
        "",
        "Х: http://127.0.0.1:8000/x/",
        "  API:   http://127.0.0.1:8000/x/graphql",
    ]


async def test_serving_announces_itself_once_it_answers(migrated: Path, tmp_path: Path) -> None:
    shutil.copytree(migrated, tmp_path / "state")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TSUR_")},
        "PYTHONPATH": str(ROOT),
        "TSUR_REGIONS": "tests.grounds.polygon",
        "TSUR_DATA_DIR": str(tmp_path / "state"),
    }
    log = tmp_path / "serve.log"
    with started("serve", "--port", "0", env=environment, cwd=ROOT, log=log) as server:
        line = await asyncio.to_thread(first_line, log, server, 60)
        address = line.split()[2]
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"{address}/healthz")
        assert (answer.status_code, answer.json()["ready"]) == (200, True)
        server.send_signal(signal.SIGTERM)
        code = await asyncio.to_thread(server.wait, 60)
    assert code == -signal.SIGTERM  # uvicorn ends by the signal it was sent


def test_verify_rollups_proves_finds_and_mends(settled: Run, tmp_path: Path) -> None:
    database = tmp_path / "state" / "polygon" / "tsur.db"
    source = tmp_path / "file.csv"
    source.write_text("external_id,channel,text,received\n1,letter,Яма,2026-02-01\n", "utf-8")
    code, _, err = settled("import", "polygon", str(source))
    assert code == 0, err
    proved = "tests.grounds.polygon: показатели верны, обращений 1, срезов 24\n"
    assert settled("verify", "rollups")[:2] == (0, proved)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM rollup_change")
    code, out, err = settled("verify", "rollups", "--region", "polygon")
    assert (code, out) == (1, "")
    assert "polygon: показатели расходятся с журналами обращений" in err
    assert "total: не хватает 1" in err
    assert settled("verify", "rollups", "--rebuild")[:2] == (0, proved)

"""`tsur backup` and `tsur restore`: every line, and no way round the doors."""

from __future__ import annotations

import asyncio
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from core.kernel.access import system
from core.kernel.doors.model import Arrival
from core.kernel.settings import read_settings
from core.region.opening import open_region
from tests.core.commands.conftest import Run

SECRET = "верный конь и батарейка"
COUNTED = re.compile(r"polygon: таблиц \d+, строк \d+, файлов 0")


@pytest.fixture
def place(settled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Sets the folder of data by its name, and the passphrase."""
    monkeypatch.setenv("TSUR_BACKUP_PASSPHRASE", SECRET)

    def at(name: str) -> Path:
        monkeypatch.setenv("TSUR_DATA_DIR", str(tmp_path / name))
        return tmp_path / name

    at("state")
    return at


def copied(tsur: Run, tmp_path: Path, *more: str) -> Path:
    code, out, err = tsur("backup", str(tmp_path / "copies"), *more)
    first, last = out.splitlines()
    assert code == 0, err
    assert COUNTED.fullmatch(first)
    assert last.startswith(f"Копия: {tmp_path / 'copies'}/tsur-")
    return Path(last.removeprefix("Копия: "))


def test_there_and_back_with_the_doors_closed(
    tsur: Run, place: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copied(tsur, tmp_path, "--with-keys")
    home = place("other")
    code, out, err = tsur("restore", str(tmp_path / "copies"))
    counted, *rest = out.splitlines()
    assert (code, err) == (0, "")
    assert COUNTED.fullmatch(counted.removesuffix("; счёт и отпечатки сошлись"))
    assert rest == [
        f"Настройки копии для сверки: {home / 'settings-of-the-copy.env'}",
        "Двери закрыты: ничего не уйдёт, пока не сказано tsur restore --release",
    ]
    shown = "polygon: двери закрыты; уйдёт:\n  ничего\n"
    said = "Двери остались закрыты: скажите --send (отправить) или --gone (уже ушло) (INVALID)\n"
    for words in ("", "да\n"):
        monkeypatch.setattr(sys, "stdin", Pipe(words))
        assert tsur("restore", str(tmp_path / "copies"), "--release") == (1, shown, said)
    monkeypatch.setattr(sys, "stdin", Pipe("gone\n"))
    opened = "Двери открыты, решение о том, что ждало: уже ушло\n"
    assert tsur("restore", str(tmp_path / "copies"), "--release") == (0, shown + opened, "")
    assert tsur("restore", "--release", "--send") == (0, "Двери открыты: выпускать нечего\n", "")
    assert asyncio.run(verdicts()) == ["gone"]
    assert path.exists()


class Pipe(io.StringIO):
    """What stands in a pipe, without being a file."""


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.commands.verdict.select.select", lambda read, *_: (read, [], []))


async def verdicts() -> list[str | None]:
    region = open_region("polygon", read_settings())
    async with region.reading(system()) as work:
        found = list(await work.session.scalars(select(Arrival.verdict)))
    await region.database.close()
    return found


def test_it_warns_until_the_keys_are_kept_somewhere(
    tsur: Run, place: Callable[[str], Path], tmp_path: Path
) -> None:
    warned = (
        "Внимание: копии ключей региона «polygon» нет, а без них эту не прочесть: повторите с "
        "--with-keys или выполните tsur keys backup polygon\n"
    )
    assert tsur("backup", str(tmp_path / "copies"))[2] == warned
    assert tsur("backup", str(tmp_path / "copies"))[2] == warned
    assert tsur("backup", str(tmp_path / "copies"), "--with-keys")[2] == ""
    assert tsur("backup", str(tmp_path / "copies"))[2] == ""
    place("other")
    code, out, err = tsur("restore", str(tmp_path / "copies"))
    assert (code, err) == (0, "polygon: верните ключи: tsur keys restore polygon ФАЙЛ\n")
    assert "Двери закрыты" in out
    code, _, err = tsur("migrate")
    assert (code, err.startswith("Нет ключей региона «polygon»: ")) == (1, True)


def test_a_drill_serves_nothing_and_leaves_nothing(
    tsur: Run, place: Callable[[str], Path], tmp_path: Path
) -> None:
    copied(tsur, tmp_path)
    home = place("other")
    code, out, _ = tsur("restore", str(tmp_path / "copies"), "--drill")
    last = "Учебное восстановление удалось: счёт и отпечатки сошлись, ничего не оставлено"
    assert (code, out.splitlines()[-1]) == (0, last)
    files = [path.name for path in home.rglob("*") if path.is_file()]
    assert files == [".operation.lock"]


LINES = (
    (("restore",), "Назовите папку копий: tsur restore ПАПКА"),
    (
        ("restore", "copies", "--gone"),
        "Так эти указания не сочетаются: --send или --gone говорят вместе с --release",
    ),
    (
        ("restore", "--release", "--gone", "--send"),
        "Так эти указания не сочетаются: --send или --gone говорят вместе с --release",
    ),
    (("restore", "nowhere"), "В папке nowhere копий нет"),
)


@pytest.mark.parametrize(("words", "line"), LINES)
def test_the_line(
    tsur: Run, place: Callable[[str], Path], words: tuple[str, ...], line: str
) -> None:
    assert tsur(*words) == (1, "", f"{line} (INVALID)\n")


def test_without_a_passphrase_no_copy_is_made(
    tsur: Run, place: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place("state")
    monkeypatch.delenv("TSUR_BACKUP_PASSPHRASE")
    assert tsur("backup", str(tmp_path / "copies")) == (
        1,
        "",
        "Задайте TSUR_BACKUP_PASSPHRASE: не короче 12 знаков; без неё копию не открыть (INVALID)\n",
    )
    assert not (tmp_path / "copies").exists()


def test_another_passphrase_and_a_changed_copy_are_refused_before_anything_is_written(
    tsur: Run, place: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copied(tsur, tmp_path)
    home = place("other")
    monkeypatch.setenv("TSUR_BACKUP_PASSPHRASE", SECRET + "!")
    refused = f"{path}: пароль не подходит или копия изменена (INVALID)\n"
    assert tsur("restore", str(tmp_path / "copies")) == (1, "", refused)
    monkeypatch.setenv("TSUR_BACKUP_PASSPHRASE", SECRET)
    raw = path.read_bytes()
    path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    code, out, err = tsur("restore", str(tmp_path / "copies"))
    assert (code, out) == (1, "")
    assert err.endswith("изменена (INVALID)\n"), "where it is noticed hangs on the byte"
    assert [found.name for found in home.iterdir()] == [".operation.lock"]


def test_a_restoration_that_was_broken_off_stops_every_command(
    tsur: Run, place: Callable[[str], Path]
) -> None:
    home = place("state")
    (home / "restoration.json").write_text('{"copy": "1"}')
    line = "Восстановление из копии не закончено: повторите tsur restore ПАПКА (INVALID)\n"
    for words in (("migrate",), ("serve", "--port", "0"), ("jobs", "list", "polygon")):
        assert tsur(*words) == (1, "", line)

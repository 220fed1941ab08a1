"""With a wrong folder of data no command makes a database or keys but those that begin one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_group

from core.commands.cli import TOPICS
from core.kernel.sealing.notes import COSIGNATURE, verifier
from tests.core.commands.conftest import Run

BEGIN = {"migrate", "demo", "serve", "restore", "keys restore", "witness key", "witness trust"}
NO_PLACE = {
    "check", "explain", "hooks", "law rules", "law walk", "law coverage", "law compare",
    "law conformance", "law marks", "pages",
}  # fmt: skip
"""They ask the law or the code alone."""

WITNESS = verifier("watch.example", COSIGNATURE, bytes(32))
FOUND_NO_BASE = (
    "Базы региона «polygon» нет, искали {folder}/state/polygon/tsur.db: если она в другом месте, "
    "исправьте TSUR_DATA_DIR; новую создаёт tsur migrate polygon"
)
SAID = {
    "journal accept": "Это не запрос подписи свидетеля",
    "worker": "Для отдельного работника нужен TSUR_BROKER_URL",
    "witness sign": (
        "Свидетеля здесь нет, искали {folder}/state/witness: если он в другом месте, исправьте "
        "TSUR_DATA_DIR; нового заводит tsur witness trust"
    ),
}
WORDS = {
    "admin grant": "polygon somebody --name Имя --ground Приказ",
    "backup": "{folder}/copies",
    "classifier load": "polygon {file}",
    "consolidate": "--period 2026-Q1",
    "directory load": "polygon {file}",
    "documents": "polygon",
    "erase order": "polygon 46-2026-000001 --ground приказ",
    "erase person": "polygon --contact anna@example.org --ground приказ",
    "erase recall": "polygon 1",
    "erase resume": "polygon",
    "erase act": "polygon 1",
    "erase hold": "polygon 46-2026-000001 --ground дело",
    "erase lift": "polygon 46-2026-000001",
    "erase maintain": "polygon",
    "evidence": "polygon 1 {folder}/package.zip",
    "anchors": "polygon {folder}/anchors",
    "import": "polygon {file}",
    "export": "polygon {folder}/out.csv",
    "figures": "polygon --measure median-days --from 2026-01-01 --to 2026-03-31",
    "heat": "polygon --period 2026-W14",
    "jobs list": "polygon",
    "jobs retry": "polygon 1",
    "journal seal": "polygon",
    "journal key": "polygon",
    "journal request": f"polygon --of {WITNESS}",
    "journal accept": f"polygon {{file}} {{file}} --of {WITNESS}",
    "journal stamp": "polygon --url http://127.0.0.1:9/ --roots {file}",
    "witness sign": "{file} --name watch.example",
    "keys rotate": "polygon",
    "keys backup": "polygon --to {folder}/keys.json",
    "keys renounce": "polygon",
    "keys seal": "polygon",
    "key": "polygon",
    "mail": "polygon --once",
    "move": "--to postgresql://tsur@127.0.0.1:9/none polygon",
    "obligations": "polygon",
    "rating": "polygon --method federal --period 2026-Q1",
    "restore --release": "--gone",
    "series load": "polygon {file}",
    "token": "polygon --role curator",
    "verify": "journal",
    "verify rollups": "",
    "doctor": "",
    "worker": "",
}


def verbs(group: Any, before: str = "") -> Iterator[str]:
    """Every command by its words."""
    for name, one in group.commands.items():
        deeper = hasattr(one, "commands")
        yield from verbs(one, f"{before}{name} ") if deeper else [f"{before}{name}"]


def test_every_command_stands_in_one_table() -> None:
    modules = (import_module(f"core.commands.{topic}").verbs for topic in set(TOPICS.values()))
    known = {verb for module in modules for verb in verbs(get_group(module))}
    options = {"restore --release", "verify rollups"}
    assert known == BEGIN | NO_PLACE | (WORDS.keys() - options)


@pytest.mark.parametrize("verb", WORDS)
def test_a_wrong_folder_is_said_and_stays_as_it_was(
    verb: str, tsur: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUR_BACKUP_PASSPHRASE", "длинный пароль для пробы")
    monkeypatch.setenv("TSUR_POLYGON_MAILBOX_HOST", "127.0.0.1")
    monkeypatch.setenv("TSUR_POLYGON_MAILBOX_USER", "letters")
    (tmp_path / "file").write_text("series\n" if verb == "series load" else "key\n", "utf-8")
    before = sorted(tmp_path.iterdir())
    words = WORDS[verb].replace("{file}", str(tmp_path / "file"))
    args = [*verb.split(), *words.replace("{folder}", str(tmp_path)).split()]
    code, out, err = tsur(*args)
    said = SAID.get(verb, FOUND_NO_BASE).format(folder=tmp_path)
    if verb == "doctor":
        assert (code, f"polygon: база … неверно: {said}" in out.splitlines()) == (1, True)
    else:
        assert (code, out, err) == (1, "", f"{said} (INVALID)\n")
    assert sorted(tmp_path.iterdir()) == before

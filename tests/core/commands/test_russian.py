"""What the command line says by itself: every help page and every error of usage is in Russian."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
import typer
from typer.main import get_command

from core.commands.cli import TOPICS, app, main

WORD = re.compile(r"[A-Za-z]+")


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command there is, by the words that call it."""
    root: Any = get_command(app)
    top = typer.Context(root, info_name="tsur")
    yield (), root
    for verb in TOPICS:
        yield from _below((verb,), root.get_command(top, verb))


def _below(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from _below((*words, name), one)


FOUND = list(commands())


def ours(words: tuple[str, ...], command: Any) -> set[str]:
    """Latin words that stand on the page because we have written them, or named something so."""
    said = ["tsur", "x", *words, command.help or "", "--help"]
    below = [(*words, verb) for verb in TOPICS] if not words else []
    for name, one in getattr(command, "commands", {}).items():
        said += [name, one.help or ""]
    for one in (found for path, found in FOUND if path in below):
        said += [one.name, one.help or ""]
    for param in command.params:
        said += [param.name, *param.opts, *param.secondary_opts, param.help or ""]
        said.append(param.metavar or "")
        said += [_value(one) for one in param.type_descriptor.choices or ()]
        said.append(_value(param.default))
    return {word for text in said for word in WORD.findall(text)}


def _value(given: object) -> str:
    return str(given.value if isinstance(given, Enum) else given)


def run(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[object, str, str]:
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setattr(sys, "argv", ["tsur", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, *capsys.readouterr()


@pytest.mark.parametrize(("words", "command"), FOUND, ids=[" ".join(w) or "tsur" for w, _ in FOUND])
def test_a_help_page_has_no_word_that_we_have_not_written(
    words: tuple[str, ...],
    command: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, page, err = run((*words, "--help"), monkeypatch, capsys)
    assert (code, err) == (0, "")
    assert page.split()[0] == "Вызов:"
    assert "Показать эту справку" in page
    assert {*WORD.findall(page)} - ours(words, command) == set()
    usage = page.strip().splitlines()[0]
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    wanted = [f"<{one.display_name_raw}>" for one in arguments if one.required]
    assert [one for one in wanted if one not in usage] == []
    assert "{" not in usage


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nosuch", "Нет такой команды: «nosuch». Справка: tsur --help"),
        ("keys rotte", "Нет такой команды: «rotte»; похожая: «rotate». Справка: tsur keys --help"),
        ("import", "Не указан аргумент «region». Справка: tsur import --help"),
        ("admin grant kursk anna", "Не указан параметр «--name». Справка: tsur admin grant --help"),
        ("figures kursk", "Не указан параметр «--measure». Справка: tsur figures --help"),
        ("check kursk --nosuch", "Нет такого параметра: «--nosuch». Справка: tsur check --help"),
        ("serve --prot 1", "Нет такого параметра: «--prot». Справка: tsur serve --help"),
        ("serve --port", "Параметру «--port» нужно значение"),
        ("key kursk more", "Лишнее в вызове: «more». Справка: tsur key --help"),
        (
            "jobs list kursk --limit x",
            "Неверное значение «--limit»: нужно целое число. Справка: tsur jobs list --help",
        ),
        (
            "jobs list kursk --limit 0",
            "Неверное значение «--limit»: нужно не меньше 1. Справка: tsur jobs list --help",
        ),
        (
            "serve --port 99999",
            "Неверное значение «--port»: нужно не больше 65535. Справка: tsur serve --help",
        ),
        (
            "jobs list kursk --state q",
            "Неверное значение «--state»: подходит одно из «waiting», «running», «done», «parked». "
            "Справка: tsur jobs list --help",
        ),
        (
            "check kursk --on x",
            "Неверное значение «--on»: нужна дата вида ГГГГ-ММ-ДД. Справка: tsur check --help",
        ),
        (
            "explain nofile kursk",
            "Неверное значение «operation»: файла «nofile» нет. Справка: tsur explain --help",
        ),
        (
            "directory load kursk nofile",
            "Неверное значение «file»: файла «nofile» нет. Справка: tsur directory load --help",
        ),
        (
            "directory load kursk /",
            "Неверное значение «file»: «/» — папка, а нужен файл. "
            "Справка: tsur directory load --help",
        ),
        (
            "import kursk",
            "Неверное значение: назовите файл, который нужно загрузить. "
            "Справка: tsur import --help",
        ),
    ],
)
def test_an_error_of_usage_is_one_russian_line(
    words: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tuple(words.split()), monkeypatch, capsys) == (2, "", f"{said}\n")

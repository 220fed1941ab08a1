"""What the library of the command line says by itself, in Russian: help pages, errors of usage.

One place for every command: `in_russian` is given each as it is read, `told` each error. What the
library draws a help page with is read when one is asked for: it takes a while.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable
from typing import Any

PANELS = {
    "ARGUMENTS_PANEL_TITLE": "Аргументы",
    "OPTIONS_PANEL_TITLE": "Параметры",
    "COMMANDS_PANEL_TITLE": "Команды",
    "REQUIRED_LONG_STRING": "[обязательно]",
    "DEFAULT_STRING": "[по умолчанию: {}]",
    "ENVVAR_STRING": "[переменная окружения: {}]",
    "DEPRECATED_STRING": "(устарело) ",
}
"""The library's own texts, by their names in `typer.rich_utils`."""

HELP = "Показать эту справку"
USAGE = "Usage: ", "Вызов: "
OPTIONS, COMMAND = "[ПАРАМЕТРЫ]", "КОМАНДА [АРГУМЕНТЫ]..."

KINDS = {
    "<bool>": "",
    "<str>": "<текст>",
    "<int>": "<число>",
    "<int range>": "<число>",
    "<path>": "<путь>",
    "<file>": "<файл>",
    "<FileText>": "<файл>",
    "<list[str]>": "<текст>",
    "<%Y-%m-%d>": "<ГГГГ-ММ-ДД>",
}
"""Kinds of values as the library names them; a flag takes none, a choice names its own words."""

ERRORS = (
    (r"Missing argument (.+?)\.(?: Choose from:.+)?", "Не указан аргумент {}"),
    (r"Missing option (.+?)\.(?: Choose from:.+)?", "Не указан параметр {}"),
    (r"Missing command\.", "Не указана команда"),
    (r"No such command ([^ ]+)\.", "Нет такой команды: {}"),
    (r"No such command ([^ ]+)\. Did you mean (.+)\?", "Нет такой команды: {}; похожая: {}"),
    (r"No such command ([^ ]+)\. \(.+", "Нет такой команды: {}"),
    (r"No such option: (\S+)(?: \(Possible options: (.+)\))?", "Нет такого параметра: «{}»"),
    (r"Option (.+) requires .+\.", "Параметру {} нужно значение"),
    (r"Option (.+) does not take a value\.", "Параметр {} не принимает значения"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", "Лишнее в вызове: «{}»"),
)
"""Errors of usage, whole: what the library says, and what we do."""

VALUES = (
    (r"Input should be a valid integer.*", "нужно целое число"),
    (r"Input should be greater than or equal to (\S+)", "нужно не меньше {}"),
    (r"Input should be less than or equal to (\S+)", "нужно не больше {}"),
    (r".* is not one of (.+)\.", "подходит одно из {}"),
    (r".* does not match the formats? .+", "нужна дата вида ГГГГ-ММ-ДД"),
    (r"(?:File|Path|file|path) '(.+)' does not exist\.", "файла «{}» нет"),
    (r".* '(.+)' is a directory\.", "«{}» — папка, а нужен файл"),
    (r".* '(.+)' is a file\.", "«{}» — файл, а нужна папка"),
    (r".* '(.+)' is not readable\.", "«{}» не читается"),
    (r"'(.+)': No such file or directory", "файла «{}» нет"),
)
"""What is wrong with a value, in the same way."""

VALUE = re.compile(r"Invalid value(?: for (?P<where>.+?))?: (?P<what>.+)", re.DOTALL)

QUOTED = re.compile("'([^']*)'")
"""How the library quotes what was given."""


def in_russian(command: Any, ctx: Any) -> Any:
    """The command, and all below it, with help pages in Russian; `ctx` is the call around it."""
    command.options_metavar = OPTIONS
    command.get_usage = _usage(command.get_usage)
    command.format_help = _page(command.format_help)
    command.get_help_option(ctx).help = HELP
    for param in command.get_params(ctx):
        param.display_type_rich = _kind(param.display_type_rich)
        if param.param_type_name == "argument":
            param._usage_display_name = _place(param)
    if hasattr(command, "commands"):
        command.subcommand_metavar = COMMAND
        for one in command.commands.values():
            in_russian(one, ctx)
    return command


def told(message: str) -> str:
    """An error of usage in one sentence; what is known to be Russian already stands as it is."""
    if found := VALUE.fullmatch(message):
        where, what = QUOTED.sub(r" «\1»", found["where"] or ""), _first(VALUES, found["what"])
        return f"Неверное значение{where}: {what}"
    return _first(ERRORS, message)


def _first(table: Iterable[tuple[str, str]], said: str) -> str:
    for pattern, ours in table:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return ours.format(*(QUOTED.sub(r"«\1»", one or "") for one in found.groups()))
    return said


def _usage(library: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda ctx: library(ctx).replace(*USAGE, 1)


def _kind(library: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
    def kind(ctx: Any) -> str | None:
        said = library(ctx)
        return KINDS.get(said, said) if said else said

    return kind


def _place(argument: Any) -> Callable[[], str]:
    """How an argument stands in the line of usage: as the line on it names it."""
    name = argument.display_name_raw
    place = f"<{name}>" if argument.required else f"[{name}]"
    return lambda: place if argument.nargs == 1 else f"{place}..."


def _page(library: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def page(ctx: Any, formatter: Any) -> None:
        drawing = importlib.import_module("typer.rich_utils")
        for name, ours in PANELS.items():
            setattr(drawing, name, ours)
        library(ctx, formatter)

    return page

"""Columns of a list of appeals: what each is called and says, on the page and in its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from schema.board.lists.address import one_of
from schema.board.saved import PageContext
from schema.board.words.values import Codes, day, local, moment

Case = Mapping[str, Any]
Said = Callable[[PageContext, Case], str]
ASKED = "columns"


@dataclass(frozen=True, slots=True)
class Column:
    """`said` is what it says of a case in plain words; nothing is an empty text."""

    key: str
    title: str
    said: Said


def _named(name: str) -> Said:
    return lambda _, case: case[name]["name"] if case[name] else ""


def _day(name: str) -> Said:
    return lambda context, case: day(local(case[name], context.zone)) if case[name] else ""


def _code(name: str, of: str) -> Said:
    return lambda context, case: Codes(context.endpoint.types)(case[name], of) if case[name] else ""


COLUMNS = tuple(
    Column(*one)
    for one in (
        ("received", "Поступило", _day("receivedAt")),
        ("theme", "О чём", _named("theme")),
        ("municipality", "Где", _named("municipality")),
        ("channel", "Откуда", _named("channel")),
        ("body", "У кого", _named("body")),
        ("block", "Блок", _named("block")),
        ("state", "Состояние", _code("state", "State")),
        ("outcome", "Результат", _code("outcome", "Outcome")),
        ("due", "Последний день срока", _day("dueAt")),
        ("answered", "Отвечено", _day("answeredAt")),
    )
)
USUAL = ("received", "theme", "municipality", "body", "state", "due")


def shown(asked: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns that an address asks for, in the order they have here; the usual of none."""
    wanted = [*filter(None, asked.get(ASKED, "").split(","))]
    for one in wanted:
        one_of({ASKED: one}, ASKED, [column.key for column in COLUMNS])
    found = tuple(one for one in COLUMNS if one.key in wanted)
    return found or tuple(one for one in COLUMNS if one.key in USUAL)


def delay(context: PageContext, head: Mapping[str, Any]) -> int | None:
    """By how many days the term is past; None where it is not, 0 on its last day."""
    if not head["overdue"] or head["dueAt"] is None:
        return None
    ended = moment(head["answeredAt"] or context.now)
    return (local(ended, context.zone) - local(head["dueAt"], context.zone)).days

"""What the address of a list means: what was chosen, in which columns."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from schema.board.lists.address import chosen, tidied
from schema.board.lists.columns import COLUMNS, USUAL, shown
from schema.board.saved import Failed

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ({}, "?"),
        ({"find": "1", "theme": "*", "text": "", "order": "NEWEST"}, "?order=NEWEST"),
        ({"find": "1", "theme": "", "overdue": "1"}, "?theme=&overdue=1"),
        ({"find": "1", "columns": "theme,state", "dueBefore": ""}, "?columns=theme%2Cstate"),
    ],
)
def test_a_form_leaves_in_the_address_only_what_was_chosen(
    asked: dict[str, str], address: str
) -> None:
    assert tidied(asked) == address


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ({"receivedFrom": "2026-09-17"}, {"receivedFrom": "2026-09-16T21:00:00Z"}),
        ({"receivedBefore": "2026-09-17"}, {"receivedBefore": "2026-09-17T21:00:00Z"}),
        ({"dueBefore": "2026-12-31"}, {"dueBefore": "2026-12-31T21:00:00Z"}),
        ({"dueFrom": "2026-09-17T10:00:00Z"}, {"dueFrom": "2026-09-17T10:00:00Z"}),
        ({"theme": "roads,,water", "text": ""}, {"theme": ["roads", None, "water"]}),
        ({"theme": "", "overdue": "0", "queued": "1"}, {"theme": [None], "queued": True}),
    ],
)
def test_what_an_address_means(asked: dict[str, str], meant: dict[str, object]) -> None:
    assert chosen(asked, MOSCOW) == meant


@pytest.mark.parametrize("name", ["dueFrom", "dueBefore"])
@pytest.mark.parametrize("day", ["9999-12-31", "1850-01-01", "2026-13-40"])
def test_a_day_that_there_is_not_is_named(name: str, day: str) -> None:
    told = f"Отбор по дню «{day}»: такого дня нет или год не от 1900 до 2199"
    with pytest.raises(Failed, match=told):
        chosen({name: day}, MOSCOW)


def test_columns_stand_in_one_order() -> None:
    assert [one.key for one in shown({})] == list(USUAL)
    assert [one.key for one in shown({"columns": "due,channel,"})] == ["channel", "due"]
    assert len({one.title for one in COLUMNS}) == len(COLUMNS)

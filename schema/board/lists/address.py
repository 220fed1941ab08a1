"""Addresses of lists: a filter of the API, an order and a page, written in the address bar."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams

from core.kernel.codes import RefusalCode
from core.law.periods import midnight
from schema.board.saved import Failed
from schema.board.words.values import api
from schema.graphql.scalars import YEARS

TEXTS = (
    "theme", "municipality", "block", "channel", "outcome", "dueRule", "regime", "view", "number",
    "text", "address", "category", "applicantKind", "charge",
)  # fmt: skip
BEGINNINGS = (
    "receivedFrom", "dueFrom", "answeredFrom", "registeredFrom", "closedFrom", "changedAfter",
)  # fmt: skip
ENDS = ("receivedBefore", "dueBefore", "answeredBefore", "registeredBefore", "closedBefore")
FLAGS = (
    "overdue", "significant", "prolonged", "transferred", "reworked", "queued", "undelivered",
    "withoutDeadline", "rated", "established", "awaitsMe",
)  # fmt: skip
MANY = frozenset(
    {
        "theme",
        "municipality",
        "block",
        "channel",
        "outcome",
        "state",
        "body",
        "dueRule",
        "category",
        "applicantKind",
        "charge",
    }
)
ORDERS = {
    "DUE_SOONEST": "по сроку",
    "DELAY": "по опозданию",
    "NEWEST": "сначала новые",
    "OLDEST": "сначала старые",
    "CHANGED": "недавно изменённые",
}
SAID = ("1", "0")
"""What a flag of an address may be."""

FILTERS = frozenset((*TEXTS, *BEGINNINGS, *ENDS, *FLAGS, "state", "body"))
OF_A_LIST = FILTERS | {"order", "columns", "after"}
LONGEST = 40
FOUND, ANY = "find", "*"
"""A form of filters says that it was sent, and sends this for what may be anything."""

DAY = len("2026-11-27")


def asked_in(params: QueryParams) -> dict[str, str]:
    """The parameters of an address; one given several times is a list by commas."""
    return {name: ",".join(params.getlist(name)) for name in params}


def one_of(asked: Mapping[str, str], name: str, known: Collection[str]) -> str | None:
    """What an address says under this name, None where it says nothing.

    Failed INVALID for what is none of those known: passed by in silence it would read as found.
    """
    said = asked.get(name)
    if not said:
        return None
    if said not in known:
        there = ", ".join(known)
        text = f"В адресе страницы «{name}» — «{said[:LONGEST]}»: такого нет. Есть: {there}"
        raise Failed(RefusalCode.INVALID, text)
    return said


def check_names(asked: Iterable[str], known: Collection[str]) -> None:
    """Failed INVALID for a parameter that the page does not know: a slip narrows nothing.

    A known name that ends with «-» stands for all that begin so.
    """
    families = tuple(one for one in known if one.endswith("-"))
    for name in asked:
        if name not in known and not name.startswith(families):
            text = f"Параметра «{name[:LONGEST]}» у этой страницы нет: проверьте её адрес"
            raise Failed(RefusalCode.INVALID, text)


def tidied(asked: Mapping[str, str]) -> str:
    """The address that a form of filters means: what it left open is not in it."""
    kept = {
        name: value
        for name, value in asked.items()
        if name != FOUND and value != ANY and (value or name in MANY)
    }
    return "?" + urlencode(kept)


def chosen(asked: Mapping[str, str], zone: ZoneInfo) -> dict[str, Any]:
    """The filter of the API that the parameters of an address mean; what it has not is left out.

    A day is its first local moment for what begins, and all of it for what ends.
    """
    found: dict[str, Any] = {}
    for name in (*TEXTS, "state", "body"):
        value = asked.get(name)
        if value is not None and (value or name in MANY):
            found[name] = [one or None for one in value.split(",")] if name in MANY else value
    for later, names in enumerate((BEGINNINGS, ENDS)):
        given = ((name, asked.get(name)) for name in names)
        found.update({name: _moment(value, zone, later) for name, value in given if value})
    found.update({name: True for name in FLAGS if one_of(asked, name, SAID) == "1"})
    return found


def written(value: Any) -> str:
    """A value of the filter in an address: lists by commas, nothing as an empty text."""
    if isinstance(value, list):
        return ",".join(one or "" for one in value)
    return "1" if value is True else str(value)


def listed(wanted: Mapping[str, Any], order: str) -> str:
    """A list as it stands in an address or is carried by a form: filter and order."""
    pairs = [(name, written(value)) for name, value in wanted.items()]
    return urlencode([*pairs, ("order", order)])


def following(page: Mapping[str, Any], kept: Mapping[str, str]) -> str | None:
    """The address of the page after this one of a connection; None after the last."""
    info = page["pageInfo"]
    return "?" + urlencode({**kept, "after": info["endCursor"]}) if info["hasNextPage"] else None


def _moment(value: str, zone: ZoneInfo, later: int) -> str:
    """The moment of a day; Failed INVALID for one that is none. What is longer is a moment."""
    if len(value) != DAY:
        return value
    try:
        day = date.fromisoformat(value) + timedelta(days=later)
        if day.year not in YEARS:
            raise ValueError(value)
        return api(midnight(day, zone))
    except (ValueError, OverflowError):
        text = f"Отбор по дню «{value}»: такого дня нет или год не от {YEARS[0]} до {YEARS[-1]}"
        raise Failed(RefusalCode.INVALID, text) from None

"""What has become of a number: its link carries it with its moment, and the list compares.

A case that has not changed since is where it was then, unless its term has passed meanwhile. So
what is new in the list is among those that have changed or become late, and all of these are new
where there are just as many of them as the list has grown by.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from schema.board.saved import PageContext
from schema.board.words.values import exactly, moment_in, plain

WAS, AS_OF, BEHIND, PART = "was", "asOf", "behind", "of"
"""How a link carries a number, its moment, the line of the journal behind which it was told, and of
which part of a page it is."""

CARRIED = frozenset({WAS, AS_OF, BEHIND, PART})

MOST_NAMED = 20
PAGES = 16
"""So many are made at once, as a rule."""

Fresh = Callable[[datetime], Awaitable[tuple[Sequence[tuple[str, str]], int]]]


@dataclass(frozen=True, slots=True)
class Moved:
    """The number and its moment, the number now, and the rows among which the new ones are, each
    by what it is called and its address behind the region.

    `exact` says that all of these are new and none has left; `total` counts them, named or not.
    """

    was: int
    at: datetime
    now: int
    rows: tuple[tuple[str, str], ...]
    total: int

    @property
    def exact(self) -> bool:
        """Whether the cases are just those by which the list has grown."""
        return self.total == self.now - self.was


def carrying(context: PageContext, link: str, count: int, part: str = "") -> str:
    """The link with the number that it opens, as it is on this page."""
    place, sign, row = link.partition("#")
    told = f"{WAS}={count}&{_moment(context.now, context.cursor)}"
    if part:
        told += f"&{urlencode({PART: part})}"
    return f"{place}{'&' if '?' in place else '?'}{told}{sign}{row}"


@lru_cache(PAGES)
def _moment(now: datetime, cursor: int | None) -> str:
    """When and behind which line a number was told: all numbers of a page say it."""
    behind = {} if cursor is None else {BEHIND: cursor}
    return urlencode({AS_OF: exactly(now), **behind})


def carried(
    context: PageContext, asked: Mapping[str, str], part: str = ""
) -> tuple[int, datetime] | None:
    """The number that the address carries of this part of a page, and its moment."""
    was, at = plain(asked.get(WAS, "")), moment_in(asked.get(AS_OF, ""))
    if was is None or at is None or at > context.now or asked.get(PART, "") != part:
        return None
    return was, at


async def since(
    context: PageContext, asked: Mapping[str, str], now: int, fresh: Fresh, part: str = ""
) -> Moved | None:
    """What has become of the number of a part; `fresh` gives its rows that came after a moment,
    and how many there are. None where the address carries none, or nothing has changed."""
    told = carried(context, asked, part)
    if told is None:
        return None
    rows, total = await fresh(told[1])
    found = Moved(told[0], told[1], now, tuple(rows[:MOST_NAMED]), total)
    return found if found.was != now or total else None


async def moved(
    context: PageContext, asked: Mapping[str, str], wanted: Mapping[str, Any], now: int
) -> Moved | None:
    """What has become of the number that the address carries; None where it carries none."""
    told = carried(context, asked)
    if told is None or "changedAfter" in wanted:
        return None
    was, at = told
    lapsed = {**wanted, "dueFrom": exactly(at), "dueBefore": exactly(context.now)}
    if not wanted.get("overdue"):
        lapsed = {**wanted, "changedAfter": exactly(context.now)}  # time alone brings nothing in
    behind = plain(asked.get(BEHIND, ""))
    since = {"changedAfter": exactly(at)} if behind is None else {"toldAfter": str(behind)}
    changed = {**wanted, **since}
    found = await context.ask("Moved", changed=changed, lapsed=lapsed, first=MOST_NAMED)
    lists = (found["changed"], found["lapsed"])
    numbers = dict.fromkeys(one["number"] for part in lists for one in part["nodes"])
    rows = tuple((one, f"appeals/{quote(one)}") for one in numbers)
    total = sum(part["totalCount"] for part in lists)
    whole = max(part["totalCount"] for part in lists) <= MOST_NAMED
    found_now = Moved(was, at, now, rows, len(rows) if whole else total)
    return found_now if found_now.was != now or found_now.total else None

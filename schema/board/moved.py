"""What has become of a number: its link carries it with its moment, and the list compares.

A case that has not changed since is where it was then, unless its term has passed meanwhile. So
what is new in the list is among those that have changed or become late, and all of these are new
where there are just as many of them as the list has grown by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from schema.board.posted import plain
from schema.board.saved import Desk
from schema.board.words import exactly, moment_in

WAS, AS_OF, BEHIND = "was", "asOf", "behind"
"""How a link carries a number, its moment, and the line of the journal behind which it was told."""

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Moved:
    """The number and its moment, the number now, and the cases among which the new ones are.

    `exact` says that all of these are new and none has left; `total` counts them, named or not.
    """

    was: int
    at: datetime
    now: int
    cases: tuple[str, ...]
    total: int

    @property
    def exact(self) -> bool:
        """Whether the cases are just those by which the list has grown."""
        return self.total == self.now - self.was


def carrying(desk: Desk, link: str, count: int) -> str:
    """The link with the number that it opens, as it is on this page."""
    told = {WAS: count, AS_OF: exactly(desk.now)}
    if desk.cursor is not None:
        told[BEHIND] = desk.cursor
    return f"{link}&{urlencode(told)}"


async def moved(
    desk: Desk, asked: Mapping[str, str], wanted: Mapping[str, Any], now: int
) -> Moved | None:
    """What has become of the number that the address carries; None where it carries none."""
    was, at = plain(asked.get(WAS, "")), moment_in(asked.get(AS_OF, ""))
    if was is None or at is None or at > desk.now or "changedAfter" in wanted:
        return None
    lapsed = {**wanted, "dueFrom": exactly(at), "dueBefore": exactly(desk.now)}
    if not wanted.get("overdue"):
        lapsed = {**wanted, "changedAfter": exactly(desk.now)}  # time alone brings nothing in
    behind = plain(asked.get(BEHIND, ""))
    since = {"changedAfter": exactly(at)} if behind is None else {"toldAfter": str(behind)}
    changed = {**wanted, **since}
    found = await desk.ask("Moved", changed=changed, lapsed=lapsed, first=MOST_NAMED)
    lists = (found["changed"], found["lapsed"])
    cases = tuple(dict.fromkeys(one["number"] for part in lists for one in part["nodes"]))
    total = sum(part["totalCount"] for part in lists)
    whole = max(part["totalCount"] for part in lists) <= MOST_NAMED
    return Moved(was, at, now, cases, len(cases) if whole else total)

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
from schema.board.words import api, moment_in

WAS, AS_OF = "was", "asOf"
"""How a link carries a number and its moment."""

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


def carrying(link: str, count: int, now: datetime) -> str:
    """The link with the number that it opens, as it is at this moment."""
    return f"{link}&{urlencode({WAS: count, AS_OF: api(now)})}"


async def moved(
    desk: Desk, asked: Mapping[str, str], wanted: Mapping[str, Any], now: int
) -> Moved | None:
    """What has become of the number that the address carries; None where it carries none."""
    was, at = plain(asked.get(WAS, "")), moment_in(asked.get(AS_OF, ""))
    if was is None or at is None or at > desk.now or "changedAfter" in wanted:
        return None
    lapsed = {**wanted, "dueFrom": api(at), "dueBefore": api(desk.now)}
    if not wanted.get("overdue"):
        lapsed = {**wanted, "changedAfter": api(desk.now)}  # time alone brings nothing in
    changed = {**wanted, "changedAfter": api(at)}
    found = await desk.ask("Moved", changed=changed, lapsed=lapsed, first=MOST_NAMED)
    lists = (found["changed"], found["lapsed"])
    cases = tuple(dict.fromkeys(one["number"] for part in lists for one in part["nodes"]))
    total = sum(part["totalCount"] for part in lists)
    whole = max(part["totalCount"] for part in lists) <= MOST_NAMED
    return Moved(was, at, now, cases, len(cases) if whole else total)

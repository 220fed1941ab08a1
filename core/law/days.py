"""When something holds: from its first day up to the first day it no longer does. Said once.

What stands in tables asks the same of the database by `core.shapes.registers`.
"""

from __future__ import annotations

from datetime import date


def holds(since: date | None, until: date | None, on: date) -> bool:
    """Whether the local day `on` is between them; an end that is None lies open."""
    return (since is None or since <= on) and (until is None or on < until)


def over(until: date | None, on: date) -> bool:
    """Whether it no longer holds on the day, whenever it began."""
    return not holds(None, until, on)


def meet(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two stretches, each its first day and the first day it no longer holds, share one."""
    (since, until), (begun, ended) = one, other
    return (since is None or ended is None or since < ended) and (
        begun is None or until is None or begun < until
    )

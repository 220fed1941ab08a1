"""What happened until the morning: six numbers, each with one base named, and where it hurts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core.law.periods import midnight
from schema.board.lists.columns import delay
from schema.board.lists.moved import carrying
from schema.board.pages.numbers import (
    DAY,
    SECOND,
    WEEK,
    Filter,
    counted,
    filters_of,
    link,
    numbers,
    tells,
)
from schema.board.pages.sources import sources
from schema.board.saved import PageContext
from schema.board.words.values import api

SHOWN = 8
"""So many bodies stand in the table."""


async def make(context: PageContext, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The blocks of the morning page."""
    return {**await within(context, {}), "heading": "Что случилось к утру", "links": ()}


async def within(context: PageContext, bound: Filter) -> dict[str, Any]:
    """The morning of the cases that the filter `bound` leaves: every number and list has it."""
    now, filters = context.now + SECOND, filters_of(context, bound)
    week, past = (
        {
            "receivedFrom": api(midnight(context.today - back - WEEK + DAY, context.zone)),
            "receivedBefore": api(now - back),
            **bound,
        }
        for back in (timedelta(), WEEK)
    )
    found = await counted(context, filters)
    late = await context.ask("Late", filter=filters["late"], first=8)
    all_late = found["totals"]["late"]
    growing = await context.ask("Growing", week=week, before=past)
    answered = (await context.ask("Bodies", filter=filters["month"]))["appealCounts"]
    for one in late["appeals"]["nodes"]:
        one["delay"] = delay(context, {"overdue": True, "answeredAt": None, **one})
    return {
        "numbers": numbers(context, found, filters, answered),
        "late": {**late["appeals"], "totalCount": all_late},
        "late_link": carrying(context, link(filters["late"], "DELAY"), all_late),
        "growing": _growing(context, growing, week, past),
        "bodies": _bodies(context, answered, filters["month"]),
        "sources": await sources(context, week, link),
    }


def _growing(context: PageContext, found: Any, week: Filter, past: Filter) -> list[dict[str, Any]]:
    """Themes with more than the week before, the most grown first, five at the most."""
    before = {row["group"][0]["key"]: row["total"] for row in found["before"]}
    rows = []
    for row in found["week"]:
        total, key = row["total"], row["group"][0]["key"]
        was, theme = before.get(key, 0), {"theme": key or ""}
        told = {
            "name": row["group"][0]["name"] or "без тематики",
            "total": total,
            "before": was,
            "link": carrying(context, link({**week, **theme}), total),
            "link_before": carrying(context, link({**past, **theme}), was),
        }
        rows += [told] if total > was else []
    return sorted(rows, key=lambda row: row["before"] - row["total"])[:5]


def _bodies(context: PageContext, rows: Any, answered: Filter) -> list[dict[str, Any]]:
    """Bodies that tell something, by the share in time; exact percent of whole counts."""
    told = [
        {
            "name": row["group"][0]["name"],
            "answered": row["answered"],
            "link": carrying(
                context, link({**answered, "body": row["group"][0]["key"]}), row["answered"]
            ),
            "percent": 100 * (row["answered"] - row["overdue"]) // row["answered"],
            "median": row["medianDays"],
        }
        for row in filter(tells, rows)
    ]
    return sorted(told, key=lambda row: (-row["percent"], row["name"]))[:SHOWN]

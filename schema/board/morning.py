"""What happened until the morning: six numbers, each with one base named, and where it hurts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from core.law.periods import midnight
from schema.board.address import listed
from schema.board.case import delay
from schema.board.moved import carrying
from schema.board.saved import Desk
from schema.board.words import api, day, days, number

WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)
OPEN = ["RECEIVED", "QUEUED", "ASSIGNED", "IN_WORK", "DISPUTED"]
"""States in which somebody still has to do something."""

Filter = Mapping[str, Any]


async def make(desk: Desk, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The blocks of the morning page."""
    today, now = midnight(desk.today, desk.zone), desk.now + SECOND
    filters: dict[str, Filter] = {
        "late": {"overdue": True, "state": OPEN},
        "soon": {
            "state": OPEN,
            "dueFrom": api(now),
            "dueBefore": api(midnight(desk.today + WEEK, desk.zone)),
        },
        "today": {"receivedFrom": api(today), "receivedBefore": api(now)},
        "yesterday": {
            "receivedFrom": api(midnight(desk.today - timedelta(1), desk.zone)),
            "receivedBefore": api(today),
        },
        "queued": {"queued": True},
        "month": answered(desk, desk.today.replace(day=1), desk.today + timedelta(1)),
        "before": answered(desk, month_before(desk.today), desk.today.replace(day=1)),
    }
    week = {"receivedFrom": api(midnight(desk.today - WEEK, desk.zone)), "receivedBefore": api(now)}
    past = {
        "receivedFrom": api(midnight(desk.today - 2 * WEEK, desk.zone)),
        "receivedBefore": api(midnight(desk.today - WEEK, desk.zone)),
    }
    found = await desk.ask("Numbers", **filters)
    late = await desk.ask("Late", filter=filters["late"], first=8)
    growing = await desk.ask("Growing", week=week, before=past)
    bodies = await desk.ask("Bodies", filter=filters["month"])
    for one in late["appeals"]["nodes"]:
        one["delay"] = delay(desk, {"overdue": True, "answeredAt": None, **one})
    return {
        "figures": _figures(desk, found, filters),
        "late": late["appeals"],
        "late_link": carrying(desk, link(filters["late"], "DELAY"), late["appeals"]["totalCount"]),
        "growing": _growing(desk, growing, week),
        "bodies": _bodies(bodies["appealCounts"]),
    }


def answered(desk: Desk, since: date, before: date) -> Filter:
    """Those answered on these local days, the last left out."""
    return {
        "answeredFrom": api(midnight(since, desk.zone)),
        "answeredBefore": api(midnight(before, desk.zone)),
    }


def month_before(today: date) -> date:
    """The first day of the month before."""
    return (today.replace(day=1) - timedelta(1)).replace(day=1)


def link(chosen: Filter, order: str = "NEWEST") -> str:
    """The list of exactly these cases, as an address."""
    return f"appeals?{listed(chosen, order)}"


def _figures(desk: Desk, found: Any, filters: Mapping[str, Filter]) -> list[dict[str, str]]:
    total = {name: found[name]["totalCount"] for name in filters if "totalCount" in found[name]}
    month, before = _whole(found["month"]), _whole(found["before"])

    def opened(name: str, order: str = "NEWEST") -> str:
        return carrying(desk, link(filters[name], order), total[name])

    end = desk.today + WEEK - timedelta(1)
    months = carrying(desk, link(filters["month"]), month["answered"])
    more = total["today"] - total["yesterday"]
    return [
        _figure("Просрочено", total["late"], opened("late", "DELAY"), *_late(total["late"])),
        _figure(
            f"Срок {_to(end)}", total["soon"], opened("soon", "DUE_SOONEST"),
            "same", "считая с этой минуты",
        ),
        _figure(
            "Поступило сегодня", total["today"], opened("today"), *_sign(more, "ко вчера")
        ),
        _figure(
            "Ждут координатора", total["queued"], opened("queued", "OLDEST"),
            "bad" if total["queued"] else "well", "ещё никому не направлены",
        ),
        _figure(
            "Медиана ответа", None, months,
            *_change(month["medianDays"], before["medianDays"], "к прошлому месяцу"),
            said=days_or_none(month["medianDays"]),
        ),
        _figure(
            "Отвечено за месяц", month["answered"], months,
            *_sign(month["answered"] - before["answered"], "к прошлому месяцу", good=True),
        ),
    ]  # fmt: skip


def _whole(rows: Any) -> dict[str, Any]:
    empty = {"answered": 0, "medianDays": None, "marks": 0, "meanMark": None, "total": 0}
    return rows[0] if rows else empty


def _figure(
    name: str, count: int | None, address: str, mood: str, why: str, *, said: str | None = None
) -> dict[str, str]:
    shown = number(count) if said is None else said
    return {"name": name, "shown": shown, "link": address, "mood": mood, "why": why}


def _late(count: int) -> tuple[str, str]:
    return ("bad", "сверх срока, по наибольшему") if count else ("well", "все в срок")


def _sign(more: int, base: str, *, good: bool = False) -> tuple[str, str]:
    if more == 0:
        return "same", f"столько же {base}"
    mood = "well" if (more > 0) is good else "bad"
    return f"{mood} {'up' if more > 0 else 'down'}", f"{more:+d} {base}".replace("-", "−")


def _change(now: float | None, then: float | None, base: str) -> tuple[str, str]:
    if now is None or then is None:
        return "same", "сравнить не с чем"
    more = round(now - then)
    return _sign(more, base)


def days_or_none(value: float | None) -> str:
    """«9 дней»; a dash where there is nothing to count."""
    return "—" if value is None else days(round(value))


def _to(end: date) -> str:
    return f"по {day(end)}"


def _growing(desk: Desk, found: Any, week: Filter) -> list[dict[str, Any]]:
    """Themes with more than the week before, the most grown first, five at the most."""
    before = {row["group"][0]["key"]: row["total"] for row in found["before"]}
    rows = [
        {
            "name": row["group"][0]["name"] or "без тематики",
            "total": row["total"],
            "before": before.get(row["group"][0]["key"], 0),
            "link": carrying(
                desk, link({**week, "theme": row["group"][0]["key"] or ""}), row["total"]
            ),
        }
        for row in found["week"]
    ]
    grown = [row for row in rows if row["total"] > row["before"]]
    return sorted(grown, key=lambda row: row["before"] - row["total"])[:5]


def _bodies(rows: Any) -> list[dict[str, Any]]:
    """Bodies with at least five answers, by the share in time; exact percent of whole counts."""
    told = [
        {
            "name": row["group"][0]["name"],
            "answered": row["answered"],
            "percent": 100 * (row["answered"] - row["overdue"]) // row["answered"],
            "median": row["medianDays"],
        }
        for row in rows
        if row["answered"] >= 5 and row["group"][0]["name"]
    ]
    return sorted(told, key=lambda row: (-row["percent"], row["name"]))[:8]

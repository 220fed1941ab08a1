"""What happened until the morning: six numbers, each with one base named, and where it hurts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from core.law.periods import midnight
from schema.board.lists.address import listed
from schema.board.lists.columns import delay
from schema.board.lists.moved import carrying
from schema.board.pages.sources import sources
from schema.board.saved import PageContext
from schema.board.words.values import MONTHS, NAMED, api, day, days, number, within_a_sentence

WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)
OPEN = ["RECEIVED", "QUEUED", "ASSIGNED", "IN_WORK", "DISPUTED"]
"""States in which somebody still has to do something."""

Filter = Mapping[str, Any]


async def make(context: PageContext, _asked: Mapping[str, str], _rest: str) -> Mapping[str, Any]:
    """The blocks of the morning page."""
    return {**await within(context, {}), "heading": "Что случилось к утру", "links": ()}


async def within(context: PageContext, bound: Filter) -> dict[str, Any]:
    """The morning of the cases that the filter `bound` leaves: every number and list has it."""
    today, now = midnight(context.today, context.zone), context.now + SECOND
    filters: dict[str, Filter] = {
        "late": {"overdue": True, "state": OPEN},
        "soon": {
            "state": OPEN,
            "dueFrom": api(now),
            "dueBefore": api(midnight(context.today + WEEK, context.zone)),
        },
        "today": {"receivedFrom": api(today), "receivedBefore": api(now)},
        "yesterday": {
            "receivedFrom": api(midnight(context.today - timedelta(1), context.zone)),
            "receivedBefore": api(now - timedelta(1)),
        },
        "queued": {"queued": True},
        "month": answered(context, context.today.replace(day=1), context.today + timedelta(1)),
        "before": answered(context, *days_before(context.today)),
    }
    filters = {name: {**one, **bound} for name, one in filters.items()}
    week, past = (
        {
            "receivedFrom": api(midnight(context.today - back - WEEK + timedelta(1), context.zone)),
            "receivedBefore": api(now - back),
            **bound,
        }
        for back in (timedelta(), WEEK)
    )
    found = await context.ask("Numbers", **filters)
    late = await context.ask("Late", filter=filters["late"], first=8)
    all_late = sum(row["total"] for row in found["lateBy"])  # each case has one theme, or none
    growing = await context.ask("Growing", week=week, before=past)
    bodies = await context.ask("Bodies", filter=filters["month"])
    for one in late["appeals"]["nodes"]:
        one["delay"] = delay(context, {"overdue": True, "answeredAt": None, **one})
    return {
        "figures": _figures(context, {**found, "late": {"totalCount": all_late}}, filters),
        "late": {**late["appeals"], "totalCount": all_late},
        "late_link": carrying(context, link(filters["late"], "DELAY"), all_late),
        "growing": _growing(context, growing, week, past),
        "bodies": _bodies(context, bodies["appealCounts"], filters["month"]),
        "sources": await sources(context, week, link),
    }


def answered(context: PageContext, since: date, before: date) -> Filter:
    """Those answered on these local days, the last left out."""
    return {
        "answeredFrom": api(midnight(since, context.zone)),
        "answeredBefore": api(midnight(before, context.zone)),
    }


def days_before(today: date) -> tuple[date, date]:
    """The days of the month before that this one has had by now: the first, and behind the last."""
    this = today.replace(day=1)
    first = (this - timedelta(1)).replace(day=1)
    return first, min(first + (today - this) + timedelta(1), this)


def link(chosen: Filter, order: str = "NEWEST") -> str:
    """The list of exactly these cases, as an address."""
    return f"appeals?{listed(chosen, order)}"


def _figures(
    context: PageContext, found: Any, filters: Mapping[str, Filter]
) -> list[dict[str, str]]:
    total = {name: found[name]["totalCount"] for name in filters if "totalCount" in found[name]}
    month, before = _whole(found["month"]), _whole(found["before"])

    def opened(name: str, order: str = "NEWEST") -> str:
        return carrying(context, link(filters[name], order), total[name])

    end = context.today + WEEK - timedelta(1)
    months = carrying(context, link(filters["month"]), month["answered"])
    same = f"за те же дни {MONTHS[days_before(context.today)[0].month - 1]}"
    return [
        _figure(
            "Просрочено", total["late"], opened("late", "DELAY"),
            *_late(total["late"], found["lateBy"]),
        ),
        _figure(
            f"Срок {_to(end)}", total["soon"], opened("soon", "DUE_SOONEST"),
            "same", "считая с этой минуты",
        ),
        _figure(
            "Поступило сегодня", total["today"], opened("today"),
            *_sign(total["today"], total["yesterday"], "вчера к этому часу"),
        ),
        _figure(
            "Ждут координатора", total["queued"], opened("queued", "OLDEST"),
            *_queued(total["queued"]),
        ),
        _figure(
            "Медиана ответа", None, months,
            *_change(month["medianDays"], before["medianDays"], same),
            said=days_or_none(month["medianDays"]),
        ),
        _figure(
            f"Отвечено за {NAMED[context.today.month - 1]}", month["answered"], months,
            *_sign(month["answered"], before["answered"], same, good=True),
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


def _queued(count: int) -> tuple[str, str]:
    """That nobody has them yet, or that there are none such."""
    return ("bad", "ещё никому не направлено") if count else ("well", "все направлены")


def _late(count: int, rows: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Of which theme most of them are."""
    if not count:
        return "well", "все в срок"
    most = max(rows, key=lambda row: row["total"])
    theme = most["group"][0]["name"] or "без тематики"
    return "bad", f"{number(most['total'])} из них: {within_a_sentence(theme)}"


def _sign(count: int, was: int, base: str, *, good: bool = False) -> tuple[str, str]:
    """How much more than `was`, which the base had: «+3, вчера к этому часу 5»."""
    if count == was:
        return "same", f"столько же, сколько {base}"
    mood = "well" if (count > was) is good else "bad"
    more = f"{count - was:+d}".replace("-", "−")
    return f"{mood} {'up' if count > was else 'down'}", f"{more}, {base} {number(was)}"


def _change(now: float | None, then: float | None, base: str) -> tuple[str, str]:
    if now is None or then is None:
        return "same", "сравнить не с чем"
    return _sign(round(now), round(then), base)


def days_or_none(value: float | None) -> str:
    """«9 дней»; a dash where there is nothing to count."""
    return "—" if value is None else days(round(value))


def _to(end: date) -> str:
    return f"по {day(end)}"


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
    """Bodies with at least five answers, by the share in time; exact percent of whole counts."""
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
        for row in rows
        if row["answered"] >= 5 and row["group"][0]["name"]
    ]
    return sorted(told, key=lambda row: (-row["percent"], row["name"]))[:8]

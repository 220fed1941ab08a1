"""The six numbers of a morning, each with one base named beside it and a cause in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.law.periods import midnight
from schema.board.lists.address import listed
from schema.board.lists.moved import carrying
from schema.board.saved import PageContext
from schema.board.words.values import MONTHS, NAMED, api, day, days, number, within_a_sentence

DAY, WEEK, SECOND = timedelta(1), timedelta(days=7), timedelta(seconds=1)
OPEN = ["RECEIVED", "QUEUED", "ASSIGNED", "IN_WORK", "DISPUTED"]
"""States in which somebody still has to do something."""

BESIDE = ("fresh", "soon", "ending", "week")
"""What is counted by rows alone: one statement counts them all."""

LEAST = 5
"""So many answers of a body tell how it answers."""

SAME = "same"
Filter = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Number:
    """One of the six: what is shown of it, the list of its cases, its base with a list of its own.

    `mood` says whether it is well, and which way it has gone from the base.
    """

    name: str
    shown: str
    link: str
    mood: str
    base: str
    than: str
    base_link: str
    cause: str


def filters_of(context: PageContext, bound: Filter) -> dict[str, Filter]:
    """What each number and each base counts, of the cases that `bound` leaves."""
    today, now = midnight(context.today, context.zone), context.now + SECOND
    tomorrow, end = (midnight(context.today + ahead, context.zone) for ahead in (DAY, WEEK))
    soon = {"state": OPEN, "dueFrom": api(now)}
    late = {"overdue": True, "state": OPEN}
    found: dict[str, Filter] = {
        "late": late,
        "fresh": {**late, "dueFrom": api(now - DAY)},
        "soon": {**soon, "dueBefore": api(end)},
        "ending": {**soon, "dueBefore": api(tomorrow)},
        "week": {"answeredFrom": api(now - WEEK), "answeredBefore": api(now)},
        "today": {"receivedFrom": api(today), "receivedBefore": api(now)},
        "yesterday": {
            "receivedFrom": api(midnight(context.today - DAY, context.zone)),
            "receivedBefore": api(now - DAY),
        },
        "queued": {"queued": True},
        "waiting": {"queued": True, "receivedBefore": api(now - DAY)},
        "month": _answered(context, context.today.replace(day=1), context.today + DAY),
        "before": _answered(context, *days_before(context.today)),
    }
    return {name: {**one, **bound} for name, one in found.items()}


async def counted(context: PageContext, filters: Mapping[str, Filter]) -> dict[str, Any]:
    """What the API says of each: how many, of which themes, the answers of a month."""
    alone = {name: one for name, one in filters.items() if name not in BESIDE}
    beside = [filters[name] for name in BESIDE]
    found = await context.ask("Numbers", **alone, beside=beside)
    totals = dict(zip(BESIDE, found["beside"], strict=True))
    for name in ("yesterday", "queued", "waiting"):
        totals[name] = found[name]["totalCount"]
    for name in ("late", "today"):  # each case has one theme, or none
        totals[name] = sum(row["total"] for row in found[name])
    for name in ("month", "before"):
        totals[name] = found[name][0]["answered"] if found[name] else 0
    return {**found, "totals": totals}


def numbers(
    context: PageContext, found: Any, filters: Mapping[str, Filter], bodies: Sequence[Any]
) -> list[Number]:
    """The six in their order; `bodies` are the counts of this month's answers by bodies."""
    return [*_open(context, found, filters), *_answers(context, found, filters, bodies)]


def link(chosen: Filter, order: str = "NEWEST") -> str:
    """The list of exactly these cases, as an address."""
    return f"appeals?{listed(chosen, order)}"


def _open(context: PageContext, found: Any, filters: Mapping[str, Filter]) -> Iterator[Number]:
    """What has come and is still to be done."""
    totals = found["totals"]

    def opened(name: str, order: str = "NEWEST") -> str:
        return carrying(context, link(filters[name], order), totals[name])

    def one(
        title: str, name: str, order: str, mood: str, base: str, beside: str, cause: str
    ) -> Number:
        than = number(totals[beside])
        shown = number(totals[name])
        return Number(title, shown, opened(name, order), mood, base, than, opened(beside), cause)

    late, fresh, waiting = totals["late"], totals["fresh"], totals["waiting"]
    yield one(
        "Просрочено", "late", "DELAY", "bad up" if fresh else ("bad same" if late else "well same"),
        "новых за сутки", "fresh", _most(found["late"]) or "все в срок",
    )  # fmt: skip
    yield one(
        f"Срок по {day(context.today + WEEK - DAY)}", "soon", "DUE_SOONEST", SAME,
        "за прошлые 7 дней отвечено", "week", f"сегодня истекает {number(totals['ending'])}",
    )  # fmt: skip
    mood, base = _sign(totals["today"], totals["yesterday"], "вчера к этому часу")
    yield one("Поступило сегодня", "today", "NEWEST", mood, base, "yesterday",
              _most(found["today"]))  # fmt: skip
    yield one(
        "Ждут координатора", "queued", "OLDEST", "bad same" if waiting else SAME,
        "старше суток", "waiting",
        "ещё никому не направлено" if totals["queued"] else "все направлены",
    )  # fmt: skip


def _answers(
    context: PageContext, found: Any, filters: Mapping[str, Filter], bodies: Sequence[Any]
) -> Iterator[Number]:
    """What was answered in this month, beside the same days of the month before."""
    totals = found["totals"]
    to, from_ = (
        carrying(context, link(filters[name]), totals[name]) for name in ("month", "before")
    )
    same = f"за те же дни {MONTHS[days_before(context.today)[0].month - 1]}"
    now, then = (found[name][0]["medianDays"] if found[name] else None
                 for name in ("month", "before"))  # fmt: skip
    mood, base = _sign(round(now or 0), round(then or 0), same)
    if now is None or then is None:
        mood, base = SAME, same
    yield Number("Медиана ответа", _days(now), to, mood, base, _days(then), from_,
                 _slowest(bodies))  # fmt: skip
    mood, base = _sign(totals["month"], totals["before"], same, good=True)
    on_time = sum(row["answered"] - row["overdue"] for row in bodies)
    cause = f"в срок {number(on_time)} из них" if totals["month"] else "ответов ещё нет"
    yield Number(f"Отвечено за {NAMED[context.today.month - 1]}", number(totals["month"]), to,
                 mood, base, number(totals["before"]), from_,
                 cause)  # fmt: skip


def _answered(context: PageContext, since: date, before: date) -> Filter:
    """Those answered on these local days, the last left out."""
    return {
        "answeredFrom": api(midnight(since, context.zone)),
        "answeredBefore": api(midnight(before, context.zone)),
    }


def days_before(today: date) -> tuple[date, date]:
    """The days of the month before that this one has had by now: the first, and behind the last."""
    this = today.replace(day=1)
    first = (this - DAY).replace(day=1)
    return first, min(first + (today - this) + DAY, this)


def _most(rows: Sequence[Mapping[str, Any]]) -> str:
    """Of which theme most of them are; "" of none."""
    most = max(rows, key=lambda row: row["total"], default=None)
    if most is None:
        return ""
    theme = most["group"][0]["name"] or "без тематики"
    return f"больше всего: {within_a_sentence(theme)}, {number(most['total'])}"


def _slowest(bodies: Sequence[Mapping[str, Any]]) -> str:
    """Who takes longest of those that answer often enough to tell."""
    slowest = max(filter(tells, bodies), key=lambda row: row["medianDays"], default=None)
    return (
        f"дольше всех: {slowest['group'][0]['name']}" if slowest else "пяти ответов нет ни у кого"
    )


def tells(row: Mapping[str, Any]) -> bool:
    """Whether a body has given so many answers that its share and its median say something."""
    return row["answered"] >= LEAST and bool(row["group"][0]["name"])


def _sign(count: int, was: int, base: str, *, good: bool = False) -> tuple[str, str]:
    """How much more than the base it is: «+3, вчера к этому часу»."""
    if count == was:
        return SAME, f"столько же, {base}"
    mood = "well" if (count > was) is good else "bad"
    more = f"{count - was:+d}".replace("-", "−")
    return f"{mood} {'up' if count > was else 'down'}", f"{more}, {base}"


def _days(value: float | None) -> str:
    """«9 дней»; a dash where there is nothing to count."""
    return "—" if value is None else days(round(value))

"""The six numbers of a morning, each with one base named beside it and a cause in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.law.periods import NAMES, midnight
from schema.board.lists.address import listed
from schema.board.lists.moved import carrying
from schema.board.saved import PageContext
from schema.board.words.values import MONTHS, api, day, days, number, within_a_sentence

DAY, WEEK, SECOND = timedelta(1), timedelta(days=7), timedelta(seconds=1)
OPEN = ["RECEIVED", "QUEUED", "ASSIGNED", "IN_WORK", "DISPUTED"]
"""States in which somebody still has to do something."""

BESIDE = ("fresh", "soon", "left", "past")
"""What is counted by rows alone: one statement counts them all."""

LEAST = 5
"""So many answers of a body tell how it answers."""

SAME = "same"
Filter = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """Words and, where they speak of cases, what is shown of their number and the list of them."""

    words: str
    shown: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """One of the six beside its one base, and the cause.

    `mood` says whether it is well, and which way it has gone from the base.
    """

    itself: Said
    mood: str
    base: Said
    cause: Said


def filters_of(context: PageContext, bound: Filter) -> dict[str, Filter]:
    """What each number and each base counts, of the cases that `bound` leaves."""
    today, now = midnight(context.today, context.zone), context.now + SECOND
    past, end = (midnight(context.today + days, context.zone) for days in (-WEEK, WEEK))
    soon = {"dueFrom": api(today), "dueBefore": api(end)}
    late = {"overdue": True, "state": OPEN}
    found: dict[str, Filter] = {
        "late": late,
        "fresh": {**late, "dueFrom": api(now - DAY)},
        "soon": soon,
        "left": {**soon, "state": OPEN},
        "past": {"dueFrom": api(past), "dueBefore": api(today)},
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

    def said(words: str, name: str, order: str = "NEWEST") -> Said:
        return _said(context, words, totals[name], filters[name], order)

    def most(name: str, otherwise: str) -> Said:
        return _most(context, found[name], filters[name]) or Said(otherwise)

    late, fresh, waiting = totals["late"], totals["fresh"], totals["waiting"]
    mood, base = _sign(totals["soon"], totals["past"], "за прошлые 7 дней")
    yield Number(
        said("Просрочено", "late", "DELAY"),
        "bad up" if fresh else (SAME if late else "well same"),
        said("новых за сутки", "fresh", "DELAY"),
        most("late", "все в срок"),
    )
    yield Number(
        said(f"Срок по {day(context.today + WEEK - DAY)}", "soon", "DUE_SOONEST"),
        mood,
        said(base, "past", "DUE_SOONEST"),
        said("из них ещё не закончено", "left", "DUE_SOONEST"),
    )
    mood, base = _sign(totals["today"], totals["yesterday"], "вчера к этому часу")
    came = said("Поступило сегодня", "today")
    yield Number(came, mood, said(base, "yesterday"), most("today", "с полуночи ничего"))
    cause = "ещё никому не направлено" if totals["queued"] else "все направлены"
    yield Number(
        said("Ждут координатора", "queued", "OLDEST"),
        "bad same" if waiting else SAME,
        said("старше суток", "waiting", "OLDEST"),
        Said(cause),
    )


def _answers(
    context: PageContext, found: Any, filters: Mapping[str, Filter], bodies: Sequence[Any]
) -> Iterator[Number]:
    """What was answered in this month, beside the same days of the month before."""
    totals, month = found["totals"], filters["month"]
    same = f"за те же дни {MONTHS[days_before(context.today)[0].month - 1]}"
    title = f"Отвечено за {NAMES[context.today.month - 1]}"
    mood, base = _sign(totals["month"], totals["before"], same, good=True)
    to = _said(context, title, totals["month"], month)
    before = _said(context, base, totals["before"], filters["before"])
    now, then = (found[name][0]["medianDays"] if found[name] else None
                 for name in ("month", "before"))  # fmt: skip
    spent, than = SAME, same
    if now is not None and then is not None:
        spent, than = _sign(round(now), round(then), same)
    yield Number(
        Said("Медиана ответа", _days(now), to.link),
        spent,
        Said(than, _days(then), before.link),
        Said(_slowest(bodies)),
    )
    late = sum(row["overdue"] for row in bodies)
    cause = _said(context, "из них с опозданием", late, {**month, "overdue": True})
    yield Number(to, mood, before, cause if totals["month"] else Said("ответов ещё нет"))


def _said(
    context: PageContext, words: str, count: int, chosen: Filter, order: str = "NEWEST"
) -> Said:
    return Said(words, number(count), carrying(context, link(chosen, order), count))


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


def _most(context: PageContext, rows: Sequence[Mapping[str, Any]], chosen: Filter) -> Said | None:
    """Of which theme most of them are; None of none."""
    most = max(rows, key=lambda row: row["total"], default=None)
    if most is None:
        return None
    (theme,) = most["group"]
    words = f"больше всего: {within_a_sentence(theme['name'] or 'без тематики')},"
    return _said(context, words, most["total"], {**chosen, "theme": [theme["key"]]})


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

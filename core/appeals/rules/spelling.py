"""The computation of a term, said in Russian so that it can be checked by hand."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.offences import BROUGHT_BY
from core.appeals.rules.terms import Deadline
from core.law.russian import days
from core.shapes.deadlines.rules.units import CLOCKED, Unit, spoken

DAY_OFF = (
    "последний день нерабочий, срок не переносится; "
    "прокуроры считают до следующего рабочего дня, полиция до предыдущего"
)
"""Departmental practice differs, the verdict stays with the calendar day (R67)."""


def promised_steps(start: Entry, zone: ZoneInfo) -> tuple[datetime | None, tuple[str, ...]]:
    """The moment that the fact itself names, and the words for it."""
    promised = start.data.get("promised_at")
    if not isinstance(promised, str):
        return None, ("источник не назвал срока",)
    due_at = datetime.fromisoformat(promised)
    moment = due_at.astimezone(zone).isoformat()
    if start.fact is Fact.PLANNED:
        return due_at, (f"исполнить запланировано до {moment}",)
    if start.fact is Fact.RESUMED:
        return due_at, (f"не позже срока ответа на новое обращение: {moment}",)
    return due_at, (f"источник обещал ответ к {moment}",)


def steps_of(
    rule: Deadline,
    start: Entry,
    due_at: datetime,
    zone: ZoneInfo,
    *,
    prolonged: int = 0,
    day_off: bool = False,
) -> tuple[str, ...]:
    """From what it counts, how long, until when; `prolonged` in days."""
    began, ends = (moment.astimezone(zone) for moment in (start.at, due_at))
    steps = [f"начало: {rule.opening} {began.isoformat()} ({zone.key})"]
    if start.data.get("presumed"):
        steps.append("день регистрации неизвестен, за него принят день поступления")
    if BROUGHT_BY in start.data:
        brought = Fact(str(start.data[BROUGHT_BY])).label
        steps.append(f"отметка сделана позже, сведения поступили раньше ({brought})")
    if rule.unit in CLOCKED:
        hours = "считаются только рабочие часы" if rule.unit is Unit.WORKING_HOURS else ""
        steps.append(hours or "считается подряд, от самого момента")
        steps.append(f"срок {spoken(rule.length, rule.unit)}")
        return (*steps, f"последний момент {ends.isoformat()}")
    steps.append(f"день {began.date().isoformat()} не считается, день 1 следующий")
    steps.append(f"срок {spoken(rule.length, rule.unit)}")
    if prolonged:
        steps.append(f"продлён на {days(prolonged)}")
    end = ends.date().isoformat()
    steps.append(f"последний день {end}, последний момент 23:59:59 по времени региона")
    return (*steps, DAY_OFF) if day_off else tuple(steps)

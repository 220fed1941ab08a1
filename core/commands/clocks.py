"""Whether this machine's clock is right, and the calendar known for as long as it is asked."""

from __future__ import annotations

from datetime import UTC, datetime

from core.commands.finding import Finding, Matter
from core.kernel.calendars import OfficialCalendar
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.region.upkeep.states import State

WELL, WARNING, FAULT = State.WELL, State.WARNING, State.FAULT
SLOW_SECONDS, WRONG_SECONDS = 5.0, 30.0
"""A clock off by more may misjudge tokens; by more than the second, it does."""


def calendar(region: Region) -> Finding:
    """Whether the official calendar is known for as long as terms of today can reach."""
    today = local_date(region.now(), region.passport.zone)
    assert isinstance(region.calendar, OfficialCalendar)
    known = [year for year in range(today.year, today.year + 5) if region.calendar.knows(year)]
    if today.year not in known:
        text_ = f"производственный календарь {today.year} года неизвестен: обновите holidays"
        return Finding(Matter.CALENDAR, FAULT, text_, region.code)
    if today.year + 1 not in known and today.month >= 10:
        text_ = (
            f"календарь {today.year + 1} года неизвестен, а сроки до него уже доходят: "
            "обновите пакет holidays, когда перенос дней опубликован"
        )
        return Finding(Matter.CALENDAR, WARNING, text_, region.code)
    text_ = f"переносы дней известны по {max(known)} год"
    return Finding(Matter.CALENDAR, WELL, text_, region.code)


def clock(theirs: datetime, whose: str, code: str | None = None) -> Finding:
    """How far this machine's clock is from another's."""
    off = abs((datetime.now(UTC) - theirs).total_seconds())
    if off <= SLOW_SECONDS:
        return Finding(Matter.CLOCK, WELL, f"согласны с {whose}", code)
    text_ = f"расходятся с {whose} на {off:.0f} с: включите сверку времени (chrony, timesyncd)"
    return Finding(Matter.CLOCK, FAULT if off > WRONG_SECONDS else WARNING, text_, code)

"""Days that are named: until when a promise runs, and what dates a measure may have."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.appeals.rules.measures import MeasureKind, NewMeasure, fault_of_measure
from core.appeals.rules.plans import end_of

TODAY = date(2026, 3, 2)
RECEIVED = date(2026, 2, 2)
DAY = timedelta(days=1)
DONE = NewMeasure(MeasureKind.CAUSE_REMOVED, "Яма заделана", TODAY)
PUNISHED = NewMeasure(
    MeasureKind.HELD_RESPONSIBLE, "Выговор", TODAY, "Мастер Пробный П. П.", "12-к", TODAY
)
NOT_THEN = "Мера принимается не раньше поступления обращения и не позже сегодняшнего дня"
NOT_YET = "Акт о привлечении к ответственности издан не позже сегодняшнего дня"
ALIEN = "Виновного и акт указывают только при привлечении к ответственности"
WHO = "Укажите должность и фамилию привлечённого к ответственности"
BY_WHAT = "Укажите номер и дату акта о привлечении к ответственности"


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Europe/Moscow", 20), ("Europe/Kaliningrad", 21), ("Asia/Yekaterinburg", 18)],
)
def test_a_promise_runs_to_the_end_of_its_day_in_the_region(zone: str, hour: int) -> None:
    ends = datetime(2026, 3, 2, hour, 59, 59, tzinfo=UTC)
    assert end_of(TODAY, ZoneInfo(zone)) == ends


def test_a_day_in_kamchatka_ends_before_noon_of_greenwich() -> None:
    assert end_of(TODAY, ZoneInfo("Asia/Kamchatka")) == datetime(2026, 3, 2, 11, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("measure", "wrong"),
    [
        (DONE, None),
        (replace(DONE, taken_on=RECEIVED), None),
        (replace(DONE, taken_on=RECEIVED - DAY), NOT_THEN),
        (replace(DONE, taken_on=TODAY + DAY), NOT_THEN),
        (replace(DONE, done=" "), "Опишите, что сделано"),
        (replace(DONE, responsible="Мастер"), ALIEN),
        (replace(DONE, act_number="12-к"), ALIEN),
        (replace(DONE, act_date=TODAY), ALIEN),
        (PUNISHED, None),
        (replace(PUNISHED, act_date=TODAY + DAY), NOT_YET),
        (replace(PUNISHED, act_date=RECEIVED - DAY), None),
        (replace(PUNISHED, act_date=None), BY_WHAT),
        (replace(PUNISHED, act_number=" "), BY_WHAT),
        (replace(PUNISHED, responsible=None), WHO),
        (replace(PUNISHED, responsible="  "), WHO),
    ],
)
def test_what_is_wrong_with_a_measure(measure: NewMeasure, wrong: str | None) -> None:
    assert fault_of_measure(measure, RECEIVED, TODAY) == wrong

"""What holds of every term, whatever its unit, start and length."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.kernel.rules.calendar import local_date
from core.shapes.deadlines.rules.counting import begun_before, last_moment
from core.shapes.deadlines.rules.units import Unit
from tests.core.shapes.test_deadlines import WH, ZONES, C, H, M, W
from tests.fixtures.calendars import OFFICIAL

FIRST = datetime(2019, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 244_000_000).map(lambda seconds: FIRST + timedelta(seconds=seconds))
"""To the autumn of 2026: for later years the days off are not all published."""

COUNTED = st.sampled_from((C, W, H, M, WH))
LENGTHS = st.integers(0, 60)


@given(MOMENTS, LENGTHS, LENGTHS, COUNTED, st.sampled_from(ZONES))
def test_a_longer_term_ends_no_earlier(
    start: datetime, length: int, more: int, unit: Unit, zone: ZoneInfo
) -> None:
    shorter = last_moment(start, length, unit, OFFICIAL, zone)
    assert start <= shorter <= last_moment(start, length + more, unit, OFFICIAL, zone)


@given(MOMENTS, st.integers(0, 10**7), LENGTHS, COUNTED, st.sampled_from(ZONES))
def test_what_begins_later_ends_no_earlier(
    start: datetime, seconds: int, length: int, unit: Unit, zone: ZoneInfo
) -> None:
    later = start + timedelta(seconds=seconds)
    ends = [last_moment(moment, length, unit, OFFICIAL, zone) for moment in (start, later)]
    assert ends[0] <= ends[1]


@given(MOMENTS, LENGTHS, LENGTHS, st.sampled_from((WH, H, M)), st.sampled_from(ZONES))
def test_a_term_cut_in_two_ends_at_the_same_moment(
    start: datetime, first: int, second: int, unit: Unit, zone: ZoneInfo
) -> None:
    between = last_moment(start, first, unit, OFFICIAL, zone)
    whole = last_moment(start, first + second, unit, OFFICIAL, zone)
    assert last_moment(between, second, unit, OFFICIAL, zone) == whole


@given(MOMENTS, LENGTHS, st.sampled_from(ZONES))
def test_working_hours_end_inside_working_time(
    start: datetime, length: int, zone: ZoneInfo
) -> None:
    end = last_moment(start, length, WH, OFFICIAL, zone)
    here = end.astimezone(zone).time()
    assert any(opens <= here <= closes for opens, closes in OFFICIAL.shifts(local_date(end, zone)))


@given(
    MOMENTS, st.integers(0, 10**7), LENGTHS, st.sampled_from((W, H, M, WH)), st.sampled_from(ZONES)
)
def test_a_table_is_asked_for_what_is_over_as_each_term_is(
    start: datetime, seconds: int, length: int, unit: Unit, zone: ZoneInfo
) -> None:
    now = start + timedelta(seconds=seconds)
    over = last_moment(start, length, unit, OFFICIAL, zone) < now
    assert over is (start < begun_before(now, length, unit, OFFICIAL, zone))

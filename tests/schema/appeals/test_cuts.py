"""A measure in a cut over the API: what groups are called, what is beside, what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api

CUT = """query($by: [Dimension!]!, $period: String!, $measure: Statistic!, $f: AppealFilter) {
  appealCut(measure: $measure, by: $by, period: $period, filter: $f) {
    periods { since lastDay }
    rows { group { dimension key name } cells { value { exact } cases mark } }
    total { group { key } cells { value { exact } cases mark } } } }"""


def cell(exact: str | None, cases: int | None, mark: str) -> dict[str, object]:
    return {"value": None if exact is None else {"exact": exact}, "cases": cases, "mark": mark}


async def test_three_dimensions_in_words(api: Api, clock: FrozenClock) -> None:
    now = clock()
    await api.take(external_id="1", received_at=now - timedelta(days=1))
    await api.take(external_id="2", theme="health", received_at=now - timedelta(days=40))
    by = ["THEME", "BODY", "STATE"]
    asked = {"by": by, "period": f"{now:%Y-%m}", "measure": "COUNT"}
    told = (await api.data(CUT, "curator", **asked))["appealCut"]
    assert told["periods"][0]["since"] == f"{now:%Y-%m}-01"
    first = told["rows"][0]
    assert [one["dimension"] for one in first["group"]] == by
    assert [one["name"] for one in first["group"]] == [
        "Дороги", "Министерство полигона", "направлено",
    ]  # fmt: skip
    assert first["cells"][0] == cell("1", 1, "PROVISIONAL")
    assert told["total"]["group"] == []
    assert told["total"]["cells"][2] == cell(None, None, "MISSING")
    one = {**asked, "f": {"theme": ["health"]}}
    narrowed = (await api.data(CUT, "curator", **one))["appealCut"]["total"]["cells"]
    assert narrowed[0] == cell("0", 0, "PROVISIONAL")
    ahead = {**asked, "period": f"{now.replace(day=28) + timedelta(days=5):%Y-%m}"}
    later = (await api.data(CUT, "curator", **ahead))["appealCut"]
    assert later["rows"][0]["cells"][0] == cell(None, None, "MISSING")
    assert later["total"]["cells"][0] == cell(None, None, "MISSING")


async def test_a_share_of_nothing_is_no_zero(api: Api, clock: FrozenClock) -> None:
    await api.take(external_id="1", received_at=clock() - timedelta(days=1))
    asked = {"by": ["BLOCK"], "period": f"{clock():%Y-%m}", "measure": "SOLVED_SHARE"}
    told = (await api.data(CUT, "curator", **asked))["appealCut"]
    assert told["rows"][0]["cells"][0] == cell(None, 0, "NOT_APPLICABLE")


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        (
            {"by": ["THEME", "BODY", "STATE", "CHANNEL"]},
            "Разрез бывает не более чем по 3 признакам",
        ),
        ({"f": {"receivedFrom": "2026-01-01T00:00:00Z"}}, "Период разреза называют отдельно"),
        ({"period": "вчера"}, "Период пишется как"),
    ],
)
async def test_what_is_refused(api: Api, changed: dict[str, object], text: str) -> None:
    asked = {"by": ["THEME"], "period": "2026-02", "measure": "COUNT", **changed}
    error = await api.error(CUT, "curator", **asked)
    assert error["extensions"]["code"] == "INVALID"
    assert error["message"].startswith(text)


async def test_whoever_may_not_read_cases_is_told_none(api: Api) -> None:
    asked = {"by": ["THEME"], "period": "2026-02", "measure": "COUNT"}
    for role, code in ((None, "UNAUTHENTICATED"), ("administrator", "FORBIDDEN")):
        assert (await api.error(CUT, role, **asked))["extensions"]["code"] == code

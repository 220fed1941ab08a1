"""Which steps of a rating are open to whom, and why the others are not, over HTTP."""

from __future__ import annotations

import pytest

from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api
from tests.schema.ratings.test_ratings import PLACE, rated, step

__all__ = ["rated"]
pytestmark = pytest.mark.bare_rows


async def offered(api: Api, role: str) -> dict[str, str | None]:
    """What each step of the rating refuses to the reader, None where nothing."""
    query = """query R($method: String!, $period: String!) {
      rating(method: $method, period: $period) { offered { mutation code clause { ref } } }
      ratingRelease(method: $method, period: $period) { stage offered { mutation code clause { ref }
        } } }"""
    found = await api.data(query, role, **PLACE)
    assert found["rating"]["offered"] == found["ratingRelease"]["offered"]
    return {one["mutation"]: one["code"] for one in found["rating"]["offered"]}


async def test_what_is_open_is_told_by_the_checks_that_refuse(
    rated: Api, clock: FrozenClock
) -> None:
    api = rated
    await step(api, "publishTrialRating")
    keeper = {
        "objectToRating": "FORBIDDEN", "answerRatingObjection": "NOT_FOUND",
        "publishTrialRating": "WRONG_STATE", "draftRating": None, "publishRating": "WRONG_STATE",
        "correctRating": "WRONG_STATE", "moveRatingRelease": None,
    }  # fmt: skip
    assert await offered(api, "curator") == keeper
    barred = dict.fromkeys(keeper, "FORBIDDEN")
    assert await offered(api, "agency") == {**barred, "objectToRating": "WRONG_STATE"}
    assert set((await offered(api, "administrator")).values()) == {"FORBIDDEN"}
    await step(api, "draftRating")
    assert (await offered(api, "agency"))["objectToRating"] is None
    clock.at(2026, 6, 23)
    assert (await offered(api, "agency"))["objectToRating"] == "DEADLINE_PASSED"
    last = await offered(api, "curator")
    assert [name for name, code in last.items() if code is None] == [
        "publishRating", "moveRatingRelease",
    ]  # fmt: skip

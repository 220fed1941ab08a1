"""What a forger may change of a certificate that counts working hours and a region's facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from core.appeals.certificate import verify
from core.kernel.errors import Refusal
from tests.core.appeals.conftest import Desk
from tests.core.appeals.terms.messages import (
    noted,
    proved,
    taken,
)


def _moved(content: dict[str, Any]) -> None:
    next(due for due in content["deadlines"] if due["governs"])["due_at"] = "2026-03-20T20:59:59Z"


def _longer_fridays(content: dict[str, Any]) -> None:
    content["calendar"]["hours"][0]["closes_on_friday"] = "18:00"


def _unimportant(content: dict[str, Any]) -> None:
    content["circumstances"]["importance"] = "ordinary"


def _without_the_mark(content: dict[str, Any]) -> None:
    del content["ledger"][-1]


def _through_another_channel(content: dict[str, Any]) -> None:
    content["circumstances"]["channel"] = "map"


@pytest.mark.parametrize(
    "forge",
    [_moved, _longer_fridays, _unimportant, _without_the_mark, _through_another_channel],
)
async def test_a_forged_certificate_is_found_though_signed(
    desk: Desk, forge: Callable[[dict[str, Any]], None]
) -> None:
    appeal_id = await taken(desk, "03-06 15:00")
    await noted(desk, appeal_id, "important", "03-06 15:10", desk.coordinator)
    content = await proved(desk, appeal_id)
    del content["signature"]
    forge(content)
    digest = hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
    content["signature"] = desk.region.keys.sign(digest.encode())
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()
    with pytest.raises(Refusal, match="сроки получаются другими"):
        verify(text, desk.region.rules, desk.region.keys, desk.region.calendar)

"""How the operations of a test were answered."""

from __future__ import annotations

from typing import Any

import pytest

from schema.planner.reasons import Reason
from schema.planner.run import Executor, Way

Ways = list[tuple[Way, Reason | None]]


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Ways:
    """How each operation was answered, in their order."""
    answer, seen = Executor.answer, []

    async def noted(self: Executor, *asked: Any) -> object:
        monkeypatch.setattr(self, "_note", lambda way, why: seen.append((way, why)))
        return await answer(self, *asked)

    monkeypatch.setattr(Executor, "answer", noted)
    return seen

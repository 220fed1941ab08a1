"""Fields that were renamed keep their codes, so that every edition stays what it was."""

from __future__ import annotations

from typing import Any

import pytest

from core.appeals.rules.intake import Channel
from core.kernel.rules.passport import Municipality, Reform
from core.law.canonical import codes_of
from core.structure.rules.blocks import BlockRule


@pytest.mark.parametrize(
    ("kind", "field", "code"),
    [
        (Channel, "kind", "form"),
        (Municipality, "kind", "form"),
        (Reform, "former_kind", "form"),
        (BlockRule, "kind", "form"),
    ],
)
def test_a_renamed_field_keeps_its_code(kind: Any, field: str, code: str) -> None:
    assert (code, field) in codes_of(kind)

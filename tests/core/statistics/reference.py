"""Libraries that reckon the same, beside the project alone: nothing of it needs them to run."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

WHY = "нет {}: сверка идёт там, где он поставлен рядом"


def library(name: str) -> Any:
    """The module, or the test is skipped and says for want of what."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip(name, reason=WHY.format(name.partition(".")[0]))

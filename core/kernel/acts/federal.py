"""The federal acts, read once from the data files beside their layer; `cite` them by id."""

from __future__ import annotations

from pathlib import Path

from core.law.act import Act

_FEDERAL = Path(__file__).parent

RU_1844 = Act.load(_FEDERAL / "ru_1844.toml")
FZ59 = Act.load(_FEDERAL / "fz59.toml")
FZ152 = Act.load(_FEDERAL / "fz152.toml")
PRACTICE = Act.load(_FEDERAL / "practice.toml")

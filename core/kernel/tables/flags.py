"""Words by which a cell says yes or no: what people write, and what Excel and LibreOffice show."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

YES, NO = ("true", "да", "1", "истина"), ("false", "нет", "0", "ложь")
FLAGS: Mapping[str, bool] = MappingProxyType(dict.fromkeys(YES, True) | dict.fromkeys(NO, False))
"""In small letters."""

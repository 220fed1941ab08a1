"""How a letter writes a day."""

from __future__ import annotations

from datetime import date


def written(day: date) -> str:
    """«02.03.2026»."""
    return f"{day:%d.%m.%Y}"

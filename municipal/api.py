"""What plugins may import of the municipal layer."""

from __future__ import annotations

__all__: list[str] = []

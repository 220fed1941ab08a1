"""What one picture may cost."""

from __future__ import annotations

SECONDS = 20
MEMORY = 300_000_000
"""Bytes of address space, the interpreter and its libraries among them."""

MOST_PIXELS = 60_000_000
LONGEST_SIDE, PREVIEW_SIDE = 3_000, 480
MOST_OUTPUT = 40_000_000
"""Bytes that come back; a picture of that side never has more."""

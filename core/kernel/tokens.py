"""Secret names that are handed out once: what is kept of them tells nobody what they are."""

from __future__ import annotations

from hashlib import sha256

from core.kernel.codes import RefusalCode

NO_LINK = (RefusalCode.LINK_INVALID, RefusalCode.LINK_EXPIRED)
"""What is said of one that opens nothing, or nothing more."""


def digest_of(purpose: str, token: str) -> str:
    """By what a token of this purpose is known; one of another purpose never is the same."""
    return sha256(f"tsur.{purpose}/1\0".encode() + token.encode(errors="replace")).hexdigest()

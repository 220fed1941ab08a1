"""Signing by the convention Standard Webhooks: HMAC-SHA256 over id, moment and body."""

from __future__ import annotations

import hmac
import secrets
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime

KEY_BYTES = 32
PREFIX = "whsec_"
"""How a key begins where people see it."""


def new_key() -> bytes:
    """A key of 256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def shown(key: bytes) -> str:
    """A key as the receiver's library takes it."""
    return PREFIX + b64encode(key).decode()


def headers(number: str, now: datetime, body: bytes, keys: Iterable[bytes]) -> Mapping[str, str]:
    """The three headers of one attempt; while a key is being changed both sign."""
    moment = int(now.timestamp())
    signed = b"%s.%d.%s" % (number.encode(), moment, body)
    return {
        "webhook-id": number,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(_signature(key, signed) for key in keys),
    }


def _signature(key: bytes, signed: bytes) -> str:
    return f"v1,{b64encode(hmac.digest(key, signed, 'sha256')).decode()}"

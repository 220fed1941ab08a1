"""The bytes of a part, unpacked as far as they can be."""

from __future__ import annotations

import re
from base64 import b64decode
from email.message import Message

_FOREIGN = re.compile(rb"[^A-Za-z0-9+/=\s]|[ \t](?=\S)")
"""What base64 never has; some of it may have got in on the way."""

_SOME = 0.1


def content_of(part: Message) -> bytes:
    """What is packed in the part."""
    return unpacked(part)[0]


def unpacked(part: Message) -> tuple[bytes, bool]:
    """The same, and whether it is torn; words called packed that are not so, as they stand."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return str(part.get_payload()).encode("utf-8", "surrogateescape"), True
    if not isinstance(content, bytes):
        return b"", False
    packed = part.get_payload()
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if coding != "base64" or not isinstance(packed, str):
        return content, False
    raw = packed.encode("utf-8", "surrogateescape").strip()
    first = raw.partition(b"\n")[0].strip()
    if len(_FOREIGN.findall(first)) > _SOME * len(first):
        return raw, True
    signs = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(signs) % 4 == 1:  # the library gives such a part as it is
        return b64decode(signs[:-1] + b"=" * (-len(signs[:-1]) % 4)), True
    return content, False

"""The bytes of a part, unpacked as far as they can be, whatever it says that it is."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from copy import copy
from email.message import Message
from quopri import decodestring

_FOREIGN = re.compile(rb"[^A-Za-z0-9+/=\s]|[ \t](?=\S)")
"""What base64 never has; some of it may have got in on the way."""

_WHOLE = re.compile(rb"[A-Za-z0-9+/=\s]+")
_UUENCODED = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})
PACKINGS = _UUENCODED | {"base64", "quoted-printable"}
_SOME = 0.1


def content_of(part: Message) -> bytes:
    """What is packed in the part."""
    return unpacked(part)[0]


def unpacked(part: Message) -> tuple[bytes, bool]:
    """The same, and whether it is torn; words called packed that are not so, as they stand."""
    return unpacked_by(coding_of(part), stored(part))


def unpacked_by(coding: str, raw: bytes) -> tuple[bytes, bool]:
    """The same of bytes that are packed in this way."""
    if coding == "quoted-printable":
        return decodestring(raw), False
    if coding == "base64":
        return _of_base64(raw.strip())
    return _of_lines(raw) if coding in _UUENCODED else (raw, False)


def held(part: Message) -> list[Message]:
    """The parts of a part; none where it has bytes alone."""
    within = part.get_payload() if part.is_multipart() else []
    return [one for one in within if isinstance(one, Message)] if isinstance(within, list) else []


def coding_of(part: Message) -> str:
    """How the part says that it is packed; programs put quotes round it, or a comment behind."""
    said = str(part.get("Content-Transfer-Encoding", "")).replace('"', " ").split("(")[0].split()
    return said[0].rstrip(";").lower() if said else ""


def stored(part: Message) -> bytes:
    """As it stands in the letter: the library would unpack it by what its headers say."""
    bare = copy(part)
    del bare["Content-Transfer-Encoding"]
    content = bare.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _of_base64(raw: bytes) -> tuple[bytes, bool]:
    first = raw.partition(b"\n")[0].strip()
    if len(_FOREIGN.findall(first)) > _SOME * len(first):
        return raw, True
    # what was packed piece by piece has ends within; behind an end a list may have put words
    pieces = raw.split(b"=") if _WHOLE.fullmatch(raw) else raw.split(b"=", 1)[:1]
    signs = [re.sub(rb"[^A-Za-z0-9+/]", b"", piece) for piece in pieces]
    torn = any(len(piece) % 4 == 1 for piece in signs)  # the sign too many says nothing
    return b"".join(map(_piece, signs)), torn


def _piece(signs: bytes) -> bytes:
    whole = signs[:-1] if len(signs) % 4 == 1 else signs
    return b64decode(whole + b"=" * (-len(whole) % 4))


def _of_lines(raw: bytes) -> tuple[bytes, bool]:
    """The lines between «begin» and «end»."""
    lines = raw.splitlines()
    begun = next((n for n, line in enumerate(lines) if line.startswith(b"begin ")), None)
    if begun is None:
        return raw, True
    found: list[bytes] = []
    for line in lines[begun + 1 :]:
        if line in (b"end", b"`"):
            break
        try:
            found.append(binascii.a2b_uu(line))
        except binascii.Error:
            return b"".join(found), True
    return b"".join(found), False

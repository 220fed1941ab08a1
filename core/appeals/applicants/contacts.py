"""Telephones and addresses of e-mail as people write them into one line."""

from __future__ import annotations

import re

from core.kernel.texts import INVISIBLE

ADDRESS = re.compile(r"[^\s<>()\[\],;:\\\"@]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
"""An address of e-mail wherever it stands."""

MOST_CONTACTS = 2
PHONE_DIGITS = 10
_UNSEEN = str.maketrans("", "", INVISIBLE)
_PART = re.compile(r"[^\d\s().-]+", re.ASCII)
_NO_DIGIT = re.compile(r"\D", re.ASCII)
_NATIONAL = re.compile(rf"[78]?(\d{{{PHONE_DIGITS}}})")


def contacts_of(said: str) -> tuple[str, ...]:
    """By what somebody is found: a telephone and an address, or two of a kind, or the words alone.

    A telephone is its last ten digits, so that +7 and 8 are the same; an extension is no part of
    it. An address is in lower case.
    """
    plain = said.translate(_UNSEEN)
    mails = [found.group().casefold() for found in ADDRESS.finditer(plain)]
    phones = [phone for part in _PART.split(ADDRESS.sub(";", plain)) for phone in _phones(part)]
    several = (*phones[:1], *mails[:1], *phones[1:], *mails[1:])
    words = plain.strip().casefold()
    found = several or ((words,) if words else ())
    return tuple(dict.fromkeys(found))[:MOST_CONTACTS]


def _phones(part: str) -> list[str]:
    digits = _NO_DIGIT.sub("", part)
    if len(digits) < 2 * PHONE_DIGITS:
        return [digits[-PHONE_DIGITS:]] if len(digits) >= PHONE_DIGITS else []
    return _NATIONAL.findall(digits)

"""Addresses of letters: where to, and the return address by which what comes back is known.

A return address is VERP: our own with a keyed token of the notice after a plus. The token is kept
with the notice, so it outlives the key that made it.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode

from sqlalchemy import select

from core.appeals.applicants.contacts import ADDRESS
from core.appeals.notices.model import Notice
from core.kernel.settings import RegionSettings
from core.kernel.work import Work

TOKEN = re.compile(r"\+([a-z2-7]{16})@", re.IGNORECASE)
TOKEN_BYTES = 10
LONGEST_ADDRESS = 254


def address_in(contact: str | None) -> str | None:
    """The first address of e-mail in what an applicant gave; None where there is none."""
    found = ADDRESS.search(contact or "")
    address = found[0].strip(".") if found else ""
    return address if 0 < len(address) <= LONGEST_ADDRESS else None


def keyed(work: Work, purpose: str, notice: Notice) -> str:
    """16 letters of base32 that only the holder of the region's key can tell beforehand.

    A restored copy gives ids out again that its original gave to other letters meanwhile, so the
    moment and the case belong to what is keyed.
    """
    when = notice.written_at.isoformat()
    said = f"{purpose}/{work.region}/{notice.id}/{notice.appeal_id}/{when}"
    made = hmac.digest(work.keys.ring.data[0], said.encode(), "sha256")[:TOKEN_BYTES]
    return b32encode(made).decode().lower()


def return_address(own: RegionSettings, token: str) -> str:
    """Where what becomes of this letter is told, and where a reply to it goes."""
    name, _, domain = (own.mail_return or own.mail_from or "").rpartition("@")
    return f"{name}+{token}@{domain}"


def message_id(work: Work, own: RegionSettings, notice: Notice) -> str:
    """`<...@domain>`: the same however often the letter is tried, so that a double is seen."""
    domain = (own.mail_from or "").rpartition("@")[2]
    return f"<{work.region}.{notice.id}.{keyed(work, 'message', notice)}@{domain}>"


def token_of(address: str) -> str | None:
    """The token in a return address, in whatever case servers have put it; None without one."""
    found = TOKEN.search(address)
    return found[1].lower() if found else None


async def notice_of_address(work: Work, address: str) -> Notice | None:
    """The notice whose return address this is."""
    token = token_of(address)
    query = select(Notice).where(Notice.token == token)
    return None if token is None else await work.session.scalar(query)


async def notice_of_message(work: Work, message: str) -> Notice | None:
    """The notice that went under this Message-ID, written with or without its brackets."""
    query = select(Notice).where(Notice.message_id == f"<{message.strip().strip('<>')}>")
    found: Notice | None = await work.session.scalar(query)
    return found


async def appeal_of_address(work: Work, address: str) -> int | None:
    """The appeal to which the letter with this return address belongs."""
    notice = await notice_of_address(work, address)
    return notice.appeal_id if notice else None


async def appeal_of_message(work: Work, message: str) -> int | None:
    """The appeal to which our letter with this Message-ID belongs."""
    notice = await notice_of_message(work, message)
    return notice.appeal_id if notice else None

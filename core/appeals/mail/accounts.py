"""Reading a report on delivery: RFC 3464, a receipt of RFC 8098, or words of a mail server.

Nothing in it is believed beyond the notice whose token it bears, and no text of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.parser import BytesHeaderParser

from core.appeals.delivery.status import CODE
from core.appeals.mail.addresses import TOKEN
from core.appeals.notices.states import NoticeState

PACKING = "Content-Transfer-Encoding"
LARGEST = 1_000_000
MOST_PARTS = 200
MOST_REFERENCES = 20
RECEIVERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Resent-To", "Cc")
ORIGINAL = re.compile(
    r"^(?:Message-ID|References|In-Reply-To|X-Original-Message-ID):(.*)$", re.I | re.M
)
ANGLED = re.compile(r"<[^<>\s]{3,250}>")

S = NoticeState
ACTIONS: Mapping[str, NoticeState] = {
    "delivered": S.CONFIRMED,
    "relayed": S.TAKEN,
    "expanded": S.TAKEN,
    "delayed": S.DELAYED,
    "failed": S.RETURNED,
}
"""RFC 3464, 2.3.3: a server that hands on or expands says no more than that it took the letter."""

DISPOSITIONS: Mapping[str, NoticeState] = {
    "displayed": S.CONFIRMED,
    "deleted": S.TAKEN,
    "dispatched": S.TAKEN,
    "processed": S.TAKEN,
    "denied": S.TAKEN,
}
"""RFC 8098, 3.2.6: only a letter that was shown has reached a person."""

STRONGEST = (S.CONFIRMED, S.RETURNED, S.TAKEN, S.DELAYED)
"""Of several words on one letter: an address may stand for many, and one of them is enough."""

WAITS = (
    "still trying",
    "still being retried",
    "will retry",
    "will be retried",
    "will continue to try",
    "will keep trying",
    "delivery delayed",
    "delivery has been delayed",
    "delivery is delayed",
    "has not been delivered",
    "not yet been delivered",
    "temporary error",
    "temporary problem",
    "still undelivered",
    "no action is required",
    "пока не доставлен",
    "доставка задержана",
    "доставка отложена",
    "попытки будут продолжены",
    "попытки доставки будут продолжены",
)
"""Words by which servers say that they go on trying."""

FAILED = (
    "undeliverable",
    "undelivered",
    "could not be delivered",
    "could not be sent",
    "couldn't be delivered",
    "delivery failed",
    "delivery failure",
    "delivery status notification (failure)",
    "delivery to the following recipient failed",
    "delivery to the following recipients failed",
    "failure notice",
    "permanent error",
    "permanent failure",
    "fatal error",
    "returned to sender",
    "returning message to sender",
    "user unknown",
    "unknown user",
    "no such user",
    "mailbox full",
    "mailbox is full",
    "over quota",
    "unable to deliver",
    "не доставлено",
    "не может быть доставлено",
    "не удалось доставить",
    "не было доставлено",
    "недоставлен",
    "возвращено отправителю",
    "ящик переполнен",
)
"""Words by which they say that they have given up."""

RUSSIAN = ("koi8-r", "windows-1251", "cp866")
"""Charsets in which servers write Russian; of those that Python knows some are none."""

SMTP_REPLY = re.compile(r"\b([45])\d\d[ -]")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a report says, and by what its letter is known; `state` None where it says nothing."""

    state: NoticeState | None
    status: str | None
    addresses: tuple[str, ...]
    messages: tuple[str, ...]


def read_report(raw: bytes) -> Heard:
    """The report in these bytes, whatever they are; of a very large one the beginning."""
    message, parts = _opened(raw[:LARGEST])
    told = [one for part in parts for one in _told(part)]
    if not told:
        told = [_in_words(message, parts)]
    states = [state for state, _ in told]
    state = next((one for one in STRONGEST if one in states), None)
    status = next((code for one, code in told if state and one is state and code), None)
    text = raw[:LARGEST].decode("ascii", "replace")
    return Heard(state, status, tuple(_addresses(message, parts, text)), tuple(_messages(text)))


def _opened(raw: bytes) -> tuple[Message, list[Message]]:
    """The report and its parts; of one that is nested without an end, its headers alone."""
    try:
        message = message_from_bytes(raw, policy=policy.compat32)
        return message, list(_parts(message))
    except RecursionError:
        message = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
        message.set_payload("")
        return message, [message]


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number == MOST_PARTS:
            return
        yield part


def _told(part: Message) -> Iterator[tuple[NoticeState | None, str | None]]:
    """What a part for machines says, a word for each recipient."""
    kind = part.get_content_type()
    if kind in ("message/delivery-status", "message/global-delivery-status"):
        for block in _blocks(part):
            if action := _word(block, "Action"):
                code = CODE.search(str(block.get("Status", "")))
                yield ACTIONS.get(action), code[0] if code else None
    elif kind in ("message/disposition-notification", "message/global-disposition-notification"):
        for block in _blocks(part):
            if block.get("Disposition") is not None:
                how = str(block["Disposition"]).rpartition(";")[2].strip().lower()
                yield DISPOSITIONS.get(how.partition("/")[0].strip()), None


def _blocks(part: Message) -> list[Message]:
    """The groups of fields: those that the library has found, and those in what it left as text."""
    held = part.get_payload() if part.is_multipart() else [part]
    within = [one for one in held if isinstance(one, Message)]
    texts = (_unpacked(one, str(part.get(PACKING, ""))) for one in within)
    blocks = [block for text in texts for block in re.split(rb"\r?\n\r?\n", text.strip())]
    more = (message_from_bytes(one, policy=policy.compat32) for one in blocks[:MOST_PARTS])
    return [*(one for one in within if one is not part), *more]


def _unpacked(one: Message, packing: str) -> bytes:
    """The text of a group, which may be packed as the whole part is."""
    bare = copy(one)
    del bare[PACKING]
    bare[PACKING] = packing
    said = bare.get_payload(decode=True)
    return said if isinstance(said, bytes) else b""


def _word(block: Message, name: str) -> str:
    said = re.match(r"[a-z-]+", str(block.get(name, "")).strip().lower())
    return said[0] if said else ""


def _in_words(message: Message, parts: list[Message]) -> tuple[NoticeState | None, str | None]:
    """What a server says that knows no RFC 3464, in the first part of text and the subject."""
    texts = (part for part in parts if part.get_content_type() == "text/plain")
    part = next(texts, None)
    body = part.get_payload(decode=True) if part is not None else b""
    said = body if isinstance(body, bytes) else b""
    words = f"{message.get('Subject', '')}\n{_decoded(said, part)}"
    codes = [code for code in CODE.findall(words) if not code.startswith("2")]
    replies = SMTP_REPLY.findall(words)
    status = codes[0] if codes else (f"{replies[0]}.0.0" if replies else None)
    plain = " ".join(words.casefold().split())
    if any(one in plain for one in WAITS):
        return S.DELAYED, status
    permanent = status is not None and status.startswith("5")
    if permanent or any(one in plain for one in FAILED):
        return S.RETURNED, status
    return None, None


def _decoded(body: bytes, part: Message | None) -> str:
    said = str(part.get("Content-Type", "")).lower() if part is not None else ""
    named = next((charset for charset in RUSSIAN if charset in said), None)
    for charset in filter(None, (named, "utf-8", "windows-1251")):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return body.decode("latin-1")


def _addresses(message: Message, parts: list[Message], text: str) -> Iterator[str]:
    """Where a token may stand, the surest first: whom it came to, ENVID, what it encloses."""
    for name in RECEIVERS:
        yield from (str(one) for one in message.get_all(name, ())[:MOST_REFERENCES])
    for part in parts:
        if part.get_content_type().endswith("delivery-status"):
            for block in _blocks(part):
                yield f"+{str(block.get('Original-Envelope-Id', '')).strip()}@"
    for number, found in enumerate(TOKEN.finditer(text)):
        if number == MOST_REFERENCES:
            return
        yield found[0]


def _messages(text: str) -> Iterator[str]:
    found = (one for line in ORIGINAL.finditer(text) for one in ANGLED.findall(line[1]))
    for number, one in enumerate(found):
        if number == MOST_REFERENCES:
            return
        yield one

"""Forms of pages: read within bounds, and taken from our own pages alone.

A script cannot send them from elsewhere: the browser says that it would, and nobody can know the
form's own token who does not hold the link or the session.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import readable

LARGEST = 200_000
"""Bytes: twenty thousand Russian letters take six each on their way."""

OF_OFFICIALS = 2_000_000
"""Bytes of a form of the board: it gives back what is too long for its field, so that is read."""

FIELDS = 60
"""A page of ticks, and what stands beside them."""

MARK = "."
MEDIA = "application/x-www-form-urlencoded"


async def read_form(request: Request, largest: int = LARGEST) -> Mapping[str, str]:
    """The fields; of one that came several times each value is a line.

    Refusal for what is no form, larger than so many bytes, or holds what cannot be kept.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA:
        raise Refusal(RefusalCode.MALFORMED, "Это не форма")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > largest:
            raise Refusal(RefusalCode.TOO_MUCH, "Форма слишком велика")
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS
        )
    except ValueError as error:
        raise Refusal(RefusalCode.MALFORMED, "Форма не читается") from error
    if not all(readable(value) for _, value in pairs):
        raise Refusal(RefusalCode.TEXT_UNREADABLE, "В тексте недопустимые знаки")
    typed: dict[str, str] = {}
    for name, value in pairs:
        said = value.replace("\r\n", "\n")
        typed[name] = f"{typed[name]}\n{said}" if name in typed else said
    return typed


def is_foreign(request: Request, public_url: str) -> bool:
    """Whether the form was sent by a page of another origin.

    Pages with `no-referrer` send `Origin: null`, so that alone says nothing.
    """
    said = request.headers
    origin = None if said.get("origin") == "null" else said.get("origin")
    return sent_from_elsewhere(said.get("sec-fetch-site"), origin, said.get("host"), public_url)


def sent_from_elsewhere(
    site: str | None, origin: str | None, host: str | None, public_url: str
) -> bool:
    """What a browser says of where its request comes from; one that does not, says its origin."""
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and urlsplit(origin).netloc not in (host, urlsplit(public_url).netloc)


def form_token(token: str, closing: int = 0) -> str:
    """What a form carries: it fits this link or session, and the survey that was shown."""
    return hmac.new(token.encode(), b"tsur.form/1:%d" % closing, "sha256").hexdigest()[:32]


def fits(token: str, closing: int, given: str) -> bool:
    """Whether a form is of this page as it stands; what is behind a MARK is of one page alone."""
    own = given.partition(MARK)[0]
    return hmac.compare_digest(form_token(token, closing).encode(), own.encode())

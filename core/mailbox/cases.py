"""To which case a letter belongs: by what it answers, else by a number that it names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import case, or_, select

from core.appeals.mail.addresses import appeal_of_address, appeal_of_message
from core.appeals.model import Appeal
from core.appeals.rules.intake import PLACES, Numbering
from core.kernel.rules.passport import Passport
from core.kernel.work import Work
from core.mailbox.kinds import Found
from core.mailbox.letter.reader import Read
from core.mailbox.model import Letter

MOST_NUMBERS = 20
LONGEST = 20_000
_ALIKE = str.maketrans("АВЕКМНОРСТХУавекмнорстху", "ABEKMHOPCTXYabekmhopctxy")
_DASHES = re.compile(r"\s*[-‐‑‒–—−/]\s*")


class Belonging(NamedTuple):
    """A case, and by what it was found; `ours` is the letter of ours that is answered, if one is.

    It is named by its return address or its Message-ID.
    """

    appeal_id: int
    by: Found
    ours: str | None = None


def marked(message_id: str) -> str:
    """By what a Message-ID is remembered."""
    return hashlib.sha256(message_id.encode()).hexdigest()


async def find_case(work: Work, read: Read) -> Belonging | None:
    """The case of the letter; the surest sign first. Nothing is told to whoever wrote it."""
    for address in read.recipients:
        if (found := await appeal_of_address(work, address)) is not None:
            return Belonging(found, Found.ADDRESS, address)
    for message in read.references:
        if (found := await appeal_of_message(work, message)) is not None:
            return Belonging(found, Found.THREAD, message)
    if (found := await _by_thread(work, read.references)) is not None:
        return Belonging(found, Found.THREAD)
    if (found := await _by_number(work, read)) is not None:
        return Belonging(found, Found.NUMBER)
    return None


async def _by_thread(work: Work, references: Sequence[str]) -> int | None:
    """The case of an earlier letter of this correspondence."""
    if not references:
        return None
    marks = [marked(one) for one in references]
    nearest = case({mark: place for place, mark in enumerate(marks)}, value=Letter.message_mark)
    query = (
        select(Letter.opened_id, Letter.appeal_id)
        .where(
            Letter.message_mark.in_(marks),
            or_(Letter.opened_id.is_not(None), Letter.appeal_id.is_not(None)),
        )
        .order_by(nearest, Letter.id)
        .limit(1)
    )
    row = (await work.session.execute(query)).first()
    return None if row is None else row.opened_id or row.appeal_id


async def _by_number(work: Work, read: Read) -> int | None:
    """The only case whose number the subject names; else the only one that the text does.

    Where several are named a person has to say which is meant.
    """
    for text in (read.subject, read.text, read.quoted):
        numbers = numbers_in(work, text)
        if not numbers:
            continue
        query = select(Appeal.id).where(Appeal.number.in_(numbers)).limit(2)
        found = (await work.session.scalars(query)).all()
        if found:
            return found[0] if len(found) == 1 else None
    return None


def numbers_in(work: Work, text: str) -> list[str]:
    """Numbers of this region in the text, as they are stored: at most MOST_NUMBERS.

    Spaces around dashes, other dashes, look-alike letters and an O for a nought are forgiven.
    """
    prefix = work.rules.get(Passport, "region", work.today).number_prefix
    pattern = work.rules.get(Numbering, "appeal", work.today).pattern
    spelt = _DASHES.sub("-", text[:LONGEST]).translate(_ALIKE).upper()
    found: dict[str, None] = {}
    for match in _looking_for(pattern, prefix).finditer(spelt):
        given = {name: int(_digits(said)) for name, said in match.groupdict().items()}
        found[pattern.format(prefix=prefix, **given)] = None
        if len(found) == MOST_NUMBERS:
            break
    return list(found)


def _looking_for(pattern: str, prefix: str) -> re.Pattern[str]:
    """The rule's pattern as an expression over text that was spelt alike."""
    parts, last = [], 0
    for place in PLACES.finditer(pattern):
        parts.append(_literal(pattern[last : place.start()]))
        name = place[1]
        parts.append(
            _literal(prefix)
            if name == "prefix"
            else rf"(?P<{name}>[0-9O]{{4}})"
            if name == "year"
            else rf"(?P<{name}>[0-9O]{{1,9}})"
        )
        last = place.end()
    parts.append(_literal(pattern[last:]))
    return re.compile(rf"(?<![0-9A-ZА-Я]){''.join(parts)}(?![0-9])")


def _literal(text: str) -> str:
    """The text itself as it is looked for: spelt alike, a nought also as an O."""
    spelt = _DASHES.sub("-", text).translate(_ALIKE).upper()
    return "".join("[0O]" if sign in "0O" else re.escape(sign) for sign in spelt)


def _digits(said: str) -> str:
    return said.replace("O", "0")

"""Letters of the demo: some wait for a word, of some it is said, some no person wrote."""

from __future__ import annotations

import tomllib
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from random import Random
from typing import Any

from sqlalchemy import func, select

from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.lifecycle import State
from core.demo.people import full_name
from core.demo.vocabulary import DATA, STREETS
from core.directory.rules.bodies import Theme
from core.directory.service import actor_in
from core.kernel.access import Actor, system
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.kernel.work import Work
from core.mailbox.collection import read_kept
from core.mailbox.decisions import Matter, add_letter, take_letter_in, thank
from core.mailbox.kinds import Said
from core.mailbox.model import WAITING, Letter
from core.mailbox.store import Fetched, keep
from core.region.tokens import DEMO_SUBJECT

CLERK, MAILBOX, VALIDITY = "coordinator", "demo", 1
POINT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
"""A picture of one grey point."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that came so many hours ago, and what the clerk has said of it already.

    What came `again` is the letter before it by another way.
    """

    hours: int
    subject: str
    text: str
    said: Said | None = None
    sender: str | None = None
    headers: Mapping[str, str] | None = None
    picture: bool = False
    again: bool = False


async def fill_letters(region: Region, seed: int) -> int:
    """Letters of nobody who exists, taken in as any others; how many there are.

    None a second time, nor where no clerk of the demo takes letters in or has cases.
    """
    drafts = load_letters()
    async with region.work(system()) as work:
        clerk = await actor_in(work, DEMO_SUBJECT.format(role=CLERK))
        if await work.session.scalar(select(func.count()).select_from(Letter)) or not clerk.grants:
            return 0
        known = {
            "in_work": await _number(work, clerk, State.IN_WORK),
            "closed": await _number(work, clerk, State.CLOSED),
        }
        if None in known.values():
            return 0
        for uid, one in enumerate(drafts, start=1):
            came = work.now - timedelta(hours=one.hours)
            rng = Random(f"{seed}/{one.subject}")
            raw = _written(one, rng, {**known, "place": rng.choice(STREETS)}, came)
            await keep(work, Fetched(MAILBOX, VALIDITY, uid, came, raw, len(raw)))
    await read_kept(region, ())
    await _say(region, clerk, drafts)
    return len(drafts)


def load_letters() -> list[Draft]:
    """The letters of the data file, in its order."""
    held: list[dict[str, Any]] = tomllib.loads((DATA / "letters.toml").read_text("utf-8"))["letter"]
    return [Draft(**{**one, "said": Said(one["said"]) if "said" in one else None}) for one in held]


async def _number(work: Work, clerk: Actor, state: State) -> str | None:
    """The newest case of the clerk's in this state."""
    query = select(Appeal.number).where(visible(clerk), Appeal.state == state)
    found: str | None = await work.session.scalar(query.order_by(Appeal.id.desc()).limit(1))
    return found


def _written(one: Draft, rng: Random, known: Mapping[str, Any], came: datetime) -> bytes:
    letter, number = EmailMessage(SMTP), rng.randrange(10**6)
    sender = one.sender or f"citizen{number:06}@example.org"
    letter["From"] = Address(full_name(rng) if one.sender is None else "", addr_spec=sender)
    letter["Subject"] = one.subject.format_map(known)
    told = known["in_work"].encode().hex()  # a number may have letters that an id may not
    letter["Message-ID"] = f"<{number:06}.{told}@example.org>"
    if one.again:
        letter["Received"] = f"from relay.example.org; {came:%d %b %Y %H:%M:%S} +0000"
    for name, value in (one.headers or {}).items():
        letter[name] = value
    letter.set_content(one.text.format_map(known))
    if one.picture:
        letter.add_attachment(POINT, "image", "png", filename="двор.png")
    return letter.as_bytes()


async def _say(region: Region, clerk: Actor, drafts: Sequence[Draft]) -> None:
    """What the clerk has said, of those letters alone that wait for it."""
    async with region.reading(system()) as work:
        waiting = dict(
            (await work.session.execute(select(Letter.uid, Letter.id).where(WAITING))).all()
        )
    for uid, one in enumerate(drafts, start=1):
        if one.said is not None and uid in waiting:
            async with region.work(clerk) as work:
                await _said(work, waiting[uid], one.said)


async def _said(work: Work, letter: int, said: Said) -> None:
    match said:
        case Said.ADDITION:
            await add_letter(work, letter, "Ответ управляющей организации")
        case Said.APPEAL:
            theme, *_ = work.rules.all(Theme, work.today)
            places = [one.key for one in work.rules.all(Municipality, work.today)]
            matter = Matter(theme=theme.key, municipality=places[0] if places else None)
            await take_letter_in(work, letter, matter)
        case Said.THANKS:
            await thank(work, letter)

"""What a report calls its days and the values of its parts: whoever reads it is shown no key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from core.appeals.charges import Charge
from core.appeals.rules.intake import Channel
from core.directory.model import Body
from core.directory.rules.bodies import Theme
from core.kernel.work import Work
from core.law.periods import Period
from core.structure.blocks import load_blocks
from core.summaries.rules import Part

UNSAID = "не указано"
RULES: dict[Part, type[Channel | Theme]] = {Part.SOURCES: Channel, Part.THEMES: Theme}


async def names_of(work: Work, part: Part, values: Sequence[Any], on: date) -> list[str]:
    """What these values of a part are called on the local day; what is not named is its key."""
    if part is Part.BODIES:
        query = select(Body.id, Body.name).where(Body.id.in_([one for one in values if one]))
        bodies = dict((await work.session.execute(query)).all())
        return [bodies.get(one, Charge.NOBODY.label) for one in values]
    if part is Part.CHARGE:
        return [Charge(one).label for one in values]
    if part is Part.BLOCKS:
        blocks = await load_blocks(work.session, work.rules)
        return [_name(value, blocks.find(value, on)) for value in values]
    return [_name(one, work.rules.find(RULES[part], one, on) if one else None) for one in values]


def days_of(span: Period) -> str:
    """The first and the last day of a span, or its only one."""
    first, last = span.start, span.last_day
    return f"{first:%d.%m.%Y}" if first == last else f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"


def _name(value: str | None, found: Any) -> str:
    if value is None:
        return UNSAID
    return str(found.name) if found else value

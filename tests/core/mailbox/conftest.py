"""A centre at work that gets letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from core.kernel.access import Actor, system
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.mailbox.arrival import settle
from core.mailbox.letter.reader import read
from core.mailbox.model import Letter
from core.mailbox.store import Fetched, keep
from tests.core.appeals.conftest import Desk, desk

__all__ = ["Post", "desk", "post"]

BOX, OURS = "letters@centre.example", ("letters@centre.example", "centre.example")


@dataclass(frozen=True)
class Post:
    """The desk, and short words for what comes to it."""

    desk: Desk
    numbers: count[int]

    async def come(self, raw: bytes, *, at: datetime | None = None, validity: int = 1) -> Letter:
        """A letter that is fetched and read."""
        fetched = Fetched(BOX, validity, next(self.numbers), at or self.desk.now(), raw, len(raw))
        async with self.desk.work(system()) as work:
            row = await keep(work, fetched)
            assert row is not None
            return await settle(work, row.id, read(raw), OURS)

    async def letter(self, letter_id: int) -> Letter:
        async with self.desk.region.database.reading() as session:
            return await session.get_one(Letter, letter_id)

    async def letters(self) -> Sequence[Letter]:
        async with self.desk.region.database.reading() as session:
            return (await session.scalars(select(Letter).order_by(Letter.id))).all()

    async def lines(self, name: str) -> Sequence[JournalEntry]:
        async with self.desk.region.database.reading() as session:
            query = select(JournalEntry).where(JournalEntry.name == name)
            return (await session.scalars(query.order_by(JournalEntry.id))).all()

    async def refusal(self, actor: Actor, use_case: Any, *arguments: Any) -> tuple[str, str | None]:
        """The code and the clause of what is refused."""
        with pytest.raises(Refusal) as caught:
            async with self.desk.work(actor) as work:
                await use_case(work, *arguments)
        clause = caught.value.clause
        return caught.value.code.value, clause.ref if clause else None


@pytest.fixture
async def post(desk: Desk) -> Post:
    return Post(desk, count(1))

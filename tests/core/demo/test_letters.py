"""The demo's mailbox: letters in every state but unread, through the intake of letters."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from core.appeals.model import Appeal
from core.demo.letters import fill_letters, load_letters
from core.demo.service import SEED, fill
from core.kernel.region import Region
from core.mailbox.kinds import Kind, LetterState, Said
from core.mailbox.model import Letter


async def test_a_mailbox_has_letters_of_every_kind(kursk: Region) -> None:
    await fill(kursk, 60)
    assert await fill_letters(kursk, SEED) == len(load_letters()) > 0
    assert await fill_letters(kursk, SEED) == 0, "a second call adds nothing"
    async with kursk.database.reading() as session:
        rows = list(await session.scalars(select(Letter).order_by(Letter.uid)))
        taken = await session.get_one(Appeal, next(one.opened_id for one in rows if one.opened_id))
    assert Counter(one.state for one in rows) == {
        LetterState.WAITING: 4,
        LetterState.DECIDED: 3,
        LetterState.MACHINE: 4,
    }
    assert {one.kind for one in rows if one.state is LetterState.MACHINE} == {
        Kind.COPY,
        Kind.AUTOREPLY,
        Kind.BOUNCE,
        Kind.LIST,
    }
    assert {one.said: one.appeal_id is not None for one in rows if one.said} == {
        Said.ADDITION: True,
        Said.APPEAL: False,
        Said.THANKS: True,
    }
    assert taken.channel == "e-mail"
    assert (
        sum(
            one.due_at is not None and one.due_at < kursk.now()
            for one in rows
            if one.state is LetterState.WAITING
        )
        == 1
    )
    assert [one.unreadable for one in rows] == [0] * len(rows)

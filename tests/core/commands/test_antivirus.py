"""What `tsur doctor` says of the antivirus."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.attachments.probes import EICAR
from core.commands.antivirus import antivirus_finding
from core.kernel.region import Region
from core.region.upkeep.states import State
from tests.core.attachments.antivirus import Candid, Fake, listening

FOUND = b"stream: Eicar FOUND\0"


class Knowing(Candid):
    """Finds what it must."""

    def said(self, content: bytes) -> bytes:
        return FOUND if content == EICAR else super().said(content)


class Hiding(Fake):
    """Finds what it must, and says nothing of its limits."""

    def said(self, content: bytes) -> bytes:
        return FOUND if content == EICAR else self.reply


@pytest.mark.parametrize(
    ("fake", "state", "text"),
    [
        (Knowing(), State.WELL, "отвечает: ClamAV 1.0.0"),
        (Candid(), State.FAULT,
         "отвечает, но не узнаёт проверочный файл: обновите базы (freshclam)"),
        (Hiding(), State.WARNING,
         "не говорит, когда прочёл не всё: задайте AlertExceedsMax yes в clamd.conf"),
    ],
)  # fmt: skip
async def test_it_says_whether_the_antivirus_may_be_believed(
    polygon: Region, fake: Fake, state: State, text: str
) -> None:
    async with listening(fake):
        own = polygon.own.model_copy(update={"clamd": fake.address, "clamd_seconds": 5.0})
        found = await antivirus_finding(replace(polygon, own=own))
    assert (found.state, found.text) == (state, text)


async def test_it_says_that_there_is_none(polygon: Region) -> None:
    production = replace(polygon, settings=polygon.settings.model_copy(update={"production": True}))
    own = polygon.own.model_copy(update={"clamd": "127.0.0.1:1", "clamd_seconds": 1.0})
    states = [
        (await antivirus_finding(one)).state
        for one in (polygon, production, replace(polygon, own=own))
    ]
    assert states == [State.WELL, State.WARNING, State.FAULT]

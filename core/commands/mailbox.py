"""The region's mailbox for commands: where it is, and whether it answers."""

from __future__ import annotations

import asyncio

from core.commands.finding import Finding, Matter
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.mailbox import VARIABLES, MailboxSettings
from core.kernel.settings import prefix_of
from core.mailbox.box import Box, BoxError
from core.mailbox.collection import ask
from core.region.upkeep.states import State


def mailbox_of(code: str) -> MailboxSettings:
    """The settings of the region's mailbox; Refusal(INVALID) where it has none."""
    own = MailboxSettings.of(prefix_of(code))
    if own.host is None:
        text = f"Почтовый ящик не задан: укажите {prefix_of(code)}{VARIABLES}HOST"
        raise Refusal(RefusalCode.INVALID, text)
    return own


async def mailbox_findings(code: str) -> list[Finding]:
    """Whether the mailbox lets us in and shows its folder; nothing where none is set."""
    own = MailboxSettings.of(prefix_of(code))
    if own.host is None:
        return []
    box = Box(own)
    try:
        await ask(own, box, box.open)
        letters = len(await ask(own, box, box.uids))
    except BoxError as error:
        text = f"{own.name}: {error}; проверьте {prefix_of(code)}{VARIABLES}*"
        return [Finding(Matter.MAILBOX, State.FAULT, text, code)]
    finally:
        await asyncio.to_thread(box.close)
    return [Finding(Matter.MAILBOX, State.WELL, f"отвечает, писем в папке: {letters}", code)]

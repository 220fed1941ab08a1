"""`tsur mail`: the region's mailbox, read again and again; each letter is kept before all else."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import Annotated

import typer

from core.commands.mailbox import mailbox_of
from core.commands.regions import RegionCode, ready
from core.kernel.mailbox import MailboxSettings
from core.kernel.region import Region
from core.kernel.settings import Settings, read_settings
from core.mailbox.box import Box, BoxError
from core.mailbox.collection import Round, collect

verbs = typer.Typer()


@verbs.command()
def mail(
    region: RegionCode,
    once: Annotated[bool, typer.Option("--once", help="Прочитать один раз и закончить")] = False,
) -> None:
    """Получать письма граждан из почтового ящика региона (TSUR_<КОД>_MAILBOX_HOST)."""
    asyncio.run(_mail(read_settings(), region, once=once))


async def _mail(settings: Settings, code: str, *, once: bool) -> None:
    own = mailbox_of(code)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with ready(settings, code) as region:
        while not stop.is_set():
            done = await _round(region, own, once=once)
            if done is not None and (once or done.kept or done.failed):
                typer.echo(
                    f"Писем получено {done.kept}, разобрано {done.read}, "
                    f"не удалось получить {done.failed}"
                )
            if once:
                if done is None or done.failed:
                    raise typer.Exit(1)
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), own.seconds)


async def _round(region: Region, own: MailboxSettings, *, once: bool) -> Round | None:
    """One round; None where the mailbox is out of reach, which is said and tried again."""
    try:
        return await collect(region, own, Box(own))
    except BoxError as error:
        typer.echo(f"Почтовый ящик {own.name}: {error}", err=True)
        return None

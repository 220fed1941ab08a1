"""`tsur restore`: the way back from a copy, for exercise too, and the doors of what came back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from core.commands.regions import reaching, standing
from core.commands.verdict import asked
from core.kernel.codes import RefusalCode
from core.kernel.doors.model import Verdict
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.settings import Settings, read_settings
from core.kernel.unreadable import why
from core.region.backup.archive import newest
from core.region.backup.contents import Contents, contents
from core.region.backup.drill import drill as restore_for_exercise
from core.region.backup.record import alone
from core.region.backup.restoration import SETTINGS_FILE, Restored
from core.region.backup.restoration import restore as restore_copy
from core.region.doors.release import Waiting, release, waiting
from core.region.keyring.copies import passphrase
from core.region.revisions import is_new, require_current, require_there

verbs = typer.Typer()


@verbs.command()
def restore(
    folder: Annotated[
        Path | None, typer.Argument(help="Папка копий (берётся последняя) или файл копии")
    ] = None,
    drill: Annotated[
        bool, typer.Option("--drill", help="Учебное: рядом, с проверкой, и убрать за собой")
    ] = False,
    let_out: Annotated[
        bool, typer.Option("--release", help="Показать, что уйдёт, и открыть двери")
    ] = False,
    send: Annotated[bool, typer.Option("--send", help="Решение: пусть уходит")] = False,
    gone: Annotated[bool, typer.Option("--gone", help="Решение: уже ушло")] = False,
) -> None:
    """Восстановить из копии в пустое место; двери закрыты, пока не сказано --release."""
    settings = read_settings()
    if (send and gone) or ((send or gone) and not let_out) or (drill and let_out):
        text = "Так эти указания не сочетаются: --send или --gone говорят вместе с --release"
        raise Refusal(RefusalCode.INVALID, text)
    if folder is None and not let_out:
        raise Refusal(RefusalCode.INVALID, "Назовите папку копий: tsur restore ПАПКА")
    if folder is None:
        asyncio.run(_require_any(settings))
    with alone(settings.data_dir):
        if folder is not None and not (let_out and asyncio.run(_waiting(settings))):
            copy, secret = newest(folder), passphrase()
            asyncio.run(_restore(settings, contents(copy, secret), secret, drill=drill))
        if let_out:
            said = Verdict.SEND if send else Verdict.GONE if gone else None
            _release(settings, said)


def _release(settings: Settings, said: Verdict | None) -> None:
    """Show what would go of every region with closed doors, and do with it what a person says."""
    shut = asyncio.run(_waiting(settings))
    if not shut:
        typer.echo("Двери открыты: выпускать нечего")
        return
    for code, found in shut.items():
        typer.echo(f"{code}: двери закрыты; уйдёт:")
        for line in _listed(found):
            typer.echo(line)
    verdict = said or asked()
    asyncio.run(_open_doors(settings, [*shut], verdict))
    typer.echo(f"Двери открыты, решение о том, что ждало: {verdict.label}")


def _listed(found: Waiting) -> list[str]:
    if not found:
        return ["  ничего"]
    lines = ((words, sort, many) for words, sorts in found.items() for sort, many in sorts.items())
    return [f"  {words}, {sort}: {many}" for words, sort, many in lines]


async def _restore(settings: Settings, copy: Contents, secret: str, *, drill: bool) -> None:
    how = restore_for_exercise if drill else restore_copy
    async with standing(settings) as regions:
        for region in regions:
            await _is_empty(region)  # whether it can be reached at all
        try:
            done = await how(copy, regions, secret)
        except OSError as error:
            text = f"Восстановить не удалось: {why(error)}"
            raise Refusal(RefusalCode.INVALID, text) from error
    for one in done:
        typer.echo(_told(one))
    if drill:
        typer.echo("Учебное восстановление удалось: счёт и отпечатки сошлись, ничего не оставлено")
        return
    typer.echo(f"Настройки копии для сверки: {settings.data_dir / SETTINGS_FILE}")
    typer.echo("Двери закрыты: ничего не уйдёт, пока не сказано tsur restore --release")
    for one in done:
        if not one.keys:
            typer.echo(f"{one.code}: верните ключи: tsur keys restore {one.code} ФАЙЛ", err=True)


def _told(one: Restored) -> str:
    part = one.part
    return (
        f"{one.code}: таблиц {len(part.tables)}, строк {part.rows}, файлов {len(part.files)}; "
        f"счёт и отпечатки сошлись"
    )


async def _waiting(settings: Settings) -> Mapping[str, Waiting]:
    """What would go of each region whose doors are closed."""
    found: dict[str, Waiting] = {}
    async with standing(settings) as regions:
        for region in regions:
            if await _is_empty(region):
                continue
            with reaching(region):
                await require_current(region)
            if (waits := await waiting(region)) is not None:
                found[region.code] = waits
    return found


async def _require_any(settings: Settings) -> None:
    """Refuse to open doors where no region has a database: the folder is another one."""
    async with standing(settings) as regions:
        if not any(region.database.is_there for region in regions):
            require_there(regions[0])


async def _is_empty(region: Region) -> bool:
    """Whether the region has no tables yet."""
    if not region.database.is_there:
        return True
    with reaching(region):
        return await is_new(region)


async def _open_doors(settings: Settings, codes: Sequence[str], verdict: Verdict) -> None:
    async with standing(settings) as regions:
        for region in regions:
            if region.code in codes:
                await release(region, verdict)

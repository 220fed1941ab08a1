"""`tsur move`: a region from SQLite to PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from core.commands.progress import bar
from core.commands.regions import RegionCode, reaching, standing
from core.db.address import BadAddress, place, understood
from core.db.database import Database
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import Settings, prefix_of, read_settings
from core.region.backup.move import Moved
from core.region.backup.move import cancel as cancel_move
from core.region.backup.move import move as move_region
from core.region.backup.record import alone, require_finished
from core.region.backup.sqlite import file_of
from core.region.revisions import is_new, require_migrated, require_there

verbs = typer.Typer()


@verbs.command()
def move(
    region: RegionCode,
    to: Annotated[
        str | None, typer.Option(help="Адрес пустой базы PostgreSQL", metavar="АДРЕС")
    ] = None,
    cancel: Annotated[
        bool, typer.Option("--cancel", help="Отказаться: прежняя база снова обслуживается")
    ] = False,
) -> None:
    """Перенести регион из SQLite в PostgreSQL; прерванное продолжает тот же вызов."""
    settings = read_settings()
    require_finished(settings.data_dir)
    if (to is None) is not cancel:
        raise Refusal(RefusalCode.INVALID, "Назовите базу: tsur move --to АДРЕС РЕГИОН")
    code = region.rpartition(".")[2]
    if to is None:
        asyncio.run(_cancel(settings, region))
        typer.echo(f"{code}: перенос отменён, прежняя база снова обслуживается")
        return
    url = _address(to)
    done, file = asyncio.run(_move(settings, region, url))
    if done.again:
        typer.echo(f"{code}: база уже перенесена в {place(url)}")
    else:
        typer.echo(f"{code}: таблиц {done.tables}, строк {done.rows}; счёт и отпечатки сошлись")
    typer.echo(
        f"Задайте {prefix_of(code)}DATABASE_URL — адрес из --to, и запустите службу снова; "
        f"прежняя база {file} больше не обслуживается"
    )


def _address(text: str) -> str:
    try:
        url = understood(text)
    except BadAddress as error:
        raise Refusal(RefusalCode.INVALID, f"Адрес --to не годится: {error}") from None
    if url.startswith("sqlite"):
        raise Refusal(RefusalCode.INVALID, "Переносят только в PostgreSQL")
    return url


async def _move(settings: Settings, code: str, url: str) -> tuple[Moved, Path]:
    async with standing(settings, code) as (region,):
        if not region.database.is_sqlite:
            text = f"База региона «{region.code}» уже не SQLite: переносить нечего"
            raise Refusal(RefusalCode.INVALID, text)
        require_there(region)
        with reaching(region):
            await require_migrated(region)
        target = replace(region, database=Database(url, pooled=region.database.pooled))
        try:
            with reaching(target):
                await is_new(target)  # whether it can be reached at all
            with alone(settings.data_dir), bar(region.passport.name) as tick:
                done = await move_region(region, target, tick)
        finally:
            await target.database.close()
    return done, file_of(region.database.url)


async def _cancel(settings: Settings, code: str) -> None:
    async with standing(settings, code) as (region,):
        require_there(region)
        with alone(settings.data_dir):
            await cancel_move(region)

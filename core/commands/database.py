"""`tsur migrate`: the tables of the regions."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from sqlalchemy import text

from core.commands.regions import opened, prepare, reaching, standing
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import Settings, read_settings
from core.region.backup.guard import require_recent
from core.region.grants import grants as role_grants
from core.region.keyring.service import key_place
from core.region.migrate import check as check_tables
from core.region.migrate import draft as draft_revision
from core.region.plan import Planned, planned
from core.region.revisions import require_not_newer

verbs = typer.Typer()


@verbs.command()
def migrate(
    regions: Annotated[
        list[str] | None, typer.Argument(help="Коды регионов; все подключённые, если не указаны")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Сверить миграции с моделями и отказать при расхождении")
    ] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Показать, что будет занято и нужна ли остановка")
    ] = False,
    no_backup: Annotated[
        bool, typer.Option("--no-backup", help="Обойтись без копии моложе суток")
    ] = False,
    grants: Annotated[
        tuple[str, str] | None,
        typer.Option(
            help="Раздать права двум ролям PostgreSQL: служебной и уничтожающей",
            metavar="СЛУЖБА УНИЧТОЖЕНИЕ",
        ),
    ] = None,
    draft: Annotated[
        str | None,
        typer.Option(help="Составить новую миграцию ветви с этим именем", metavar="ВЕТВЬ"),
    ] = None,
    message: Annotated[str, typer.Option(help="О чём новая миграция")] = "changes",
) -> None:
    """Создать или обновить таблицы регионов и внести органы, названные в актах."""
    settings = read_settings()
    for code in regions or settings.regions:
        if plan:
            for line in asyncio.run(_plan(settings, code)):
                typer.echo(line)
            continue
        asyncio.run(
            _migrate(settings, code, check=check, draft=draft, message=message, bare=no_backup)
        )
        typer.echo(f"{code}: база готова")
        if grants is not None:
            asyncio.run(_grant(settings, code, *grants))
            typer.echo(f"{code}: права розданы: {grants[0]} — служба, {grants[1]} — уничтожение")


async def _migrate(
    settings: Settings, code: str, *, check: bool, draft: str | None, message: str, bare: bool
) -> None:
    async with opened(settings, code, beginning=True) as region:
        keys = key_place(region)
        made = keys.missing
        with reaching(region):
            if not bare and region.database.is_there:
                await require_recent(region)
            await prepare(region, progress=_refreshed)
            if draft is not None:
                await draft_revision(region, draft, message)
            if check:
                await check_tables(region)
    if made and settings.production:
        typer.echo(f"{code}: созданы ключи в {keys.folder}; сохраните их: tsur keys backup {code}")


async def _grant(settings: Settings, code: str, runtime: str, eraser: str) -> None:
    async with standing(settings, code) as (region,):
        if region.database.is_sqlite:
            raise Refusal(RefusalCode.INVALID, "Роли есть только в PostgreSQL")
        with reaching(region):
            async with region.database.writing() as session:
                for statement in role_grants(runtime, eraser):
                    await session.execute(text(statement))


async def _plan(settings: Settings, code: str) -> list[str]:
    """What would be done to the tables of one region; nothing is."""
    async with standing(settings, code) as (region,):
        if not region.database.is_there:
            return [f"{code}: базы ещё нет, остановка не нужна"]
        with reaching(region):
            await require_not_newer(region)
            async with region.database.connecting() as connection:
                found = await connection.run_sync(planned, region)
    return [*_lines(code, found)]


def _lines(code: str, found: Iterable[Planned]) -> Iterator[str]:
    stops: dict[str, None] = {}
    empty = True
    for one in found:
        empty = False
        if one.table is None:
            yield f"  {one.revision}: читает строки, замки заранее не видны"
        elif one.table:
            yield f"  {one.revision}: {one.table} — {one.lock}, строк {one.rows}"
        else:
            yield f"  {one.revision}: имеющиеся таблицы не трогает"
        if one.stop:
            stops[one.revision] = None
    if empty:
        yield f"{code}: таблицы новые, остановка не нужна"
    elif stops:
        yield f"{code}: нужна остановка из-за {', '.join(stops)}"
    else:
        yield f"{code}: остановка не нужна"


def _refreshed(done: int, total: int) -> None:
    """Said only where cases of an earlier release are judged anew."""
    typer.echo(f"Пересчитаны сроки обращений: {done} из {total}", err=True)

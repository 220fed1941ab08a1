"""`tsur admin`: the one appointment that nobody inside could make."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from core.commands.regions import RegionCode, ready
from core.kernel.access import system
from core.kernel.settings import Settings, read_settings
from core.structure.first_administrator import grant_first

verbs = typer.Typer()
admin = typer.Typer(no_args_is_help=True, help="Первый администратор региона")
verbs.add_typer(admin, name="admin")


@admin.command()
def grant(
    region: RegionCode,
    subject: Annotated[str, typer.Argument(help="Имя в системе входа: поле sub его токена")],
    name: Annotated[str, typer.Option(help="Фамилия, имя, отчество")],
    ground: Annotated[str, typer.Option(help="Документ-основание: вид, номер, дата")],
) -> None:
    """Назначить первого администратора: один раз, с записью в журнал; при имеющемся отказ."""
    asyncio.run(_grant(read_settings(), region, subject, name, ground))
    typer.echo(f"{region}: {name} — администратор; остальные назначения вносит он")


async def _grant(settings: Settings, code: str, subject: str, name: str, ground: str) -> None:
    async with ready(settings, code) as region, region.work(system()) as work:
        await grant_first(work, subject, name, ground)

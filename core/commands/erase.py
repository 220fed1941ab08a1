"""`tsur erase`: destroying what is known of a person, by order, with an act."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from core.appeals.applicants.marks import appeals_of_person
from core.appeals.erasing.model import Erasure
from core.appeals.erasing.orders import hold as place_hold
from core.appeals.erasing.orders import lift as lift_hold
from core.appeals.erasing.orders import order
from core.appeals.erasing.recalls import Recall, recalls
from core.commands.regions import RegionCode, ready
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import Settings, read_settings
from core.region.erasing.carrying import act_of, carry_out, run_unfinished
from core.region.erasing.maintenance import maintain as maintain_files

verbs = typer.Typer()
erase = typer.Typer(no_args_is_help=True, help="Уничтожение персональных данных с актом")
verbs.add_typer(erase, name="erase")

Numbers = Annotated[list[str], typer.Argument(help="Номера обращений; копии берутся с ними")]
Number = Annotated[str, typer.Argument(help="Номер обращения")]
Ground = Annotated[str, typer.Option(help="Основание: документ и дата")]

Backups = Annotated[int, typer.Option(min=0, max=3_660, help="Сколько дней хранят копии базы")]
NOTICE = (
    "Сообщите каждому: персональные данные уничтожены по акту № {act}, переданное раньше тоже "
    "подлежит уничтожению; подписи под ним верны и после этого."
)


@erase.command("order")
def order_(
    region: RegionCode,
    numbers: Numbers,
    ground: Ground,
    backups: Backups = 30,
) -> None:
    """Уничтожить персональные данные обращений и напечатать акт с выпиской."""
    typer.echo(asyncio.run(_order(read_settings(), region, numbers, ground, backups)), nl=False)


@erase.command()
def person(
    region: RegionCode,
    contact: Annotated[str, typer.Option(help="Телефон или электронная почта человека")],
    ground: Ground,
    name: Annotated[str | None, typer.Option(help="Имя, если контакт общий")] = None,
    backups: Backups = 30,
) -> None:
    """То же со всеми обращениями человека; если хоть одно ещё хранят, ни с одним."""
    settings = read_settings()
    numbers = asyncio.run(_of_person(settings, region, contact, name))
    typer.echo(asyncio.run(_order(settings, region, numbers, ground, backups)), nl=False)


@erase.command()
def recall(region: RegionCode, act: Annotated[int, typer.Argument(help="Номер акта")]) -> None:
    """Напечатать, кому уничтоженное успели передать: время, кому, что, обращение.

    У пакета доказательств ещё и кому его выдали и на каком основании.
    """
    for one in asyncio.run(_recalls(read_settings(), region, act)):
        number = one.number or "все обращения"
        said = (f"{one.at:%d.%m.%Y %H:%M} UTC", one.actor, one.name, number, one.to)
        typer.echo("\t".join(filter(None, said)))
    typer.echo(NOTICE.format(act=act))


@erase.command()
def resume(region: RegionCode) -> None:
    """Довести до конца прерванные уничтожения."""
    asyncio.run(_resume(read_settings(), region))
    typer.echo(f"{region}: прерванных уничтожений не осталось")


@erase.command()
def act(region: RegionCode, number: Annotated[int, typer.Argument(help="Номер акта")]) -> None:
    """Напечатать акт ещё раз."""
    typer.echo(asyncio.run(_act(read_settings(), region, number)), nl=False)


@erase.command()
def hold(region: RegionCode, number: Number, ground: Ground) -> None:
    """Удержать обращение от уничтожения: спор, суд, проверка."""
    asyncio.run(_hold(read_settings(), region, number, ground))
    typer.echo(f"{region}: обращение {number} удержано")


@erase.command()
def lift(region: RegionCode, number: Number) -> None:
    """Снять удержания обращения."""
    lifted = asyncio.run(_lift(read_settings(), region, number))
    typer.echo(f"{region}: удержаний снято {lifted}")


@erase.command()
def maintain(region: RegionCode) -> None:
    """Переписать файлы базы: после этого уничтоженного в них нет."""
    asyncio.run(_maintain(read_settings(), region))
    typer.echo(f"{region}: файлы базы переписаны {datetime.now().astimezone():%d.%m.%Y %H:%M}")


async def _order(
    settings: Settings, code: str, numbers: list[str], ground: str, backups: int
) -> str:
    async with ready(settings, code) as region:
        await run_unfinished(region, {})
        async with region.work(system()) as work:
            until: date = work.today + timedelta(days=backups)
            row = await order(work, numbers, ground, until)
        await carry_out(region, row.id)
    return await _act(settings, code, row.id)


async def _of_person(settings: Settings, code: str, contact: str, name: str | None) -> list[str]:
    async with ready(settings, code) as region, region.reading(system()) as work:
        return list(await appeals_of_person(work, contact, name))


async def _recalls(settings: Settings, code: str, number: int) -> Sequence[Recall]:
    async with ready(settings, code) as region, region.reading(system()) as work:
        return await recalls(work, number)


async def _resume(settings: Settings, code: str) -> None:
    async with ready(settings, code) as region:
        await run_unfinished(region, {})


async def _act(settings: Settings, code: str, number: int) -> str:
    async with ready(settings, code) as region, region.reading(system()) as work:
        row = await work.session.get(Erasure, number)
        if row is None:
            raise Refusal(RefusalCode.NOT_FOUND, f"Акта № {number} нет")
        return act_of(row)


async def _hold(settings: Settings, code: str, number: str, ground: str) -> None:
    async with ready(settings, code) as region, region.work(system()) as work:
        await place_hold(work, number, ground)


async def _lift(settings: Settings, code: str, number: str) -> int:
    async with ready(settings, code) as region, region.work(system()) as work:
        return await lift_hold(work, number)


async def _maintain(settings: Settings, code: str) -> None:
    async with ready(settings, code) as region:
        await maintain_files(region)

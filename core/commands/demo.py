"""`tsur demo`: a half-year, or years, that never were."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import func, select

from core.appeals.model import Appeal
from core.commands.progress import bar
from core.commands.regions import ready
from core.demo.batches import fill_batches
from core.demo.documents import fill_documents
from core.demo.duties import fill_duties
from core.demo.indicators import fill_indicators
from core.demo.letters import fill_letters
from core.demo.problems import fill_problems
from core.demo.ratings import fill_ratings
from core.demo.service import SEED, fill
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.settings import Settings, read_settings
from core.region.figures import fold_all

verbs = typer.Typer()


@verbs.command()
def demo(
    size: Annotated[
        str, typer.Option(help="small, half-year или число обращений на регион")
    ] = "small",
    region: Annotated[
        list[str] | None, typer.Option(help="Код региона; все подключённые, если не указан")
    ] = None,
    seed: Annotated[int, typer.Option(help="Из одного числа получается одно и то же")] = SEED,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="День, на котором всё обрывается; сегодня"),
    ] = None,
    years: Annotated[
        int,
        typer.Option(min=0, max=5, help="Столько лет вместо полугодия; в каждой половине — размер"),
    ] = 0,
) -> None:
    """Наполнить регионы вымышленным полугодием; повторный вызов ничего не добавит."""
    settings = read_settings()
    if settings.production:
        raise Refusal(RefusalCode.FORBIDDEN, "В промышленной установке вымышленных обращений нет")
    for code in region or settings.regions:
        told = asyncio.run(_fill(settings, code, size, seed, until, years))
        typer.echo(f"{code}: {told}")


async def _fill(
    settings: Settings, code: str, size: str, seed: int, until: datetime | None, years: int
) -> str:
    """What the region has and what was added, in one line."""
    async with ready(settings, code, beginning=True) as region:
        moment = None if until is None else min(until.replace(tzinfo=UTC), region.now())
        before, _ = await _there(region)
        with bar(region.passport.name) as tick:
            filled = await fill(region, size, seed=seed, until=moment, years=years, progress=tick)
        owed = await fill_duties(region)
        documents = await fill_documents(region)
        await fill_batches(region)
        rated = await fill_ratings(region, seed)
        listed = await fill_problems(region)
        shown = await fill_indicators(region)
        letters = 0 if until else await fill_letters(region, seed)  # they came today
        async with region.work(system()) as work:
            await fold_all(work)
        appeals, bodies = await _there(region)
        return (
            f"органов {bodies}; добавлено обращений {appeals - before}, "
            f"должностных лиц {filled.officials}, документов {documents}, обязанностей {owed}, "
            f"рейтингов {rated}, проблем {listed}, показателей {shown}, писем {letters}"
        )


async def _there(region: Region) -> tuple[int, int]:
    """Appeals, whichever part of the demo has brought them, and bodies, some of them by the act."""
    counted = (select(func.count()).select_from(one).scalar_subquery() for one in (Appeal, Body))
    async with region.database.reading() as session:
        appeals, bodies = (await session.execute(select(*counted))).one()
    return appeals, bodies

"""`tsur worker` and `tsur jobs`: working the queue off, and what could not be run."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from core.commands.checkup import require_fit
from core.commands.regions import RegionCode, ready
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.logs import write_logs
from core.kernel.queue import JobState, QueuedJob
from core.kernel.settings import Settings, read_settings
from core.worker.broker import work_off
from core.worker.operator import jobs_in_state, retry_job
from core.worker.silence import silence_of

verbs = typer.Typer()
jobs = typer.Typer(no_args_is_help=True, help="Задания: что отложено и как повторить")
verbs.add_typer(jobs, name="jobs")


@verbs.command()
def worker() -> None:
    """Выполнять задания всех регионов из Redis или RabbitMQ (TSUR_BROKER_URL)."""
    settings = read_settings()
    write_logs(structured=settings.structured_logs)
    asyncio.run(_work(settings))


@jobs.command("list")
def list_(
    region: RegionCode,
    state: Annotated[JobState, typer.Option(help="В каком состоянии")] = JobState.PARKED,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="Не больше скольких")] = 100,
) -> None:
    """Показать задания; без указаний — те, что отложены после всех попыток."""
    rows = asyncio.run(_list(read_settings(), region, state, limit))
    table = Table("№", "Задание", "Состояние", "Попыток", "Когда", "Ошибка")
    for row in rows:
        when = row.run_at.isoformat(sep=" ", timespec="seconds")
        cells = (str(row.id), row.name, row.state, str(row.attempts), when, row.error or "")
        table.add_row(*cells)
    Console().print(table)


@jobs.command("retry")
def retry(
    region: RegionCode, job: Annotated[int, typer.Argument(help="Номер отложенного задания")]
) -> None:
    """Вернуть отложенное задание в очередь, с полным числом попыток."""
    asyncio.run(_retry(read_settings(), region, job))
    typer.echo(f"Задание {job} снова в очереди")


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if (why := await silence_of(settings)) is not None:
        raise Refusal(RefusalCode.INVALID, f"Брокер заданий: {why}")
    async with AsyncExitStack() as stack:
        regions = [
            await stack.enter_async_context(ready(settings, code)) for code in settings.regions
        ]
        for region in regions:
            await require_fit(region)
        await work_off(settings, regions, stop)


async def _list(settings: Settings, code: str, state: JobState, limit: int) -> list[QueuedJob]:
    async with ready(settings, code) as region, region.work(system()) as work:
        return await jobs_in_state(work, state, limit)


async def _retry(settings: Settings, code: str, job_id: int) -> None:
    async with ready(settings, code) as region, region.work(system()) as work:
        await retry_job(work, job_id)

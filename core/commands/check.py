"""`tsur check`: everything that the author of a region needs to know, without starting it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from core.appeals.classifier.columns import NAMES
from core.appeals.classifier.service import load_classifier
from core.commands.regions import prepare
from core.db.database import Database
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.settings import Settings, read_settings
from core.law.fault import LawError
from core.region.opening import open_region
from core.reports.checks import CHECKS, own_layer
from core.reports.pages import PAGES, Page
from core.structure.roster.report import NotKept, Report
from core.structure.roster.tables import read_tables

verbs = typer.Typer()


@verbs.command()
def check(
    region: Annotated[str, typer.Argument(help="Код региона или точечное имя его пакета")],
    dry: Annotated[bool, typer.Option("--dry", help="Только сравнить страницы, не писать")] = False,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="На какой день; без него сегодня")
    ] = None,
    classifier: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Проверить и этот файл классификатора"),
    ] = None,
) -> None:
    """Проверить право региона и записать страницы рядом с его актом; код 1, если что-то неверно."""
    today, asked = datetime.now(UTC).date(), on.date() if on else None
    with TemporaryDirectory() as name:
        folder = Path(name)
        settings = _with(region, read_settings()).model_copy(
            update={"data_dir": folder, "production": False}
        )
        opened = open_region(region, settings)
        typer.echo("правила, типы и ссылки … верно")
        wrong = [_said(one.words, opened, one.faults(opened, asked or today)) for one in CHECKS]
        wrong.append(_said("база и справочник", opened, _starts(opened, folder)))
        if classifier is not None and not wrong[-1]:
            faults = _misfits(opened, folder, classifier)
            wrong.append(_said(f"классификатор {classifier.name}", opened, faults))
    wrong += [_page(page, opened, asked, today, dry=dry) for page in PAGES]
    if any(wrong):
        raise typer.Exit(1)


def _with(code: str, settings: Settings) -> Settings:
    """The settings with the region among the connected ones: it may not be connected yet."""
    known = [one for one in settings.regions if code in (one, one.rpartition(".")[2])]
    return settings if known else settings.model_copy(update={"regions": (code,)})


def _said(words: str, region: Region, faults: Iterator[str]) -> bool:
    """Run a check and say how it went; whether anything is wrong."""
    with _of_the_layer(region):
        found = list(faults)
    typer.echo(f"{words} … {'неверно' if found else 'верно'}")
    for fault in found:
        typer.echo(f"  {fault}", err=True)
    return bool(found)


def _starts(region: Region, folder: Path) -> Iterator[str]:
    """Its tables and its directory on a database of their own, whatever one is configured."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'tsur.db'}")
    try:
        asyncio.run(_prepare(replace(region, database=database)))
    except Refusal as refusal:
        yield refusal.text


async def _prepare(region: Region) -> None:
    try:
        await prepare(region)
    finally:
        await region.database.close()


def _misfits(region: Region, folder: Path, file: Path) -> Iterator[str]:
    """What a classifier refers to that law and directory do not know, line by line."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'tsur.db'}")
    try:
        report = asyncio.run(_tried(replace(region, database=database), file))
    except Refusal as refusal:
        yield refusal.text
    else:
        yield from (line.text for line in report.lines if line.wrong)


async def _tried(region: Region, file: Path) -> Report:
    tables = read_tables(file, NAMES)
    try:
        async with region.work(system()) as work:
            return await load_classifier(work, tables, dry_run=True)
    except NotKept as end:
        return end.report
    finally:
        await region.database.close()


def _page(page: Page, region: Region, on: date | None, today: date, *, dry: bool) -> bool:
    """Write the page if it has changed; whether it is stale and stays so."""
    with _of_the_layer(region):
        old, new = page.kept(region), page.made(region, on, today)
        changed = old != new
        if changed and not dry:
            page.path(region).write_text(new, encoding="utf-8")
    done = "устарела" if dry else "записана заново" if old else "записана"
    typer.echo(f"страница {page.name} … {done if changed else 'верно'}")
    return changed and dry


@contextmanager
def _of_the_layer(region: Region) -> Iterator[None]:
    """What a chapter's own code raises is a line with its file, as at the start."""
    try:
        yield
    except LawError:
        raise
    except Exception as error:
        raise own_layer(region).place.fault(error) from error

"""`tsur obligations`: what a region owes in a year, in one line each, or as JSON."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from core.commands.regions import RegionCode, ready
from core.kernel.access import system
from core.kernel.settings import Settings, read_settings
from core.obligations.calendar import Listed, calendar

verbs = typer.Typer()


@verbs.command()
def obligations(
    region: RegionCode,
    year: Annotated[int | None, typer.Option(help="Год; нынешний, если не указан")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Последней строкой — список в JSON")
    ] = False,
) -> None:
    """Показать обязанности года: норму, кто обязан, период, срок и как она исполнена."""
    rows = asyncio.run(_listed(read_settings(), region, year))
    for one in rows:
        period = one.row.period or "один раз"
        block = f", блок {one.row.block}" if one.row.block else ""
        typer.echo(
            f"{one.row.due:%d.%m.%Y}  {one.row.name} ({period}{block}): {one.owner} — "
            f"{one.state.label} [{one.row.clause}]"
        )
    if as_json:
        typer.echo(json.dumps([_data(one) for one in rows], ensure_ascii=False))


def _data(one: Listed) -> dict[str, str | None]:
    return {
        "clause": one.row.clause,
        "kind": one.row.key,
        "owner": one.row.owner,
        "period": one.row.period,
        "due": one.row.due.isoformat(),
        "state": one.state.value,
        "block": one.row.block or None,
    }


async def _listed(settings: Settings, code: str, year: int | None) -> list[Listed]:
    async with ready(settings, code) as region, region.reading(system()) as work:
        return await calendar(work, work.today.year if year is None else year)

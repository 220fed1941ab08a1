"""`tsur verify journal`: whether the sealed journal stands as it was sealed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import asdict

import orjson
import typer

from core.commands.regions import ready
from core.kernel.access import system
from core.kernel.settings import Settings
from core.region.sealing.proof import Findings
from core.region.sealing.verify import verify_all
from core.shapes.figures.proof import hold_still


def verify_journals(settings: Settings, codes: Iterable[str], *, as_json: bool) -> bool:
    """Verify the journals of these regions and say what was found; whether nothing was wrong."""
    found = {code: asyncio.run(_verify(settings, code)) for code in codes}
    if as_json:
        told = {code: asdict(one) for code, one in found.items()}
        typer.echo(orjson.dumps(told).decode())
    else:
        for code, one in found.items():
            _say(code, one)
    return not any(one.faults for one in found.values())


async def _verify(settings: Settings, code: str) -> Findings:
    async with ready(settings, code) as region, region.reading(system()) as work:
        await hold_still(work)
        return await verify_all(work)


def _say(code: str, found: Findings) -> None:
    for fault in found.faults:
        typer.echo(f"{code}: {fault.where}: {fault.what}", err=True)
    state = "журнал верен" if not found.faults else "журнал изменён"
    more = "".join(
        f", {words} {number}"
        for words, number in (
            ("ждут запечатывания", found.waiting),
            ("записаны до начала запечатывания", found.before),
            ("значения уничтожены по актам", found.erased),
        )
        if number
    )
    if found.acts:
        more += f" (акты № {', '.join(map(str, found.acts))})"
    typer.echo(
        f"{code}: {state}: строк {found.rows}, листьев {found.size}, подписей {found.heads}{more}",
        err=bool(found.faults),
    )

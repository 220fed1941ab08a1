"""The job that has copies of pictures made: apart, within limits, and kept sealed as all files."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import orjson
from sqlalchemy import select

from core.attachments.incoming import Arrived, Incoming
from core.attachments.kinds import CopyState, FileKind, Form
from core.attachments.model import Attachment
from core.attachments.pictures.limits import MOST_OUTPUT, SECONDS
from core.attachments.sealing import BrokenFile, unsealed
from core.attachments.store import forms_of, put_form
from core.kernel.access import system
from core.kernel.acts.federal import PRACTICE
from core.kernel.extensions import Units
from core.kernel.serves import serves

PROGRAM = ("-m", "core.attachments.pictures")
TIMEOUT_SECONDS = 3.0 * SECONDS
"""By the clock; the process itself ends sooner when it computes all the while."""

MOST, LONGEST_SECONDS = 100, 120.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of a picture: both copies, and where it was taken."""

    kind: FileKind
    copy: bytes
    preview: bytes
    place: tuple[float, float] | None


@serves(PRACTICE.cite("attachments"))
async def run_draw(units: Units, _payload: Mapping[str, object]) -> None:
    """The job: pictures that wait for their copies, for two minutes at most."""
    until = asyncio.get_running_loop().time() + LONGEST_SECONDS
    for _ in range(MOST):
        async with units.reading(system()) as work:
            waiting = select(Attachment.id).where(Attachment.copy_state == CopyState.WAITING)
            number = await work.session.scalar(waiting.order_by(Attachment.id).limit(1))
        if number is None or asyncio.get_running_loop().time() > until:
            return
        await _copy(units, number)


async def _copy(units: Units, number: int) -> None:
    async with units.reading(system()) as work:
        form = (await forms_of(work, number)).get(Form.ORIGINAL)
        key = b"" if form is None else work.keys.unseal_bytes(form.sealed)
    drawn = None
    if form is not None:
        with suppress(FileNotFoundError, BrokenFile):
            drawn = await draw(unsealed(units.files.read(form.file), key), FileKind(form.kind))
    kept = [] if drawn is None else await asyncio.to_thread(_keep, units, drawn)
    stays = False
    try:
        stays = await _settle(units, number, drawn, [arrived for _, arrived in kept])
    finally:
        if not stays:
            for incoming, _ in kept:
                await asyncio.to_thread(incoming.drop)


def _keep(units: Units, drawn: Drawn) -> list[tuple[Incoming, Arrived]]:
    kept = []
    for content in (drawn.copy, drawn.preview):
        incoming = Incoming(units.files, f"copy.{drawn.kind.value}", MOST_OUTPUT)
        incoming.add(content)
        kept.append((incoming, incoming.finish()))
    return kept


async def _settle(units: Units, number: int, drawn: Drawn | None, kept: list[Arrived]) -> bool:
    """Write down what there is; whether the files are the attachment's now."""
    async with units.work(system()) as work:
        query = select(Attachment).where(Attachment.id == number).with_for_update()
        row = (await work.session.scalars(query.execution_options(populate_existing=True))).one()
        if row.copy_state != CopyState.WAITING:
            return False
        row.copy_state = CopyState.FAILED if drawn is None else CopyState.MADE
        for form, arrived in zip((Form.COPY, Form.PREVIEW), kept, strict=False):
            put_form(work, row, form, arrived)
        if drawn is not None and drawn.place is not None:
            north, east = drawn.place
            row.sealed_place = work.keys.seal({"latitude": north, "longitude": east})
        return True


async def draw(plain: Iterator[bytes], kind: FileKind) -> Drawn | None:
    """The copies of a picture; None for what cannot be drawn within the limits.

    The process gets neither settings nor secrets. Raises what the pieces raise.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *PROGRAM,
        kind.value,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)) or "."},
    )
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await _feed(process, plain)
            said = await _hear(process)
            return _drawn(said) if await process.wait() == 0 and said is not None else None
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _feed(process: asyncio.subprocess.Process, plain: Iterator[bytes]) -> None:
    """The picture, piece by piece; whoever has died of it hears no more."""
    assert process.stdin is not None
    while (piece := await asyncio.to_thread(next, plain, None)) is not None:
        with suppress(ConnectionError):
            process.stdin.write(piece)
            await process.stdin.drain()
    process.stdin.close()


async def _hear(process: asyncio.subprocess.Process) -> bytes | None:
    """What it says, None where it is too much."""
    assert process.stdout is not None
    said = bytearray()
    while part := await process.stdout.read(1 << 20):
        said += part
        if len(said) > MOST_OUTPUT:
            return None
    return bytes(said)


def _drawn(said: bytes) -> Drawn:
    line, _, content = said.partition(b"\n")
    about = orjson.loads(line)
    end = about["copy"]
    place = None if about["place"] is None else (about["place"][0], about["place"][1])
    return Drawn(FileKind(about["kind"]), content[:end], content[end:], place)

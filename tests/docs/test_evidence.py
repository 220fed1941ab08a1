"""The guide to packages of evidence, each command of it run, and what it prints compared."""

from __future__ import annotations

import asyncio
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from core.appeals.attachments import attach
from core.appeals.model import Appeal
from core.attachments.incoming import Incoming
from core.attachments.kinds import Origin
from core.attachments.store import Limits
from core.commands.cli import app
from core.documents.submission import submit
from core.kernel.access import system
from core.kernel.settings import read_settings
from core.region.opening import open_region
from tests.core.documents.people import BLOCK, Plain, open_people
from tests.core.documents.test_detached import Centre
from tests.docs.guide import DOCS, fits, script, steps

GUIDE, IMPORT = DOCS / "evidence.md", DOCS / "import.md"
NUMBER = "46-2026-000017"


async def _filled() -> str:
    """A document of Kursk, and a file of the first appeal; the number of that appeal."""
    region = open_region("kursk", read_settings())
    try:
        people = await open_people(region)
        number = await people.draft("passport", "block-responsible", block=BLOCK)
        async with region.work(people.actors["block-responsible"]) as work:
            await submit(work, number, 1, Plain())
        incoming = Incoming(region.files, "complaint.pdf", 1_000)
        incoming.add(b"%PDF-1.7")
        async with region.work(system()) as work:
            await attach(work, 1, Origin.APPLICANT, incoming.finish(), Limits(1_000, 1_000, 1))
            return (await work.session.scalars(select(Appeal.number).where(Appeal.id == 1))).one()
    finally:
        await region.database.close()


def _run(runner: CliRunner, command: str) -> str:
    program, *words = shlex.split(command)
    if program == "tsur":
        done = runner.invoke(app, words, catch_exceptions=False)
        assert done.exit_code == 0, (command, done.output)
        return done.stdout
    assert program == "python", command
    alone = [sys.executable, "-I", *words]
    return subprocess.run(alone, capture_output=True, text=True, timeout=60, check=True).stdout


def test_the_guide_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TSUR_REGIONS", "kursk")
    for name in ("TSUR_DATA_DIR", "TSUR_KURSK_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    runner = CliRunner()
    for step in steps(IMPORT):
        if step.name:
            Path(step.name).write_text(step.text, encoding="utf-8")
    runner.invoke(app, ["migrate"], catch_exceptions=False)
    words = ["import", "kursk", "lines.csv", "--mapping", "lines.toml"]
    done = runner.invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    number = asyncio.run(_filled())
    Path("korni-sluzhby.pem").write_text(Centre().roots)
    pieces = script(GUIDE)
    assert [piece.script.split()[1] for piece in pieces] == [
        "evidence", "evidence", "anchors", "verify", "vypusk/verifier.py",
    ]  # fmt: skip
    for piece in pieces:
        printed = _run(runner, piece.script.replace(NUMBER, number))
        assert fits(printed, piece.printed or ""), (piece.script, printed)

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.demo.service import fill
from core.kernel.region import Region
from core.region.tokens import demo_token
from tests.fixtures.serving import served
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "typescript"
SCHEMA = ROOT / "schema" / "sdl" / "schema.graphql"
APPEALS, SECONDS = 60, 300
pytestmark = pytest.mark.skipif(
    shutil.which("npm") is None or not (EXAMPLE / "node_modules").is_dir(),
    reason="нужны Node.js и npm ci в examples/typescript",
)


def run(
    *command: str, settings: Mapping[str, str], folder: Path = EXAMPLE
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TSUR_")}
    return subprocess.run(
        command, cwd=folder, env=kept | dict(settings),
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example in a folder of its own: what it generates disturbs nobody."""
    copy = tmp_path / "example"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("node_modules", "gql", "dist"))
    (copy / "node_modules").symlink_to(EXAMPLE / "node_modules")
    return copy


async def test_it_is_built_and_reads_a_living_server(example: Path, kursk: Region) -> None:
    built = await asyncio.to_thread(
        run, "npm", "run", "build", settings={"TSUR_SCHEMA": str(SCHEMA)}, folder=example
    )
    assert built.returncode == 0, built.stdout + built.stderr
    assert (example / "dist" / "index.html").is_file()
    await fill(kursk, APPEALS, until=kursk.now())
    async with served(kursk) as origin:
        settings = {"VITE_TSUR_ORIGIN": origin, "VITE_TSUR_TOKEN": demo_token(kursk, "curator")}
        tried = await asyncio.to_thread(
            run, "npx", "vitest", "run", settings=settings, folder=example
        )
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert "3 passed" in tried.stdout


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("  dueAt: DateTime\n", "  dueMoment: DateTime\n", 'Cannot query field "dueAt"'),
        ("  version: Int!\n", "  version: Int\n", "error TS"),
    ],
)
def test_a_schema_that_has_changed_is_told(
    example: Path, tmp_path: Path, was: str, becomes: str, told: str
) -> None:
    schema = SCHEMA.read_text(encoding="utf-8")
    start = schema.index("\ntype Appeal ")
    changed = tmp_path / "schema.graphql"
    changed.write_text(schema[:start] + schema[start:].replace(was, becomes, 1), encoding="utf-8")
    done = run("npm", "run", "check", settings={"TSUR_SCHEMA": str(changed)}, folder=example)
    assert done.returncode != 0
    assert told in done.stdout + done.stderr

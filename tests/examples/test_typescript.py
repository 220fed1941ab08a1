from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "typescript"
SCHEMA = ROOT / "schema" / "sdl" / "schema.graphql"
SECONDS = 300
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


@pytest.fixture
def server(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Kursk with a demo, on a port of its own: its address and a curator's token."""
    settings = {
        "PYTHONPATH": str(ROOT),
        "TSUR_REGIONS": "kursk",
        "TSUR_DATA_DIR": str(tmp_path / "state"),
    }
    tsur = (sys.executable, "-m", "core")
    for command in (("migrate",), ("demo",)):
        done = run(*tsur, *command, settings=settings, folder=ROOT)
        assert done.returncode == 0, done.stderr
    token = run(*tsur, "token", "kursk", "--role", "curator", settings=settings, folder=ROOT)
    serving = subprocess.Popen(
        [*tsur, "serve", "--port", "0"],
        cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert serving.stdout is not None
    origin = serving.stdout.readline().split()[2]
    yield {"VITE_TSUR_ORIGIN": origin, "VITE_TSUR_TOKEN": token.stdout.split()[-1]}
    serving.send_signal(signal.SIGTERM)
    serving.communicate(timeout=60)


def test_it_is_built_and_reads_a_living_server(example: Path, server: dict[str, str]) -> None:
    built = run("npm", "run", "build", settings={"TSUR_SCHEMA": str(SCHEMA)}, folder=example)
    assert built.returncode == 0, built.stdout + built.stderr
    assert (example / "dist" / "index.html").is_file()
    tried = run("npx", "vitest", "run", settings=server, folder=example)
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

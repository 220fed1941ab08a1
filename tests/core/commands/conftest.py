"""The `tsur` command run in the process of the test, on the testing ground."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from core.commands.cli import main
from core.kernel.settings import Settings
from tests.fixtures.processes import tsur as process
from tests.places import ROOT

Run = Callable[..., tuple[int, str, str]]
Begin = Callable[[str, Callable[[], object]], None]
GROUND = "tests.grounds.polygon"


@pytest.fixture
def tsur(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs the command on the testing ground; gives exit code, stdout and stderr."""
    monkeypatch.setenv("TSUR_DATA_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("TSUR_REGIONS", GROUND)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tsur", *words])
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code or 0
        out, err = capsys.readouterr()
        assert isinstance(code, int)
        return code, out, err

    return run


@pytest.fixture
def start(tsur: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Starts the service with these variables; gives what `tsur` gives."""

    def begin(given: Mapping[str, str]) -> tuple[int, str, str]:
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return tsur("serve", "--port", "0")

    return begin


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state of an installation on the testing ground as `tsur migrate` leaves it."""
    folder = tmp_path_factory.mktemp("migrated")
    around = {name: said for name, said in os.environ.items() if not name.startswith("TSUR_")}
    env = {**around, "TSUR_DATA_DIR": str(folder / "state"), "TSUR_REGIONS": GROUND}
    done = process("migrate", env=env, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr
    return folder / "state"


@pytest.fixture
def settled(tsur: Run, migrated: Path, tmp_path: Path) -> Run:
    """The command where `tsur migrate` has been."""
    shutil.copytree(migrated, tmp_path / "state")
    return tsur


@pytest.fixture
def begin(tsur: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Begin:
    """Makes the installation that tests begin with once by a name; the others have its copy."""
    installations = tmp_path_factory.getbasetemp() / "installations"

    def begun(name: str, make: Callable[[], object]) -> None:
        kept, state = installations / name, tmp_path / "state"
        if kept.exists():
            shutil.copytree(kept, state)
        else:
            make()
            shutil.copytree(state, kept)

    return begun

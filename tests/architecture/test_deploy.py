"""What stands in `deploy/`, and what `docs/` says of it, names what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from core.commands.cli import TOPICS
from core.kernel.environment import FILE, PREFIX, known_names
from core.kernel.settings import RegionSettings, Settings
from tests.places import ROOT

PACKAGES = ("core", "plugins", "municipal", "schema", "migrations")
DEPLOY = ROOT / "deploy"
GUIDE = ROOT / "docs" / "deployment.md"
FILES = [GUIDE, *sorted(path for path in DEPLOY.rglob("*") if path.is_file())]
REGION = f"{PREFIX}KURSK_"
KNOWN = known_names(Settings, PREFIX, Settings.secrets) | known_names(
    RegionSettings, REGION, RegionSettings.secrets
)
VERBS = {
    "Containerfile": r'^CMD \["(\w+)"',
    "compose.yaml": r"^    command: \[(\w+)[,\]]",
    "tsur-serve.service": r"^ExecStart=/opt/tsur/bin/tsur (\w+)$",
    "tsur-worker.service": r"^ExecStart=/opt/tsur/bin/tsur (\w+)$",
}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_is_known(path: Path) -> None:
    assert set(re.findall(r"TSUR_[A-Z0-9_]*[A-Z0-9]", text(path))) - KNOWN == set()


def test_what_systemd_hands_over_is_a_secret() -> None:
    secrets = {REGION + name.upper() for name in RegionSettings.secrets}
    for unit in DEPLOY.glob("*.service"):
        handed = re.findall(r"^LoadCredential=(\w+):", text(unit), re.MULTILINE)
        assert handed, unit.name
        assert set(handed) <= secrets


def test_secrets_stand_in_no_variable() -> None:
    named = re.findall(r"^    (TSUR_\w+):", text(DEPLOY / "compose.yaml"), re.MULTILINE)
    secrets = {REGION + name.upper() for name in RegionSettings.secrets}
    assert secrets & set(named) == set()
    assert {name for name in named if name.endswith(FILE)} == {
        f"{REGION}DATABASE_URL{FILE}",
        f"{REGION}DATA_KEY{FILE}",
    }


def test_every_verb_of_the_guide_is_one_of_ours() -> None:
    verbs = set(re.findall(r"^    tsur ([a-z]+)", text(GUIDE), re.MULTILINE))
    assert len(verbs) >= 6
    assert verbs <= set(TOPICS)


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_one_of_ours(name: str) -> None:
    verbs = re.findall(VERBS[name], text(DEPLOY / name), re.MULTILINE)
    assert verbs
    assert set(verbs) <= set(TOPICS)


def test_the_image_is_made_of_what_there_is() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text(DEPLOY / "Containerfile"), re.MULTILINE)
    for name in " ".join(copied).split():
        assert (ROOT / name).exists(), name


def test_an_installed_program_has_every_file() -> None:
    """By the patterns of `pyproject.toml`: what none of them takes stays behind."""
    packed = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["setuptools"]["package-data"]["*"]
    left = {
        path.suffix
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.is_file()
        and path.suffix not in (".py", ".pyc")
        and not any(fnmatch(path.name, one) for one in packed)
    }
    assert left == {".jsx"}  # of which graphiql.js is built


def test_what_is_not_copied_is_not_sent_to_who_builds_the_image() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text(DEPLOY / "Containerfile"), re.MULTILINE)
    sent = re.findall(r"^!(\S+)$", text(ROOT / ".dockerignore"), re.MULTILINE)
    assert sorted(sent) == sorted(" ".join(copied).split())
    assert "\n*\n" in text(ROOT / ".dockerignore")


def test_the_image_serves_the_documentation_that_it_built() -> None:
    """By the commands of `make docs`: what is built in the first stage lies where it is read."""
    said = text(DEPLOY / "Containerfile")
    built = re.search(r"^RUN .*?zensical build --strict$", said, re.MULTILINE | re.DOTALL)
    assert built is not None
    assert "docs/requirements.lock" in built[0]
    (place,) = re.findall(r"^COPY --from=built /src/site (\S+)$", said, re.MULTILINE)
    assert re.findall(r"TSUR_DOCS_DIR=(\S+)", said) == [place]


@pytest.mark.parametrize("unit", ["tsur-serve.service", "tsur-worker.service"])
def test_systemd_understands_the_unit(unit: str, tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze не установлен")
    (tmp_path / unit).write_text(text(DEPLOY / unit).replace("/opt/tsur/bin/tsur", "/bin/true"))
    done = subprocess.run(
        [verify, "verify", "--man=no", str(tmp_path / unit)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert unit not in done.stderr

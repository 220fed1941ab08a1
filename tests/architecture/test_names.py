"""No region's name or code outside plugins/, and no names that mean nothing."""

from __future__ import annotations

import re
from pathlib import Path

from core.kernel.settings import DEMO_REGIONS
from tests.architecture.sources import CODE, FOLDERS, files
from tests.places import ROOT

RUSSIAN = ("мурманск", "курск", "марий", "челябинск")
VAGUE = {"utils", "helpers", "manager", "base", "common", "misc", "util", "helper"}


def test_no_region_is_named_outside_its_plugin() -> None:
    codes = (form for code in DEMO_REGIONS for form in (code, code.replace("_", "-")))
    named = re.compile(rf"(?<![а-яё])({'|'.join((*codes, *RUSSIAN))})", re.IGNORECASE)
    outside = [folder for folder in FOLDERS if folder != "plugins"]
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files(*outside, suffixes=CODE)
        if not path.is_relative_to(ROOT / "schema" / "sdl")
        for match in named.finditer(path.read_text(encoding="utf-8"))
    ]
    assert len(DEMO_REGIONS) == len(RUSSIAN)
    assert found == []


def test_no_file_has_a_name_that_means_nothing() -> None:
    vague = [str(path) for path in files(*FOLDERS, "tests") if path.stem in VAGUE]
    assert vague == []


def test_no_file_names_a_place_on_somebody_s_machine() -> None:
    here = re.compile(r"(/home/|/root/|/Users/|/tmp/|/work/|C:\\\\)")
    text = frozenset({".py", ".toml", ".md", ".sql", ".html", ".graphql", ".txt", ".cfg", ".lock"})
    found = [
        str(path.relative_to(ROOT))
        for path in files(*FOLDERS, suffixes=text)
        if here.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert Path(ROOT / "core").is_dir()

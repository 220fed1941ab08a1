"""Every region, opened once; and a workshop that builds a region out of one folder."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

import plugins
from core.kernel.region import Region
from core.kernel.settings import DEMO_REGIONS, Settings
from core.region.opening import open_region

FIFTH = "fifth"
ACT = """
id = "fifth.1"
title = "О центре управления пятого региона"
short = "Постановление № 1"
adopted = "для проверки"
number = "1"
date = 2024-01-01
editions = []
registered = false

[[clause]]
id = "1"
number = "п. 1"
quote = "Создать центр."
says = "The centre is created."
area = "structure"
software = "data"

[[clause]]
id = "2"
number = "п. 2"
quote = "Отвечать."
says = "The term."
area = "sla"
software = "rule"
"""
CARD = '''
"""The card of an invented region."""

from pathlib import Path

from core.api import Act, Passport, hookimpl

ACT = Act.load(Path(__file__).with_name("act.toml"))


@hookimpl
def acts():
    return (ACT,)


@hookimpl
def rules():
    return (
        Passport(
            "region", name="Пятый регион", centre="Центр", centre_short="Ц", subject="99",
            timezone="Asia/Omsk", number_prefix="ПР", clause=ACT.cite("1"),
        ),
    )
'''

KNOWN = f"""
from core.api import *
from plugins.{FIFTH}.card import ACT
"""

BuildRegion = Callable[..., str]


@pytest.fixture(scope="session", params=DEMO_REGIONS)
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Region:
    """Each of the regions in turn."""
    code: str = request.param
    return open_region(code, Settings(data_dir=tmp_path_factory.mktemp(code)))


@pytest.fixture
def build_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BuildRegion]:
    """Writes `plugins/fifth` out of its chapters' texts and gives its code; gone after the test."""

    def build(*chapters: str) -> str:
        folder = tmp_path / "plugins" / FIFTH
        folder.mkdir(parents=True)
        (folder / "act.toml").write_text(ACT, encoding="utf-8")
        (folder / "card.py").write_text(CARD, encoding="utf-8")
        names = [f"chapter_{number}" for number, _ in enumerate(chapters)]
        for name, text in zip(names, chapters, strict=True):
            (folder / f"{name}.py").write_text(KNOWN + dedent(text), encoding="utf-8")
        listed = ", ".join(["card", *names])
        text = f"from plugins.{FIFTH} import {listed}\n\nCHAPTERS = ({listed},)\n"
        (folder / "__init__.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(plugins, "__path__", [*plugins.__path__, str(folder.parent)])
        importlib.invalidate_caches()
        return FIFTH

    yield build
    for name in [name for name in sys.modules if name.startswith(f"plugins.{FIFTH}")]:
        del sys.modules[name]
    vars(plugins).pop(FIFTH, None)

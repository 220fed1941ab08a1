"""Every region, opened once; and a workshop that builds a region out of one folder."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent
from types import MappingProxyType

import pytest

import plugins
from core.kernel.region import Region
from core.kernel.settings import DEMO_REGIONS, Settings
from core.region.opening import open_region

TODAY = date(2026, 3, 2)
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

from core.api import hookimpl
from core.kernel.rules import Passport
from core.law.act import Act

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
from core.appeals.rules import *
from core.directory.rules import *
from core.kernel.rules import *
from core.structure.rules import *
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
    """Writes a region's package out of its chapters' texts, gives its code; gone after the test.

    `act` is added to the act's file; `modules` are texts of modules that are no chapters, by
    their names.
    """
    built: set[str] = set()

    def build(
        *chapters: str,
        code: str = FIFTH,
        act: str = "",
        modules: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        folder = tmp_path / "plugins" / code
        folder.mkdir(parents=True)
        _write(folder, code, chapters, modules)
        (folder / "act.toml").write_text((ACT + act).replace(FIFTH, code), encoding="utf-8")
        if not built:
            monkeypatch.setattr(plugins, "__path__", [*plugins.__path__, str(folder.parent)])
        built.add(code)
        importlib.invalidate_caches()
        return code

    yield build
    for code in built:
        for name in [name for name in sys.modules if name.startswith(f"plugins.{code}")]:
            del sys.modules[name]
        vars(plugins).pop(code, None)


def _write(folder: Path, code: str, chapters: tuple[str, ...], modules: Mapping[str, str]) -> None:
    names = [f"chapter_{number}" for number, _ in enumerate(chapters)]
    known = KNOWN.replace(FIFTH, code)
    texts = {
        "card": CARD,
        **{name: known + dedent(text) for name, text in zip(names, chapters, strict=True)},
        **{name: dedent(text) for name, text in modules.items()},
    }
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    listed = ", ".join(["card", *names])
    text = f"from plugins.{code} import {listed}\n\nCHAPTERS = ({listed},)\n"
    (folder / "__init__.py").write_text(text, encoding="utf-8")

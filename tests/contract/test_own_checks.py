"""What `tsur check` finds of a region's author's own files beside its rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.kernel.settings import Settings
from core.region.opening import open_region
from core.reports.checks import CHECKS
from tests.contract.broken import FIRST, LAW
from tests.contract.conftest import TODAY, BuildRegion

CLAUSE = """[[clause]]
id = "3"
number = "п. 3"
quote = "Отвечать."
says = "The term."
area = "sla"
software = "none"
"""
FAR = "слою права недоступен: только core.api и правила"


@pytest.mark.parametrize(
    ("words", "chapter", "act", "fault"),
    [
        (
            "ссылки норм", "", CLAUSE + 'related = ["ru.1844/8.a", "mari-el.335/x"]\n',
            "fifth.1/3 ссылается на «ru.1844/8.a», такой нормы нет; похожая: «8.а»",
        ),
        (
            "ссылки норм", "", CLAUSE + 'supersedes = ["fifth.1/щ"]\n',
            "fifth.1/3 ссылается на «fifth.1/щ», такой нормы нет",
        ),
        (
            "чужие модули", "import plugins.kursk.owners\n", "",
            f"{LAW}:{FIRST}: «plugins.kursk.owners» {FAR}",
        ),
        (
            "чужие модули", "from core.kernel import work\n", "",
            f"{LAW}:{FIRST}: «core.kernel.work» {FAR}",
        ),
        (
            "чужие модули", "from omsk.law import RULES\n", "",
            f"{LAW}:{FIRST}: «omsk.law.RULES» {FAR}",
        ),
        (
            "чужие модули", "import json\nfrom core.law import rule, act\nfrom . import card\n",
            "", None,
        ),
    ],
)  # fmt: skip
def test_one_line_says_it(
    build_region: BuildRegion,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    chapter: str,
    act: str,
    fault: str | None,
) -> None:
    """The region stands: it is the author's check that finds it."""
    (tmp_path / "omsk").mkdir()
    (tmp_path / "omsk" / "law.py").write_text("RULES = ()\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    said = "\n@hookimpl\ndef rules():\n    return ()\n"
    code = build_region(chapter + said, act=act)
    region = open_region(code, Settings(regions=(code, "omsk"), data_dir=tmp_path))
    (check,) = [one for one in CHECKS if one.words == words]
    assert [*check.faults(region, TODAY)] == ([fault] if fault else [])

"""Whatever is wrong with a layer of law stops the start with one Russian line, and no traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.commands.cli import main
from core.kernel.settings import Settings
from core.law.fault import LawError
from core.region.opening import open_region
from tests.contract.broken import BROKEN
from tests.contract.broken_acts import BROKEN_ACTS
from tests.contract.conftest import BuildRegion

Said = Callable[..., tuple[object, str, str]]


@pytest.fixture
def said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Said:
    """What the command says of the region of one folder: exit code, stdout, stderr."""

    def run(*words: str) -> tuple[object, str, str]:
        monkeypatch.setenv("TSUR_REGIONS", "fifth")
        monkeypatch.setenv("TSUR_DATA_DIR", str(tmp_path / "state"))
        monkeypatch.setattr(sys, "argv", ["tsur", *words])
        with pytest.raises(SystemExit) as end:
            main()
        return (end.value.code, *capsys.readouterr())

    return run


@pytest.mark.parametrize("name", [*BROKEN, *BROKEN_ACTS])
def test_it_stops_the_start_with_one_line(
    build_region: BuildRegion, tmp_path: Path, said: Said, name: str
) -> None:
    broken = {**BROKEN, **BROKEN_ACTS}[name]
    code = build_region(*filter(None, [broken.says]), act=broken.act)
    with pytest.raises(LawError) as caught:
        open_region(code, Settings(regions=(code,), data_dir=tmp_path))
    assert str(caught.value).startswith(broken.line)
    assert "\n" not in str(caught.value)
    line = f"Свод правил не составляется: {caught.value}\n"
    assert said("migrate", code) == (1, "", line)
    assert said("check", code) == (1, "", line)
    assert not (tmp_path / "state").exists()


def test_several_loose_ends_are_a_line_each(build_region: BuildRegion, tmp_path: Path) -> None:
    code = build_region(BROKEN["unknown theme"].says, BROKEN["unknown body"].says)
    with pytest.raises(LawError) as caught:
        open_region(code, Settings(regions=(code,), data_dir=tmp_path))
    lines = str(caught.value).splitlines()
    assert [line.rpartition(" не ")[0][-7:] for line in lines] == ["«roadz»", "fficee»"]


def test_a_layer_without_chapters_or_with_a_silent_one(
    build_region: BuildRegion, tmp_path: Path
) -> None:
    code = build_region()
    folder = tmp_path / "plugins" / code
    for text, line in (
        ("", "plugins/fifth/__init__.py: нет кортежа CHAPTERS"),
        ("CHAPTERS = (1,)\n", "plugins/fifth: в CHAPTERS стоит не глава: 1"),
        (
            "from plugins.fifth import mute\nCHAPTERS = (mute,)\n",
            "plugins/fifth/mute.py: глава ни на что не отвечает",
        ),
    ):
        (folder / "mute.py").write_text("X = 1\n", "utf-8")
        (folder / "__init__.py").write_text(text, "utf-8")
        for name in [name for name in sys.modules if name.startswith("plugins.fifth")]:
            del sys.modules[name]
        with pytest.raises(LawError) as caught:
            open_region(code, Settings(regions=(code,), data_dir=tmp_path))
        assert str(caught.value) == line

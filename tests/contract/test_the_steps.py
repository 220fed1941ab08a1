"""README's five steps, taken in a folder of their own: `tsur check` as a process finds nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.contract.conftest import ACT
from tests.fixtures.processes import tsur

INIT = '''"""Пятый регион: его акт лишь называет центр, остальное — федеральное право."""

from {package} import law

CHAPTERS = (law,)
'''
CARD = """
[region]
name = "Пятый регион"
centre = "Центр"
centre_short = "Ц"
subject = "99"
timezone = "Asia/Omsk"
number_prefix = "ПР"
clause = "1"

[municipalities]
file = "municipalities.csv"
clause = "1"

[directory]
file = "directory.csv"
"""
PLACES = "key,name,kind,codes,seat,latitude,longitude,population\n"
LAW = """
from core.api import hookimpl
from core.directory.rules import Theme
from core.law.act import act_beside

ACT = act_beside(__file__)


@hookimpl
def rules():
    return (Theme("parks", "Парки", clause=ACT.cite("2")),)
"""
DIRECTORY = "key,name,kind,parent,municipality,themes,default\noffice,Служба,executive,,,{theme},\n"
SAID = """правила, типы и ссылки … верно
описание региона … верно
карточка и календарь … верно
акт региона … верно
нормы … верно
ссылки норм … верно
порядок глав … верно
тематики и блоки … верно
маршруты … верно
шаги обращения … верно
представления … верно
ступени предупреждений … верно
предварительная проверка … верно
действия, названные в акте … верно
части API … верно
доска … верно
чужие модули … верно
база и справочник … верно
"""


def take_the_steps(root: Path, package: str) -> Path:
    """The folder of a region, as README says it is made."""
    folder = root.joinpath(*package.split("."))
    folder.mkdir(parents=True)
    (folder / "act.toml").write_text(
        ACT.replace("registered = false", "registered = true"), "utf-8"
    )
    (folder / "passport.toml").write_text(CARD, "utf-8")
    (folder / "municipalities.csv").write_text(PLACES, "utf-8")
    (folder / "law.py").write_text(LAW, "utf-8")
    (folder / "directory.csv").write_text(DIRECTORY.format(theme="roads"), "utf-8")
    (folder / "__init__.py").write_text(INIT.format(package=package), "utf-8")
    return folder


def install(root: Path, package: str, code: str) -> None:
    """What a distribution leaves beside its package."""
    info = root / f"{code}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {code}\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[tsur.regions]\n{code} = {package}\n", "utf-8")


def check(root: Path, *words: str) -> tuple[int, str, str]:
    """`tsur check` run as a process in the folder: code, stdout, stderr."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TSUR_")}
    done = tsur("check", *words, env=own, cwd=root, timeout=120, path=[root])
    return done.returncode, done.stdout, done.stderr


def pages(what: str) -> str:
    return "".join(
        f"страница {name} … {what}\n" for name in ("RULES.md", "ACT.md", "CONFORMANCE.md")
    )


@pytest.mark.parametrize("installed", [False, True])
def test_the_steps_leave_nothing_red(tmp_path: Path, installed: bool) -> None:
    package = "fifth_region" if installed else "regions.fifth"
    folder = take_the_steps(tmp_path, package)
    if installed:
        install(tmp_path, package, "fifth")
    code = "fifth" if installed else package
    assert check(tmp_path, code) == (0, SAID + pages("записана"), "")
    text = (folder / "RULES.md").read_text("utf-8")
    assert text.startswith("# Свод правил: Пятый регион\n")
    assert check(tmp_path, code, "--dry") == (0, SAID + pages("верно"), "")
    assert (folder / "RULES.md").read_text("utf-8") == text


def test_what_is_wrong_is_said_and_what_is_stale_is_written_anew(tmp_path: Path) -> None:
    folder = take_the_steps(tmp_path, "regions.fifth")
    (folder / "act.toml").write_text(ACT, "utf-8")
    (folder / "directory.csv").write_text(DIRECTORY.format(theme="roadz"), "utf-8")
    (folder / "RULES.md").write_text("# Старое\n", "utf-8")
    faults = (
        "  акт fifth.1 не сверен с официальным текстом (registered = false)\n"
        "  Строка 2: тематики «roadz» нет; похоже на «roads»\n"
    )
    code, out, err = check(tmp_path, "regions.fifth", "--dry")
    assert (code, err) == (1, faults)
    assert out.endswith(pages("устарела"))
    assert "акт региона … неверно\n" in out
    assert (folder / "RULES.md").read_text("utf-8") == "# Старое\n"
    code, out, err = check(tmp_path, "regions.fifth")
    assert (code, err) == (1, faults)
    assert "страница RULES.md … записана заново\n" in out


@pytest.mark.parametrize(
    ("added", "line"),
    [
        ("raise RuntimeError('как попало')\n", "regions/fifth/law.py:LAST: не выполняется: "),
        (
            "\nclass Odd(Theme):\n    code, heading = 'odd', 'Иное'\n\n"
            "    def sentence(self):\n        1 / 0\n"
            "\n@hookimpl\ndef rules():\n    return (Odd('x', 'Х', clause=ACT.cite('1')),)\n",
            "regions/fifth/law.py:",
        ),
    ],
    ids=["a chapter", "a kind of its own"],
)
def test_an_exception_of_a_chapter_is_one_line(tmp_path: Path, added: str, line: str) -> None:
    folder = take_the_steps(tmp_path, "regions.fifth")
    text = (folder / "law.py").read_text("utf-8") + added
    (folder / "law.py").write_text(text, "utf-8")
    code, _, err = check(tmp_path, "regions.fifth")
    assert code == 1
    last = str(len(text.splitlines()))
    assert err.startswith("Свод правил не составляется: " + line.replace("LAST", last))
    assert err.count("\n") == 1
    assert not (folder / "RULES.md").exists()

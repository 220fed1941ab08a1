"""What a region adds to the board: Kursk's Situation Centre; what is said of a faulty folder."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from core.kernel.access import system
from core.kernel.region import Region
from core.law.fault import LawError
from core.partners.model import Direction
from core.partners.rules import DealingForm
from core.partners.service import NewDealing, record_dealing
from schema.board.added import added, told
from schema.board.checks import faults
from tests.conftest import OpenRegion
from tests.fixtures.actors import appoint
from tests.schema.board.conftest import Visitor, heading, visiting

PARTNER, PAGE = "situation-centre", "situation-centre"
GOOD = {
    "board.toml": """[[pages]]
path = "parks"
title = "Парки"
template = "parks.html"
operations = ["Parks"]
role = "curator"
needs = "READ_DIRECTORY"
""",
    "Parks.graphql": "# Парки\nquery Parks($after: String) {bodies(after: $after) {totalCount}}\n",
    "parks.html": "{{ found.Parks.bodies.totalCount }}",
}
CARD = """[[cards]]
page = "/"
template = "parks.html"
operations = ["Parks"]
needs = "READ_DIRECTORY"
"""


@pytest.fixture
async def kursk_board(kursk: Region) -> AsyncIterator[Visitor]:
    """Twelve exchanges, a meeting and no group; the administrator reads no documents."""
    async with kursk.work(system()) as work:
        for role in ("curator", "administrator"):
            await appoint(work, role, subject=f"demo-{role}")
        for number in range(12):
            on = date(2026, 2, 1) + timedelta(days=number)
            new = NewDealing(
                PARTNER,
                DealingForm.EXCHANGE,
                f"Сводка <{number}>",
                "О паводке",
                on,
                Direction.GIVEN,
            )
            await record_dealing(work, new)
        met = NewDealing(
            PARTNER,
            DealingForm.MEETING,
            "О паводке",
            "Решили ждать",
            on,
            participants=("А. Пробный",),
        )
        await record_dealing(work, met)
    async with visiting(kursk) as shown:
        yield shown


def section(page: str, key: str) -> str:
    """The block of a page by its id, without its marks."""
    (found,) = re.findall(rf'id="{key}">(.*?)</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(found)).split())


async def test_the_page_of_the_situation_centre(kursk_board: Visitor) -> None:
    await kursk_board.enter("curator")
    page = await kursk_board.get(PAGE)
    assert (page.status_code, heading(page)) == (200, "Ситуационный центр")
    assert (
        '<a href="/kursk/situation-centre" aria-current="page">Ситуационный центр</a>' in page.text
    )
    assert 'Обмен информацией: <span class="number">12</span>' in page.text
    assert "Сводка &lt;11&gt;" in page.text
    assert "Сводка &lt;1&gt;" not in page.text
    assert "01.02.2026" not in page.text
    assert section(page.text, "meeting").endswith("А. Пробный нет")
    assert "абз. 3 п. 4.9" in section(page.text, "meeting")
    assert section(page.text, "group").endswith("Групп ещё нет.")
    (further,) = re.findall(r'href="(\?exchange=[^"]+)#exchange"', page.text)
    rest = await kursk_board.http.get(f"/kursk/{PAGE}{unescape(further)}")
    assert "Сводка &lt;1&gt;" in rest.text
    assert "Сводка &lt;2&gt;" not in rest.text
    strange = await kursk_board.get(PAGE, form="GROUP")
    assert strange.status_code == 400


async def test_its_queries_are_shown_and_open_in_the_explorer(kursk_board: Visitor) -> None:
    await kursk_board.enter("curator")
    page = await kursk_board.get(PAGE, show="queries")
    assert "Взаимодействие с Ситуационным центром: обмен, встречи" in page.text
    explorer = await kursk_board.http.get(
        "/kursk/graphql", params={"board": "SituationCentre"}, headers={"Accept": "text/html"}
    )
    assert "query SituationCentre(" in explorer.text


async def test_a_card_stands_in_the_morning_and_a_word_everywhere(kursk_board: Visitor) -> None:
    await kursk_board.enter("curator")
    morning = (await kursk_board.get()).text
    (card,) = re.findall(
        r'data-operation="board/SituationLately">(.*?)</section>', morning, re.DOTALL
    )
    assert re.findall(r"<li>.*?</span> (.*?)[ <\n]", card) == ["О", "Сводка", "Сводка"]
    assert "Всё взаимодействие: 13" in card
    problems = await kursk_board.get("problems")
    assert heading(problems) == "Региональные проблемы"
    assert 'aria-current="page">Региональные проблемы</a>' in problems.text
    assert ">Проблемы<" not in problems.text


async def test_who_reads_no_documents_is_not_led_there(kursk_board: Visitor) -> None:
    await kursk_board.enter("administrator")
    own = await kursk_board.get("structure")
    assert (own.status_code, PAGE in own.text) == (200, False)
    assert (await kursk_board.get(PAGE)).status_code == 403


async def test_who_reads_no_documents_has_a_morning_without_the_card(kursk_board: Visitor) -> None:
    async with kursk_board.region.work(system()) as work:
        await appoint(work, "media-responsible", subject="demo-media-responsible")
    await kursk_board.enter("media-responsible")
    morning = await kursk_board.get()
    assert (morning.status_code, "SituationLately" in morning.text) == (200, False)


async def test_other_regions_have_neither_page_nor_word(open_test_region: OpenRegion) -> None:
    region = await open_test_region("murmansk")
    async with region.work(system()) as work:
        await appoint(work, "curator", subject="demo-curator")
    async with visiting(region) as visitor:
        await visitor.enter("curator")
        assert (await visitor.get(PAGE)).status_code == 404
        assert heading(await visitor.get("problems")) == "Проблемы"
        assert "SituationLately" not in (await visitor.get()).text


async def test_a_colour_of_its_own(kursk_board: Visitor, tmp_path: Path) -> None:
    """A sheet beside the board's, for the screen alone; without one there is none."""
    toml = '[accent]\nlight = "#7a1f2b"\ndark = "#ffa3ad"\n'
    assert "accent.css" not in (await kursk_board.get("login/demo/curator")).text
    await kursk_board.enter("curator")
    assert 'href="/kursk/accent.css"' not in (await kursk_board.get("law")).text
    assert (await kursk_board.get("accent.css")).status_code == 404
    own = replace(kursk_board.region, boards=(written(tmp_path, {"board.toml": toml}),))
    async with visiting(own) as visitor:
        await visitor.enter("curator")
        assert 'href="/kursk/accent.css"' in (await visitor.get("law")).text
        sheet = await visitor.get("accent.css")
    assert sheet.headers["content-type"].startswith("text/css")
    assert sheet.text.splitlines() == [
        "@media screen { :root { --accent: #7a1f2b; } }",
        "@media screen and (prefers-color-scheme: dark) { :root { --accent: #ffa3ad; } }",
    ]


def test_its_page_is_listed_by_its_own_address(kursk: Region) -> None:
    assert told({"kursk": kursk.boards, "murmansk": ()})[-1] == {
        "path": "/kursk/situation-centre", "title": "Ситуационный центр", "role": "curator",
    }  # fmt: skip


def written(folder: Path, changes: Mapping[str, str | None]) -> Path:
    """A good folder of a region with these files changed, or gone."""
    for name, text in {**GOOD, **changes}.items():
        if text is not None:
            (folder / name).write_text(text, "utf-8")
    return folder


TOML = GOOD["board.toml"]
FAULTS: Mapping[str, tuple[Mapping[str, str | None], str]] = {
    "no file": ({"board.toml": None}, "не читается: [Errno 2]"),
    "no toml": ({"board.toml": "[pages"}, "не читается: "),
    "a table": ({"board.toml": "[page]\n"}, "такой таблицы нет: page; похожее: «pages»"),
    "no list": ({"board.toml": "[pages]\n"}, "pages: нужно list[dict], дано {} (dict)"),
    "no table": ({"board.toml": 'words = "Парки"\n'}, "words: нужно dict, дано 'Парки' (str)"),
    "a key": ({"board.toml": TOML + 'room = "a"\n'}, "pages: ключа «room» нет"),
    "no key": ({"board.toml": TOML.replace('role = "curator"\n', "")}, "pages: нет ключа «role»"),
    "a type": (
        {"board.toml": TOML.replace('["Parks"]', '"Parks"')},
        "pages: поле operations: нужно tuple[str, ...], дано 'Parks' (str)",
    ),
    "taken": (
        {"board.toml": TOML.replace('"parks"', '"map"', 1)},
        "страница «map»: адрес занят или не одно слово",
    ),
    "a right": (
        {"board.toml": TOML.replace("READ_DIRECTORY", "READ_DIRECTORIES")},
        "parks.html: права READ_DIRECTORIES нет; похожее: «READ_DIRECTORY»",
    ),
    "no template": (
        {"parks.html": None},
        "шаблона parks.html рядом нет, или так назван шаблон доски",
    ),
    "the board's": (
        {"board.toml": TOML.replace("parks.html", "map.html"), "map.html": ""},
        "шаблона map.html рядом нет, или так назван шаблон доски",
    ),
    "no query": ({"Parks.graphql": None}, "parks.html: запроса Parks рядом нет"),
    "its name": (
        {"Heat.graphql": GOOD["Parks.graphql"]},
        "запрос Heat у доски уже есть: назовите свой иначе",
    ),
    "no purpose": (
        {"Parks.graphql": "query Parks { me { id } }"},
        "запрос Parks: первой строкой скажите после «# », для чего он",
    ),
    "no query language": ({"Parks.graphql": "# Парки\nquery {"}, "запрос Parks не читается: "),
    "a number": (
        {"Parks.graphql": "# Парки\nquery Parks($n: Int) { bodies(first: $n) { totalCount } }"},
        "запрос Parks: переменная $n не текст, который можно не указать",
    ),
    "a card": (
        {"board.toml": TOML + CARD},
        "карточка parks.html: у запроса Parks есть переменные",
    ),
    "a card of no page": (
        {"board.toml": TOML + CARD.replace('"/"', '"parkk"')},
        "карточка parks.html: страницы «parkk» нет; похожее: «parks»",
    ),
    "a scheme": (
        {"board.toml": '[accent]\nlight = "#7a1f2b"\ndark = "#ffa3ad"\ndim = "#000000"\n'},
        "accent: ключа «dim» нет",
    ),
    "no colour": (
        {"board.toml": '[accent]\nlight = "red"\ndark = "#ffa3ad"\n'},
        "accent: «light»: нужен цвет вида #0b57b7",
    ),
    "too pale": (
        {"board.toml": '[accent]\nlight = "#7a1f2b"\ndark = "#7a1f2b"\n'},
        "accent: «dark»: контраст с фоном 1,7, нужно не меньше 4,5",
    ),
    "a place": (
        {"board.toml": TOML + '[places]\ndealing = "parks"\n'},
        "places: «dealing» нет; похожее: «dealings»",
    ),
    "a word": (
        {"board.toml": '[words]\nproblem = "Беды"\n'},
        "words: раздела «problem» нет; похожее: «problems»",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_one_line_with_its_file(tmp_path: Path, case: str) -> None:
    changes, line = FAULTS[case]
    folder = written(tmp_path, changes)
    with pytest.raises(LawError) as stopped:
        added((folder,))
    assert str(stopped.value).startswith(f"{folder / 'board.toml'}: {line}")
    assert "\n" not in str(stopped.value)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"Parks.graphql": "# Парки\nquery Parks { parkCount }"},
            "запрос Parks: Cannot query field 'parkCount' on type 'Query'.",
        ),
        ({"parks.html": "{% for %}"}, "шаблон parks.html: Expected an expression"),
        ({"parks.html": "{{ 1 | metres }}"}, "шаблон parks.html: No filter named 'metres'"),
        (
            {"board.toml": TOML.replace("curator", "curators")},
            "страница «parks»: роли «curators» нет; похожее: «curator»",
        ),
    ],
)
def test_what_does_not_hold_is_told_by_the_check(
    polygon: Region, tmp_path: Path, changes: Mapping[str, str], line: str
) -> None:
    region = replace(polygon, boards=(written(tmp_path, changes),))
    (fault,) = faults(region)
    assert fault.startswith(line)


def test_a_good_folder_has_no_fault(polygon: Region, tmp_path: Path) -> None:
    region = replace(polygon, boards=(written(tmp_path, {}),))
    assert list(faults(region)) == []
    assert added(region.boards).variables("parks") == frozenset({"after"})
    assert added(region.boards).variables("map") is None

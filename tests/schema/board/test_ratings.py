"""Ratings as the board shows them: places with ranges, numbers of the formula and their cases."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.kernel.access import system
from core.kernel.region import Region
from core.ratings.life import draft_rating, publish_trial
from core.ratings.model import Stage
from core.ratings.quarter import quarter_of
from core.ratings.rules import PeerGroups, PeersBy, Rated, Steps, StepUnit, Traits
from schema.board.words.values import quarter
from tests.core.ratings.rows import METHOD, PERIOD, rated
from tests.core.ratings.test_series import LINES, loaded
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, heading, visiting
from tests.schema.board.test_duties import card

pytestmark = pytest.mark.bare_rows
PAGE = f"ratings/{METHOD}.{PERIOD}"


@pytest.fixture
async def visitor(polygon: Region, clock: FrozenClock) -> AsyncIterator[Visitor]:
    """The polygon on the day of the draft, with who leads and who sees no appeals."""
    clock.at(2026, 6, 1)
    async with polygon.work(system()) as work:
        work.session.add(Body(key="agency", name="Агентство", kind="executive"))
        for role in ("curator", "administrator"):
            await appoint(work, role, subject=f"demo-{role}")
    async with visiting(polygon) as shown:
        yield shown


def cells(block: str, name: str) -> list[str]:
    """What stands in a column, without its tags."""
    found = re.findall(rf'data-name="{name}">(.*?)</td>', block, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]


async def drafted(region: Region) -> None:
    await fill(region, "ministry", MINIMUM, 0)
    await fill(region, "agency", 31, MINIMUM - 31)
    async with region.work(system()) as work:
        await publish_trial(work, METHOD, quarter_of(PERIOD))
        await draft_rating(work, METHOD, quarter_of(PERIOD))


async def test_places_stand_with_their_range_and_open_their_cases(visitor: Visitor) -> None:
    await drafted(visitor.region)
    await visitor.enter("curator")
    page = (await visitor.get(PAGE)).text
    told = card(page, "Места")
    assert "Это проект: возражения принимают по 16.06.2026 включительно." in told
    assert cells(told, "Положение") == ["место 1", "место 2"]
    labels = re.findall(r'aria-label="(балл [^"]*)"', page)
    assert labels[0].startswith("балл 100, от ")
    assert labels[1].startswith("балл 66,7, от ")
    (link, shown), *_ = re.findall(
        r'<a href="(\?[^"]*subject=agency[^"]*)#cases">([^<]*)</a>', told
    )
    assert shown == str(MINIMUM)
    opened = (await visitor.http.get(f"/polygon/{PAGE}{unescape(link)}")).text
    assert "Проверочный demo-curator, весь" in card(opened, "Кто видел проект")
    behind = card(opened, "Агентство: из чего сложен балл")
    assert cells(behind, "Балл") == ["не оценивается", "33,3", "100"]
    assert f"Учтённые обращения: {MINIMUM}" in behind
    assert len(re.findall(r'href="/polygon/appeals/agency-01-\d+"', behind)) == 25
    following = re.findall(r'<a href="(\?[^"]*)#list">Следующие', behind)
    assert len(following) == 1
    today = (await visitor.get(PAGE, today="1", changes="1")).text
    assert cells(card(today, "По известному сегодня"), "Балл") == ["100", "66,7"]
    assert "Все сведения те же, что в проекте" in today


async def test_whom_a_draft_rates_is_told_in_his_own_list(visitor: Visitor) -> None:
    """The list says it until the rating is opened by its link; who leads is told nothing there."""
    await drafted(visitor.region)
    async with visitor.region.work(system()) as work:
        found = await work.session.scalars(select(Body.id).where(Body.key == "agency"))
        await appoint(work, "body-official", body_id=found.one(), subject="demo-body-official")
    await visitor.enter("body-official")
    listed = (await visitor.get("my")).text
    (told,) = re.findall(r'<aside[^>]*aria-label="Рейтинги о Вашем органе">.*?</aside>', listed)
    assert "проект рейтинга" in told
    assert re.search(r"Агентство — место 2; возразить можно по .*16\.06\.2026", told)
    (link,) = re.findall(r'href="/polygon/([^"]*)"', told)
    assert (await visitor.http.get(f"/polygon/{unescape(link)}")).status_code == 200
    assert "Рейтинги о Вашем органе" not in (await visitor.get("my")).text
    await visitor.enter("curator")
    assert "Рейтинги о Вашем органе" not in (await visitor.get("my")).text


async def test_a_draft_is_not_there_for_who_has_no_rights_over_bodies(visitor: Visitor) -> None:
    await drafted(visitor.region)
    await visitor.enter("administrator")
    page = (await visitor.get(PAGE)).text
    assert "Это пробный рейтинг" in card(page, "Места")
    assert cells(card(page, "Места"), "Обращений") == ["95", "95"]
    assert "subject=agency" not in page
    assert (await visitor.get(PAGE, version="2")).status_code == 404
    assert "По известному сегодня" not in page


async def test_bands_are_patterns_and_words(visitor: Visitor) -> None:
    counts: dict[str, Any] = {"agency": 50, "ministry": 51, "third": 49, "fourth": 52, "worst": 5}
    async with visitor.region.work(system()) as work:
        await rated(work, Stage.FINAL, **counts)
    await visitor.enter("curator")
    page = (await visitor.get(PAGE)).text
    told = card(page, "Места")
    assert "Места не показаны" in told
    assert cells(told, "Положение") == ["как ожидалось"] * 4 + ["ниже ожидаемого"]
    assert told.count('height="10" fill="url(#lines)"') == 1
    listed = (await visitor.get("ratings")).text
    assert cells(card(listed, "Показанные"), "Квартал") == [quarter(PERIOD)]
    assert "✓" not in listed
    assert "31.05.2027" in "".join(cells(card(listed, "Календарь"), "Проект"))
    states = cells(card(listed, "Календарь"), "Состояние")
    assert "итог не вышел в свой день" in states[0]
    assert "предстоит" in states[-1]


async def test_who_is_compared_stands_together(visitor: Visitor) -> None:
    """Each group has its own places and mean; who is alone in his is compared with nobody."""
    kinds = {"ministry": "executive", "agency": "executive", "town": "municipal"}
    traits = {key: Traits(BodyKind(kind), False, None) for key, kind in kinds.items()}
    async with visitor.region.work(system()) as work:
        peers = PeerGroups(PeersBy.KIND)
        await rated(work, peers=peers, traits=traits, ministry=95, agency=40, town=60)
    await visitor.enter("curator")
    told = card((await visitor.get(PAGE)).text, "Места")
    assert re.findall(r"<h3>(.*?)</h3>", told) == ["Исполнительные органы"]
    assert cells(told, "Положение") == ["место 1", "место 2"]
    assert "Органы местного самоуправления: сравнить не с кем. " in told


async def test_places_by_themes_are_told_to_nobody_else(visitor: Visitor) -> None:
    """Nor of a body what it had without a theme: that is told nowhere."""
    kinds = {"ministry": "executive", "agency": "executive", "town": "municipal"}
    traits = {key: Traits(BodyKind(kind), False, None) for key, kind in kinds.items()}
    async with visitor.region.work(system()) as work:
        by_kind, apart = PeerGroups(PeersBy.KIND), frozenset({BodyKind.EXECUTIVE})
        await rated(
            work, peers=by_kind, traits=traits, per_theme=apart, ministry=95, agency=40, town=60
        )
    said = "По тематикам места показывают тем, кого оценивают"
    await visitor.enter("curator")
    told = card((await visitor.get(PAGE)).text, "Места")
    assert (cells(told, "Положение"), said in told) == (["место 1", "место 2"], False)
    assert "округлены" not in told
    await visitor.enter("administrator")
    told = card((await visitor.get(PAGE)).text, "Места")
    assert (cells(told, "Положение"), said in told) == ([], True)
    assert "Баллы и числа округлены, места посчитаны по ним" in told
    assert "Органы местного самоуправления: сравнить не с кем. " in told


async def test_who_is_responsible_for_blocks_is_named_as_such(visitor: Visitor) -> None:
    async with visitor.region.work(system()) as work:
        await rated(work, rates=Rated.BLOCKS, ministry=95, agency=40)
    for role, shown in (("curator", ["место 1", "место 2"]), ("administrator", [])):
        await visitor.enter(role)
        places = card((await visitor.get(PAGE)).text, "Места")
        assert "Оцениваются ответственные за блоки." in places
        assert cells(places, "Положение") == shown


async def test_a_method_that_counts_by_hours_shows_them(visitor: Visitor) -> None:
    within = Steps(((72, Fraction(1)),), StepUnit.HOURS)
    async with visitor.region.work(system()) as work:
        await rated(work, within=within, ministry=95, agency=40)
    await visitor.enter("curator")
    opened = (await visitor.get(PAGE, version="1", subject="agency")).text
    behind = card(opened, "agency: из чего сложен балл")
    assert cells(behind, "Балл") == ["не оценивается", "40", "40"]
    assert "Часов до ответа" in behind
    assert "Суток до ответа" not in behind


async def test_what_there_is_not_is_a_sentence(visitor: Visitor) -> None:
    await visitor.enter("curator")
    for path in ("ratings/nothing", f"ratings/{METHOD}.2025-Q4"):
        answer = await visitor.get(path)
        assert (answer.status_code, heading(answer)) == (404, "Не найдено")
    wrong = await visitor.get(f"ratings/{METHOD}.вчера")
    assert (wrong.status_code, heading(wrong)) == (400, "Не показывается")


async def test_a_rating_made_elsewhere_stands_beside_ours(visitor: Visitor, tmp_path: Path) -> None:
    async with visitor.region.work(system()) as work:
        await rated(work, Stage.FINAL, agency=50, ministry=95)
    await loaded(visitor.region, tmp_path, *LINES)
    await visitor.enter("administrator")
    for path in ("ratings", PAGE):
        told = card((await visitor.get(path)).text, "Сделанные не здесь")
        assert cells(told, "Значение") == [
            "98,70 %",
            "—нет данных: значение ещё не достигнуто или учёта тогда не было",
            "0",
            "7предварительно: период не закончился",
        ]
        assert "Минцифры. Методика: 23 показателя, редакция 2." in told


async def test_a_draft_is_tried_by_who_keeps_the_ratings(visitor: Visitor) -> None:
    await fill(visitor.region, "ministry", MINIMUM, 0)
    await fill(visitor.region, "agency", 31, MINIMUM - 31)
    await visitor.enter("administrator")
    page = (await visitor.get("ratings")).text
    assert 'id="lab"' not in page
    assert "Среди регионов" not in page
    await visitor.enter("curator")
    assert cells(card((await visitor.get("ratings")).text, "Среди регионов"), "Балл") == [
        f"{2 * MINIMUM}, не оценивается", "66,7", "100",
    ]  # fmt: skip
    form = card((await visitor.get("ratings")).text, "Лаборатория")
    assert re.findall(r'name="quarters" value="([^"]+)" checked', form) == [
        "2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2",
    ]  # fmt: skip
    assert "Вес: качество (сейчас 0)" in form
    draft = {"lab": METHOD, "quarters": f"{PERIOD} 2025-Q4", "weight-time": "0"}
    told = card((await visitor.get("ratings", **draft)).text, "Лаборатория")
    assert cells(told, "По черновику") == [
        f"как ожидалось{place}-й по баллу, 100" for place in (1, 2)
    ]
    assert "Не посчитан: Объектов, у которых не меньше 93 обращений: 0" in told
    assert "/polygon/appeals/agency-01-31" in told
    assert "как в методике: все вместе" in told
    sized = {"lab": METHOD, "quarters": PERIOD, "peers": "volume", "bounds": "95 500"}
    told = card((await visitor.get("ratings", **sized)).text, "Лаборатория")
    assert "Места и полосы те же." in told
    assert re.search(r'<option value="volume" selected>', told)
    wrong = await visitor.get("ratings", **{**sized, "bounds": "500 95"})
    assert "Границы групп идут по возрастанию" in card(wrong.text, "Лаборатория")
    alone = await visitor.get("ratings", **{**sized, "peers": ""})
    said = "Границы групп по размеру нужны, когда выбрано, с кем сравнивать"
    assert said in card(alone.text, "Лаборатория"), "they are not left out in silence"
    units = {"lab": METHOD, "quarters": PERIOD, "rates": "units"}
    told = card((await visitor.get("ratings", **units)).text, "Лаборатория")
    assert "Объектов, у которых не меньше 93 обращений: 0" in told
    assert re.search(r'<option value="units" selected>структурные подразделения</option>', told)
    refused = await visitor.get("ratings", **{**draft, "weight-time": "-1"})
    said = "Вместо «-1» нужно целое число без знака, не больше девяти цифр"
    assert said in card(refused.text, "Лаборатория")


async def test_why_it_would_not_be_today_is_a_word_of_its_card(visitor: Visitor) -> None:
    """The page of a rating that was published stays, though too few are left to rate now."""
    async with visitor.region.work(system()) as work:
        names = {"ministry": "Министерство полигона", "agency": "Агентство"}
        await rated(work, Stage.FINAL, names, ministry=90, agency=60)
    await visitor.enter("curator")
    answer = await visitor.get(PAGE, today="1")
    assert answer.status_code == 200
    assert "Сегодня его не составить" in card(answer.text, "По известному сегодня")
    assert cells(card(answer.text, "Места"), "Положение") == ["место 1", "место 2"]

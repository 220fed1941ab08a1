"""Documents on the board: who holds one, what each step decided and why, versions side by side."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest

from core.kernel.access import system
from tests.conftest import OpenRegion
from tests.core.documents.people import BLOCK, People
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, became, carried, heading, visiting

ROLES = ("curator", "head", "block-responsible", "body-official")


@pytest.fixture
async def kursk(open_test_region: OpenRegion) -> AsyncIterator[tuple[Visitor, People]]:
    """Kursk with those who take a passport of a project through its chain."""
    people = People(await open_test_region("kursk"))
    async with people.region.work(system()) as work:
        for role in ROLES:
            blocks = (BLOCK,) if role.startswith("block") else ()
            found = await appoint(work, role, blocks=blocks, subject=f"demo-{role}")
            people.actors[role] = found
    async with visiting(people.region) as visitor:
        yield visitor, people


def cells(page: str, name: str) -> list[str]:
    """The words of every cell of a column."""
    found = re.findall(rf'<td data-name="{name}">(.*?)</td>', page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", " ", unbound(one))) for one in found]


def unbound(page: str) -> str:
    """The page with its «№ 12» and «п. 3.2» as words among others."""
    return re.sub(r'<span class="number">([^<]*)</span>', r"\1", page)


async def test_a_document_from_its_draft_to_its_receipt(
    kursk: tuple[Visitor, People], clock: FrozenClock
) -> None:
    visitor, people = kursk
    number = await people.draft("passport", "block-responsible", block=BLOCK)
    await visitor.enter("curator")
    assert "Проект ещё не представлен" in (await visitor.get(f"documents/{number}")).text
    await people.submit(number, "block-responsible")
    await people.decide(number, "head")
    listed = (await visitor.get("documents", kind="passport", state="APPROVAL")).text
    assert cells(listed, "Чьего решения ждёт") == ["куратор утверждает"]
    assert f'href="/kursk/documents/{number}"' in listed
    assert cells((await visitor.get("documents", state="DRAFT")).text, "Документ") == []
    page = (await visitor.get(f"documents/{number}")).text
    agreed, open_now = cells(page, "Что решено")
    assert re.search(r"да\s+Проверочный demo-head, ", agreed)
    assert "По норме" not in agreed  # the step's own, which stands beside it
    assert cells(page, "Норма")[0].strip().startswith("Положение о ЦУР, абз. 8 п. 3.4")
    assert open_now.strip() == "ждёт решения"
    links = [carried(one) for one in (listed, (await visitor.get("documents")).text)]
    clock.forward(minutes=1)
    await people.decide(number, "curator")
    await people.draft("passport", "block-responsible", block=BLOCK)
    pages = [(await visitor.http.get(f"/kursk/documents{one}")).text for one in links]
    gone, grown = (str(became(one)).partition(" было ")[2] for one in pages)
    assert gone == "1, сейчас 0: 1 в этом списке больше нет."
    assert grown.startswith("1, сейчас 2. С тех пор изменились и стоят здесь 2: ")
    page = (await visitor.get(f"documents/{number}")).text
    assert cells(page, "Версия")[0].split() == ["1", "действует"]
    assert (page.count("Квитанция №"), page.count("по толкованию центра")) == (3, 1)
    assert 'aria-label="Открытые шаги"' not in page  # no empty list where nothing is open


async def test_a_refusal_stands_with_its_reason_and_versions_side_by_side(
    kursk: tuple[Visitor, People],
) -> None:
    visitor, people = kursk
    number = await people.draft("passport", "block-responsible", block=BLOCK)
    await people.submit(number, "block-responsible")
    await people.decide(number, "head", refusing="Нет сроков <и сумм>")
    await visitor.enter("curator")
    page = (await visitor.get(f"documents/{number}")).text
    assert "Причина: Нет сроков &lt;и сумм&gt;" in page
    await people.edit(number, "block-responsible", purpose="Ни одной жалобы")
    await people.submit(number, "block-responsible")
    page = (await visitor.get(f"documents/{number}", before="1", after="2")).text
    assert cells(page, "Было") == ["Меньше жалоб на дороги"]
    assert cells(page, "Стало") == ["Ни одной жалобы"]


async def test_what_is_not_there_and_who_may_not_read(kursk: tuple[Visitor, People]) -> None:
    visitor, people = kursk
    number = await people.draft("passport", "block-responsible", block=BLOCK)
    await visitor.enter("curator")
    for absent in ("999", "x", "1½"):
        answer = await visitor.get(f"documents/{absent}")
        assert (answer.status_code, heading(answer)) == (404, "Не найдено")
    await visitor.enter("body-official")
    assert 'href="/kursk/documents"' not in (await visitor.get("appeals")).text
    answer = await visitor.get("documents")
    assert (answer.status_code, heading(answer)) == (403, "Нет права")
    hidden = await visitor.get(f"documents/{number}")
    assert hidden.status_code in (403, 404)


async def test_the_steps_of_a_document_by_forms_alone(kursk: tuple[Visitor, People]) -> None:
    """Submitted, decided by two in turn, each by his own page; nobody else has the button."""
    visitor, people = kursk
    number = await people.draft("passport", "block-responsible", block=BLOCK)
    step = f"documents/{number}/step"
    await visitor.enter("head")
    page = (await visitor.get(f"documents/{number}")).text
    assert f"/kursk/{step}/submitDocument" not in page
    assert "Решать нечего: документ проект" in page
    closed = (await visitor.get(f"{step}/submitDocument")).text
    assert ("По этой норме" in closed, '<button class="main">' in closed) == (True, False)
    barred = await visitor.send(f"{step}/submitDocument")
    assert (barred.status_code, "По этой норме" in barred.text) == (422, True)
    await visitor.enter("block-responsible")
    assert f"/kursk/{step}/submitDocument" in (await visitor.get(f"documents/{number}")).text
    assert '<button class="main">' in (await visitor.get(f"{step}/submitDocument")).text
    sent = await visitor.send(f"{step}/submitDocument")
    led = f"/kursk/documents/{number}?done=submitDocument"
    assert (sent.status_code, sent.headers["location"]) == (303, led)
    assert 'id="said">Сделано: «' in (await visitor.http.get(led)).text
    for role, party in (("head", "HEAD"), ("curator", "CURATOR")):
        await visitor.enter(role)
        assert f"{step}/decideDocument" in (await visitor.get(f"documents/{number}")).text
        undecided = await visitor.send(f"{step}/decideDocument", by=party, verdict="")
        assert "Выберите решение" in undecided.text
        done = await visitor.send(f"{step}/decideDocument", by=party, verdict="yes")
        assert done.status_code == 303, done.text
    assert "действует" in (await visitor.get(f"documents/{number}")).text


async def test_what_changed_meanwhile_stands_beside_what_was_typed(
    kursk: tuple[Visitor, People], clock: FrozenClock
) -> None:
    """The head reads version 1 and writes why not; meanwhile it is withdrawn and sent anew."""
    visitor, people = kursk
    number = await people.draft("passport", "block-responsible", block=BLOCK)
    await people.submit(number, "block-responsible")
    await visitor.enter("head")
    path = f"documents/{number}/step/decideDocument"
    shown = (await visitor.get(path)).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    clock.forward(minutes=5)
    await people.edit(number, "block-responsible", purpose="Ни одной жалобы")
    await people.submit(number, "block-responsible")
    typed = {"by": "HEAD", "verdict": "no", "refusing": "Нет <сроков>"}
    stale = await visitor.http.post(f"/kursk/{path}", data={**hidden, **typed})
    assert stale.status_code == 422
    assert "решают по версии 2" in stale.text
    assert "представлена версия 2" in stale.text
    assert "Нет &lt;сроков&gt;</textarea>" in stale.text
    again = (await visitor.get(path)).text
    assert "Возвращено то, что Вы ввели" in again
    both = await visitor.send(path, by="HEAD", verdict="yes", refusing="Нет сроков")
    assert "Причину указывают, когда решают «нет»" in both.text
    assert (await visitor.send(path, **typed)).status_code == 303
    page = (await visitor.get(f"documents/{number}")).text
    assert "Причина: Нет &lt;сроков&gt;" in page
    await visitor.enter("block-responsible")
    assert (await visitor.get(f"documents/{number}/step/нет")).status_code == 404

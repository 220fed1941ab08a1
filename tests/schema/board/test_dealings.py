"""Dealings with a partner are entered and groups ended by forms, on the page of the region."""

from __future__ import annotations

from sqlalchemy import select

from core.kernel.access import system
from core.partners.model import Dealing
from core.partners.rules import DealingForm
from tests.fixtures.actors import appoint
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_added import PAGE, PARTNER, kursk_board
from tests.schema.board.test_choices import options

__all__ = ["kursk_board"]
RECORD = "dealings/new/step/recordDealing"


async def test_a_dealing_is_entered_and_a_group_ended_by_forms(kursk_board: Visitor) -> None:
    visitor = kursk_board
    async with visitor.region.work(system()) as work:
        await appoint(work, "executor", subject="demo-executor")
    await visitor.enter("administrator")
    assert (await visitor.get(RECORD)).status_code == 403
    await visitor.enter("curator")
    assert RECORD not in (await visitor.get(PAGE)).text
    barred = await visitor.send(RECORD, partner=PARTNER, **{"form-0": "GROUP"}, on="2026-02-02")
    assert (barred.status_code, "Не принято" in barred.text) == (422, True)
    await visitor.enter("executor")
    assert f'href="/kursk/{RECORD}"' in (await visitor.get(PAGE)).text
    form = (await visitor.get(RECORD)).text
    assert list(options(form, "partner")) == [PARTNER]
    assert {"GROUP", "MEETING"} <= options(form, "form-0").keys()
    assert 'aria-current="page">Ситуационный центр</a>' in form
    said = {
        "partner": PARTNER, "form-0": "GROUP", "title": "О паводке", "text": "Штаб <района>",
        "on": "2026-02-02",
    }  # fmt: skip
    empty = await visitor.send(RECORD, **said)
    assert (empty.status_code, "Нужны участники" in empty.text) == (422, True)
    assert "Штаб &lt;района&gt;</textarea>" in empty.text
    done = await visitor.send(RECORD, **said, participants="А. Пробный\nБ. Пробная")
    assert done.headers["location"] == f"/kursk/{PAGE}?done=recordDealing"
    async with visitor.region.database.reading() as session:
        (group,) = await session.scalars(select(Dealing).where(Dealing.form == DealingForm.GROUP))
    assert group.participants == ["А. Пробный", "Б. Пробная"]
    end = f"dealings/{group.id}/step/dissolveGroup"
    assert f'href="/kursk/{end}"' in (await visitor.get(PAGE)).text
    early = await visitor.send(end, until="2026-02-01")
    assert (early.status_code, "не прекращается раньше" in early.text) == (422, True)
    assert (await visitor.send(end, until="2026-03-01")).status_code == 303
    page = (await visitor.get(PAGE)).text
    assert "прекращена с 01.03.2026" in page
    assert end not in page

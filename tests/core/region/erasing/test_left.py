"""What had left and what was typed about the erased: listed for recall, or destroyed with them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from sqlalchemy import JSON, LargeBinary, String, select

from core.appeals.attachments import KIND, open_attachment
from core.appeals.erasing.columns import SEALED, WORKING
from core.appeals.erasing.model import Erasure
from core.appeals.erasing.orders import hold
from core.appeals.erasing.recalls import Recall, recalls
from core.attachments.kinds import Form
from core.attachments.model import Attachment
from core.db.database import Base
from core.kernel.access import Actor, system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.erasing.beside import BESIDE
from core.region.erasing.carrying import carry_out
from core.region.evidence.packages import Handing, hand_out
from core.region.migrate import load_models
from core.sessions import drafts
from core.sessions.model import Draft
from core.sessions.views import save_view, views
from tests.core.appeals.conftest import Desk
from tests.core.region.erasing.planted import lived, word
from tests.core.region.erasing.test_erasing import ordered

FZ152 = pytest.mark.clause("fz152/21.4")
COURT = Handing("Пробный районный суд", "запрос № 5 от 02.03.2026")


KEPT = {
    "act_number", "actor", "addressee", "analysed_by", "applicant_kind", "asked_by", "asker",
    "attachments", "author", "block", "body", "channel", "charge", "clause", "code", "data",
    "decided_by", "digest", "document", "due_rule", "earlier_number", "external_id", "fact",
    "found_by", "granted_by", "ground", "holder", "identified_by", "judge", "kind", "letter",
    "likeness", "mailbox", "message_mark", "municipality", "name", "norm", "number", "official",
    "outcome", "placed_by", "refrain", "regime", "regime_clause", "replied_by", "residence",
    "residence_municipality", "responsible", "returned_for", "rule", "said", "said_by", "scope",
    "seal", "sealed", "sender", "signature", "signed_as", "signer", "state", "status", "step",
    "stretch", "term", "theme", "token", "unanswered_by", "way",
}  # fmt: skip
"""Columns that tell codes, numbers, officials and seals; hashes go in ways of their own."""

REFUSALS = "batch_row"


def whole(actor: Actor) -> Actor:
    """The same with a right to hand out what the journal says."""
    grants = tuple(
        replace(one, permissions=one.permissions | {Permission.READ_JOURNAL})
        for one in actor.grants
    )
    return replace(actor, grants=grants)


@FZ152
async def test_packages_and_opened_files_are_listed_for_recall(desk: Desk) -> None:
    mine, other = [await lived(desk, one) for one in (1, 2)]
    region = desk.region
    async with region.reading(system()) as work:
        files = select(Attachment).where(Attachment.owner_kind == KIND).order_by(Attachment.id)
        opened, *_, foreign = (await work.session.scalars(files)).all()
    handed = {}
    for number, appeal_id, file in (
        (mine, opened.owner_id, opened),
        (other, foreign.owner_id, foreign),
    ):
        async with desk.work(whole(desk.official)) as work:
            await open_attachment(work, file.id, Form.ORIGINAL, "Проверка")
        async with desk.work(whole(desk.official)) as work:
            handed[number] = (await hand_out(work, region.files, "appeal", appeal_id, COURT)).at
    desk.clock.at(2032, 3, 1)
    act = await ordered(region, [mine])
    await carry_out(region, act)
    async with region.reading(system()) as work:
        told = await recalls(work, act)
    by_name = {one.name: one for one in told}
    assert {one.number for one in told} == {mine}
    assert by_name["attachment.opened"].actor == "official"
    ground = f"{COURT.recipient}: {COURT.ground}"
    assert by_name["evidence.handed_out"] == Recall(
        "evidence.handed_out", "official", mine, handed[mine], ground
    )


@FZ152
def test_no_table_of_a_case_keeps_free_words(polygon: Region) -> None:
    load_models(polygon)
    gone = {
        model.__tablename__: values for model, values in {**SEALED, **WORKING, **BESIDE}.items()
    }
    left = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name != REFUSALS and "appeal.id" in {k.target_fullname for k in table.foreign_keys}
        for column in table.columns
        if isinstance(column.type, String | JSON | LargeBinary) and not column.foreign_keys
        if column.name not in KEPT and column.name not in gone.get(table.name, ())
    ]
    assert left == []


@FZ152
async def test_drafts_about_the_erased_are_destroyed(desk: Desk) -> None:
    region, clock = desk.region, desk.clock
    number, other = [await lived(desk, one) for one in (1, 2)]
    clock.at(2032, 3, 1)
    gone = {
        f"appeals/{number}/step/answer": "Ответ без имени",
        "intake": f"Звонил КАНАРЕЕВ {word(1)}имя ещё раз",
        "notes/1": "Писать на c001@canary.example.",
        "notes/2": f"Смотри {number}: то же",
    }
    kept = {
        f"appeals/{other}/step/answer": "Ответ без имени",
        "notes/3": f"Смотри {number}7 и {other}",
    }
    for place, said in {**gone, **kept}.items():
        await drafts.keep(region, "official", place, {"text": said}, None)
    act = await ordered(region, [number])
    assert await desk.rows(Draft) == len(gone) + len(kept)
    await carry_out(region, act)
    assert {one.place for one in await drafts.kept(region, "official")} == {*kept}
    async with region.reading(system()) as work:
        assert (await work.session.get_one(Erasure, act)).extract["draft"] == len(gone)


@FZ152
async def test_saved_views_that_look_for_the_erased_are_destroyed(desk: Desk) -> None:
    region, clock = desk.region, desk.clock
    number, other = [await lived(desk, one) for one in (1, 2)]
    clock.at(2032, 3, 1)
    gone = {
        "по имени": f"appeals?{urlencode({'text': f'канареев {word(1)}имя'})}",
        f"дело {number}": "my?overdue=1",
    }
    kept = {"чужое": f"appeals?{urlencode({'number': other})}", "дороги": "appeals?theme=roads"}
    for name, address in {**gone, **kept}.items():
        await save_view(region, "official", name, address)
    act = await ordered(region, [number])
    await carry_out(region, act)
    assert {one.name for one in await views(region, "official")} == {*kept}
    async with region.reading(system()) as work:
        assert (await work.session.get_one(Erasure, act)).extract["saved_view"] == len(gone)


@FZ152
async def test_all_are_refused_and_each_that_is_kept_is_told_with_its_reason(desk: Desk) -> None:
    ended, held = [await lived(desk, one) for one in (1, 2)]
    desk.clock.at(2031, 3, 3)
    young = (await desk.take(external_id="п-9")).number
    async with desk.region.work(system()) as work:
        await hold(work, held, "спор в суде")
    before = await desk.rows(Erasure)
    with pytest.raises(Refusal) as refused:
        await ordered(desk.region, [ended, held, young])
    assert refused.value.code is RefusalCode.WRONG_STATE
    assert refused.value.clause is not None
    assert refused.value.clause.ref == "fz152/21.4"
    assert refused.value.text == (
        f"Из 3 обращений не уничтожено ни одно. Обращение {held} удержано от уничтожения: спор в "
        f"суде. Обращение {young} ещё рассматривается: цель обработки не достигнута"
    )
    assert await desk.rows(Erasure) == before

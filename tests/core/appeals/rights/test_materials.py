"""Materials shown by a decision on each of them, and documents that the applicant adds (ст. 5)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from core.appeals import answers, inquiries
from core.appeals.rights.documents import add_document
from core.appeals.rights.materials import (
    Material,
    Showing,
    ShownBy,
    Withheld,
    Withholding,
    list_materials,
    show_materials,
)
from core.appeals.words import CONCEALED, word_of
from core.attachments.kinds import Origin
from core.attachments.model import Attachment
from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from core.kernel.journal import JournalEntry
from core.kernel.sealing.concealing import revealed
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.disputes.conftest import Refused, refused
from tests.fixtures.proofs import PROOF, attached

__all__ = ["refused"]
NEIGHBOUR = Withheld("reply:6", Withholding.OTHERS_RIGHTS, "Названы соседи заявителя.")
KEYS = ["answer:1", "document:4", "reply:6"]


async def considered(desk: Desk) -> int:
    """An appeal with a document added, a reply of another body, and an answer."""
    appeal_id = (await desk.take()).appeal_id
    async with desk.work(desk.coordinator) as work:
        await add_document(work, appeal_id, " Схема двора ", "вх. 12/1")
    async with desk.work(desk.chief) as work:
        asked = await inquiries.ask(work, appeal_id, "agency", "Чья дорога?")
    async with desk.work(desk.stranger) as work:
        await inquiries.supply(work, appeal_id, asked.seq, "Дорога двора, живут соседи.")
    await desk.accept(appeal_id)
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, EXPLAINED)
    return appeal_id


async def show(
    desk: Desk,
    appeal_id: int,
    shown: Sequence[str],
    *withheld: Withheld,
    actor: Actor | None = None,
) -> Sequence[Material]:
    async with desk.work(actor or desk.chief) as work:
        decision = Showing(ShownBy.DOCUMENT, shown, withheld)
        return (await show_materials(work, appeal_id, decision)).materials


@pytest.mark.clause("fz59/5.1")
async def test_a_document_of_the_applicant_is_a_fact_and_moves_no_term(desk: Desk) -> None:
    appeal_id = (await desk.take()).appeal_id
    before = await desk.appeal(appeal_id)
    async with desk.work(desk.coordinator) as work:
        await add_document(work, appeal_id, " Схема двора ", " вх. 12/1 ")
    after, row = await desk.appeal(appeal_id), (await desk.ledger(appeal_id))[-1]
    place = word_of(desk.region.sealing.vault, row.data, "reference")
    assert (row.fact, row.reason, place) == ("supplemented", "Схема двора", "вх. 12/1")
    assert (after.due_at, after.state) == (before.due_at, before.state)


@pytest.mark.clause("fz59/5.1")
async def test_a_document_has_a_title_and_a_place(desk: Desk, refused: Refused) -> None:
    appeal_id = (await desk.take()).appeal_id
    for title, reference, code in (
        (" ", "вх. 1", RefusalCode.REASON_REQUIRED),
        ("Схема", " ", RefusalCode.INVALID),
        ("Схема", "я" * 201, RefusalCode.INVALID),
        ("Схема\x00", "вх. 1", RefusalCode.TEXT_UNREADABLE),
    ):
        async with desk.work(desk.coordinator) as work:
            refusal = await refused(add_document(work, appeal_id, title, reference))
        assert refusal.code is code
    appeal_id = await desk.closed()
    async with desk.work(desk.coordinator) as work:
        refusal = await refused(add_document(work, appeal_id, "Схема", "вх. 1"))
    assert refusal.code is RefusalCode.WRONG_STATE


@pytest.mark.clause("fz59/5.2")
async def test_what_the_decision_allows_is_shown_and_the_decision_is_kept(desk: Desk) -> None:
    appeal_id = await considered(desk)
    async with desk.region.reading(desk.chief) as work:
        listed = await list_materials(work, appeal_id)
    assert [one.key for one in listed] == KEYS
    shown = await show(desk, appeal_id, ["document:4", "answer:1"], NEIGHBOUR)
    assert [(one.key, one.name, one.content) for one in shown] == [
        ("answer:1", "ответ от 02.03.2026", EXPLAINED.text),
        ("document:4", "Схема двора", "вх. 12/1"),
    ]
    row = (await desk.ledger(appeal_id))[-1]
    assert (row.fact, row.actor, row.clause) == ("shown", "chief", "fz59/5.2")
    words = row.data.pop(CONCEALED)
    assert row.data == {"identified_by": "document", "shown": ["answer:1", "document:4"]}
    assert revealed(desk.region.sealing.vault, words["withheld"]) == [
        {"material": "reply:6", "ground": "others_rights", "reason": "Названы соседи заявителя."}
    ]
    async with desk.region.database.reading() as session:
        query = select(JournalEntry.name).where(JournalEntry.name == "appeal.shown")
        assert list(await session.scalars(query)) == ["appeal.shown"]


@pytest.mark.clause("fz59/5.2")
async def test_what_an_official_has_added_is_a_material_though_it_was_not_sent(desk: Desk) -> None:
    """The act of the inspection lies in the case; what the applicant himself sent he has."""
    appeal_id = await considered(desk)
    async with desk.work(desk.official) as work:
        photo, act = await attached(work, appeal_id, PROOF)
        row = await work.session.get_one(Attachment, photo.attachment)
        row.origin = Origin.APPLICANT
    async with desk.region.reading(desk.chief) as work:
        listed = await list_materials(work, appeal_id)
    assert [(one.key, one.name) for one in listed][:2] == [
        ("answer:1", "ответ от 02.03.2026"),
        (f"file:{act.attachment}", "приобщено к делу"),
    ]
    assert [one.key for one in listed if one.key.startswith("file:")] == [f"file:{act.attachment}"]


UNFIT = {
    "one material is not decided": (["answer:1", "document:4"], ()),
    "one is decided twice": (KEYS, (NEIGHBOUR,)),
    "one is shown twice": ([*KEYS, "answer:1"], ()),
    "one is not there": ([*KEYS, "answer:2"], ()),
}


@pytest.mark.parametrize(("shown", "withheld"), UNFIT.values(), ids=UNFIT)
@pytest.mark.clause("fz59/5.2")
async def test_every_material_is_decided_once(
    desk: Desk, refused: Refused, shown: list[str], withheld: tuple[Withheld, ...]
) -> None:
    appeal_id = await considered(desk)
    refusal = await refused(show(desk, appeal_id, shown, *withheld))
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.INVALID, "fz59/5.2",
    )  # fmt: skip


@pytest.mark.clause("fz59/5.2")
async def test_nothing_is_withheld_without_a_reason(desk: Desk, refused: Refused) -> None:
    appeal_id = await considered(desk)
    mute = Withheld("reply:6", Withholding.SECRET, " ")
    refusal = await refused(show(desk, appeal_id, ["document:4", "answer:1"], mute))
    assert refusal.code is RefusalCode.REASON_REQUIRED


@pytest.mark.clause("fz59/5.2")
async def test_nobody_is_shown_what_nobody_is_known_to_have_written(
    desk: Desk, refused: Refused
) -> None:
    appeal_id = (await desk.take(contact=None)).appeal_id
    refusal = await refused(show(desk, appeal_id, []))
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.IDENTITY_REQUIRED, "fz59/5.2",
    )  # fmt: skip


async def test_an_official_without_the_right_decides_nothing(desk: Desk, refused: Refused) -> None:
    appeal_id = await considered(desk)
    refusal = await refused(show(desk, appeal_id, KEYS, actor=desk.official))
    assert refusal.code is RefusalCode.FORBIDDEN
    async with desk.region.reading(desk.official) as work:
        refusal = await refused(list_materials(work, appeal_id))
    assert refusal.code is RefusalCode.FORBIDDEN

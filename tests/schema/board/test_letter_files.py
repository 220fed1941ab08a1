"""An answer as a file: PDF/A and DOCX of the letter, journalled, for whoever may read the case."""

from __future__ import annotations

import io

import docx
import pikepdf
from sqlalchemy import select

from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from schema.graphql.ids import global_id
from tests.fixtures.contents import contents
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_letters import TEXT, composed

FIRST = f"answers/{global_id('Answer', 1)}"


async def readings(region: Region) -> list[str]:
    """Whose content has been read, by the journal."""
    query = select(JournalEntry.subject).where(JournalEntry.name == "content.read")
    async with region.database.reading() as session:
        return list(await session.scalars(query.order_by(JournalEntry.id)))


async def test_a_letter_is_printed_as_it_stands(visitor: Visitor) -> None:
    """A draft says that it is one, the letter that went says nothing of it."""
    await composed(visitor, kind="FINAL", outcome="EXPLAINED", text=f"{TEXT}\nДалее.", do="draft")
    page = (await visitor.get("letters/1")).text
    assert f'href="/polygon/{FIRST.replace("=", "%3D")}/pdf"' in page
    before = await readings(visitor.region)
    told = []
    for typed in ({"do": "sign", "signature": "HANDWRITTEN"}, {"do": "send", "way": "POST"}, None):
        file = await visitor.get(f"{FIRST}/docx")
        assert file.headers["content-disposition"] == 'attachment; filename="answer-1.docx"'
        told.append([one.text for one in docx.Document(io.BytesIO(file.content)).paragraphs])
        if typed:
            done = await visitor.send("letters/1", number="р-1", **typed)
            assert done.status_code == 303
    assert [one[0] for one in told[:2]] == ["Проект: не подписан", "Подписан, не отправлен"]
    assert told[2] == told[1][1:]
    assert all(any(f"сообщаем: {TEXT}\nДалее." in line for line in one) for one in told)
    assert len(await readings(visitor.region)) >= len(before) + 3


async def test_its_pdf_is_for_archives_and_for_whoever_listens(visitor: Visitor) -> None:
    await composed(visitor, kind="FINAL", outcome="EXPLAINED", text=TEXT, do="draft")
    first, again = [(await visitor.get(f"{FIRST}/pdf")) for _ in range(2)]
    assert (first.status_code, first.headers["content-type"]) == (200, "application/pdf")
    assert first.content == again.content
    with pikepdf.open(io.BytesIO(first.content)) as pdf:
        told = pdf.open_metadata()
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == (
            "2",
            "A",
            "1",
        )
        assert str(pdf.Root.Lang) == "ru-RU"
        assert str(pdf.docinfo["/Title"]).startswith("Ответ на обращение № ПЛ-2026-")


async def test_a_file_that_is_not_open_writes_nothing(visitor: Visitor) -> None:
    await composed(visitor, kind="FINAL", outcome="EXPLAINED", text=TEXT, do="draft")
    absent = f"answers/{global_id('Answer', 2)}/pdf"
    wrong = (f"{FIRST}/odt", f"answers/{global_id('Appeal', 1)}/pdf", "answers/1/pdf")
    for role, path, status in (
        ("administrator", f"{FIRST}/pdf", 403),
        ("body-official", absent, 404),
        *(("body-official", one, 422) for one in wrong),
    ):
        await visitor.enter(role)
        before = await contents(visitor.region)
        answer = await visitor.get(path)
        assert answer.status_code == status, path
        after = await contents(visitor.region)
        assert {name for name in after if after[name] != before[name]} <= {"session"}
    visitor.http.cookies.clear()
    assert (await visitor.get(f"{FIRST}/pdf")).status_code == 401

"""The original and what is derived of it: standards, tags, the same bytes, marks on copies."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import docx
import pikepdf
import pytest
import typst
from PIL import Image
from sqlalchemy import select

from core.documents.copies import archive_copy, marked_copy, working_file
from core.documents.model import Document, DocumentVersion
from core.documents.printing import typesetting
from core.documents.printing.letters import LetterSheet, printed
from core.documents.printing.sheet import Attachment, Sheet
from core.documents.printing.typesetting import typesetter
from core.documents.rules.kinds import PLAIN
from core.kernel.access import system
from core.kernel.errors import Refusal
from tests.conftest import OpenRegion
from tests.core.documents.people import BLOCK, TEXT, open_people
from tests.places import ROOT

MEASURES = [["Осмотр", "01.04.2026", "И. И. Проверочный"], ["Ремонт", "01.06.2026", "Он же"]]
SHEET = Sheet(
    "Центр управления регионом Проверочной области",
    "Паспорт проекта",
    "Тёплые остановки",
    PLAIN,
    {**TEXT, "contents": "#emph[не разметка] $x$ @y <z> \\\n" * 90, "measures": MEASURES},
    datetime(2026, 3, 2, 9, tzinfo=UTC),
    (Attachment("смета.xlsx", "ab" * 32),),
)
AGAIN = """
import hashlib, sys
sys.path.insert(0, {root!r})
from core.documents.printing.typesetting import typesetter
from tests.core.documents.test_originals import SHEET
print(hashlib.sha256(typesetter().print(SHEET)).hexdigest())
"""


@pytest.fixture(scope="module")
def original() -> bytes:
    return typesetter().print(SHEET)


def elements(node: Any) -> Iterator[Any]:
    """The structure elements below a node."""
    below = node.get("/K")
    for one in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            yield from elements(one)


def scope(cell: Any) -> str | None:
    return next((str(one.Scope) for one in cell.A if "/Scope" in one), None)


def test_it_says_which_standards_it_keeps(original: bytes) -> None:
    with pikepdf.open(io.BytesIO(original)) as pdf:
        meta = pdf.open_metadata()
        assert meta.pdfa_status == "2A"
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "Тёплые остановки"
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("ru-RU", True)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/OutputIntents" in pdf.Root
        fonts = {str(font.BaseFont).partition("+")[2] for font in fonts_of(pdf)}
        assert fonts == {"PTSerif-Regular", "PTSerif-Bold"}


def fonts_of(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from page.Resources.Font.values()


def test_its_tags_are_those_of_the_text(original: bytes) -> None:
    """Title, headings, paragraphs; in the table a header for each column and each row."""
    with pikepdf.open(io.BytesIO(original)) as pdf:
        tree = list(elements(pdf.Root.StructTreeRoot))
        tags = [str(one.S) for one in tree]
        assert (tags.count("/H1"), tags.count("/H2"), tags.count("/Table")) == (1, 4, 1)
        rows = [list(elements(one)) for one in tree if one.S == "/TR"]
        assert [[str(cell.S) for cell in row if cell.S != "/P"] for row in rows] == [
            ["/TH", "/TH", "/TH"],
            ["/TH", "/TD", "/TD"],
            ["/TH", "/TD", "/TD"],
        ]
        assert [scope(cell) for cell in rows[0] if cell.S == "/TH"] == ["/Column"] * 3
        assert [scope(row[0]) for row in rows[1:]] == ["/Row"] * 2
        assert not [one for one in tree if one.S == "/Figure"]
        assert not any(name in pdf.Root for name in ("/OpenAction", "/AA", "/Names", "/AcroForm"))
        assert len(pdf.pages) == 4


def test_a_column_is_as_wide_as_it_has_to_say() -> None:
    """Of forty signs at most and twelve at least: no word runs over the next column."""
    rows = [["Территориальный фонд обязательного медицинского страхования", "5", "01.04.2026"]]
    made = typesetter().print(replace(SHEET, values={**TEXT, "measures": rows}, attachments=()))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (page,) = pdf.pages
        at, edges = 0.0, []
        for one in pikepdf.parse_content_stream(page):
            if str(one.operator) == "cm":
                at = float(one.operands[4])
            elif str(one.operator) == "l" and float(one.operands[0]) == 0:
                edges.append(at)
    whole = edges[-1] - edges[0]
    widths = [(right - left) / whole for left, right in pairwise(edges)]
    assert widths == pytest.approx([40 / 65, 12 / 65, 13 / 65], abs=1e-4)


def test_no_word_runs_over_the_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is longer than its line goes on in the next; copied, it is the word that was written."""
    pdf = typst.compile

    def drawn(template: bytes, *, pdf_standards: list[str], **how: Any) -> bytes:
        return bytes(pdf(template, format="png", ppi=36.0, **how))

    monkeypatch.setattr(typst, "compile", drawn)
    monkeypatch.setattr(typesetting, "with_row_headers", bytes)
    word, address = "Превысокомногорассмотрительствующий" * 3, f"https://example.org/{'a' * 99}"
    rows = [[word, address, address], ["Осмотр", address, f"{'b' * 99}@example.org"]]
    fields = {**TEXT, "contents": f"{word} и {'Щ' * 99}, {address}", "measures": rows}
    sheet = replace(SHEET, title="Щ" * 99, values=fields)
    made = typesetter().print(sheet)
    page = Image.open(io.BytesIO(made)).convert("L")
    margin = page.crop((page.width * 197 // 210, 0, page.width, page.height))
    assert margin.getextrema() == (255, 255)
    monkeypatch.undo()
    with pikepdf.open(io.BytesIO(typesetter().print(sheet))) as copied:
        said = [font.ToUnicode.read_bytes().upper() for font in fonts_of(copied)]
        assert [(b"<0429>" in one, b"<200B>" in one) for one in said] == [(True, False)] * 2


@pytest.mark.parametrize(
    ("locale", "zone"), [("C", "UTC"), ("tr_TR.UTF-8", "Asia/Kamchatka")], ids=["plain", "far"]
)
def test_another_process_prints_the_same_bytes(original: bytes, locale: str, zone: str) -> None:
    """Whatever its locale, its time zone and the order of its hashes are."""
    made = subprocess.run(
        [sys.executable, "-c", AGAIN.format(root=str(ROOT))],
        env={**os.environ, "LC_ALL": locale, "LANG": locale, "TZ": zone, "PYTHONHASHSEED": "7"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.strip() == hashlib.sha256(original).hexdigest()


async def test_copies_have_marks_and_the_original_none(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("kursk"))
    number = await people.draft(
        "passport", "block-responsible", block=BLOCK, fields={**TEXT, "measures": MEASURES}
    )
    await people.submit(number, "block-responsible")
    await people.decide(number, "head")
    await people.decide(number, "curator")
    async with people.region.reading(system()) as work:
        row = await work.session.get_one(Document, number)
        assert row.current_id is not None
        stored = select(DocumentVersion.original).where(DocumentVersion.id == row.current_id)
        original = (await work.session.scalars(stored)).one()
        copy = await marked_copy(work, row.current_id)
        file = await working_file(work, row.current_id)
        archive = await archive_copy(work, row.current_id)
        digest = (await work.session.get_one(DocumentVersion, row.current_id)).digest
    with pikepdf.open(io.BytesIO(original)) as first, pikepdf.open(io.BytesIO(copy)) as pdf:
        assert len(pdf.pages) == len(first.pages) + 1
        assert "/Metadata" not in pdf.Root
    with pikepdf.open(io.BytesIO(archive)) as kept:
        meta, tags = kept.open_metadata(), [one.S for one in elements(kept.Root.StructTreeRoot)]
        words = f"Копия для архива, не подлинник. Версия 1, отпечаток {digest}."
        assert (kept.pdf_version, meta.pdfa_status, meta["dc:description"]) == ("1.4", "1A", words)
        assert (tags.count("/Table"), len(kept.pages)) == (1, 1)
        (table,) = (one for one in elements(kept.Root.StructTreeRoot) if one.S == "/Table")
        assert [[scope(one) if one.S == "/TH" else "" for one in row.K] for row in table.K] == [
            ["/Column"] * 3, *([["/Row", "", ""]] * 2)
        ]  # fmt: skip
    said = docx.Document(io.BytesIO(file))
    assert said.paragraphs[0].text.startswith("Не подлинник")
    assert [one.width for one in said.tables[0].columns] == [1605915, 1605915, 2274570]
    assert [[cell.text for cell in one.cells] for one in said.tables[0].rows] == [
        list(PLAIN[2].columns),
        *MEASURES,
    ]


@pytest.mark.parametrize(("sign", "said"), [("🚀", "🚀"), ("中", "中"), ("\ue000", "U+E000")])
async def test_a_sign_that_no_font_shows_is_named(
    open_test_region: OpenRegion, sign: str, said: str
) -> None:
    """At submission, by the kind's clause; a letter that quotes one has a box in its place."""
    people = await open_people(await open_test_region("kursk"))
    fields = {**TEXT, "measures": [[f"Осмотр {sign}", "", ""]]}
    number = await people.draft("passport", "block-responsible", block=BLOCK, fields=fields)
    before = await people.rows()
    with pytest.raises(Refusal) as found:
        await people.submit(number, "block-responsible")
    text = f"Знак «{said}» в подлиннике не напечатать: замените его"
    clause = found.value.clause
    assert (found.value.code, found.value.text, clause and clause.ref) == (
        "INVALID", text, "kursk.958/pol.3.5.4"
    )  # fmt: skip
    assert await people.rows() == before
    with pytest.raises(Refusal, match="не напечатать"):
        typesetting.require_printable(f"смета {sign}.pdf")
    letter = LetterSheet("Орган", "Ответ", f"Вы пишете: {sign}", None, SHEET.moment)
    with pikepdf.open(io.BytesIO(printed(letter))) as pdf:
        assert (len(pdf.pages), pdf.open_metadata().pdfa_status) == (1, "")


def test_a_sheet_without_a_table_is_printed_too() -> None:
    bare = Sheet(SHEET.centre, SHEET.kind, SHEET.title, PLAIN, TEXT, SHEET.moment)
    assert b64encode(typesetter().print(bare)).startswith(b"JVBERi")

"""Formulas that nobody has counted, as programs other than Excel write them into a book."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.failed import FAILED
from tests.core.appeals.exchange.test_layouts import WANTED, read

UNCOUNTED = "#CALC!"
MANIFEST = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
CELLS = {
    "<c r='A2'><f>1+1</f></c>": UNCOUNTED,
    "<c r='A2' s='0'><f>1+1</f><v></v></c>": UNCOUNTED,
    "<c r='A2'><f t='shared' si='0'/><v/></c>": UNCOUNTED,
    "<c r='A2'><f>1+1</f><v>2</v></c>": "2",
    "<c r='A2' t='str'><f>\"\"</f><v></v></c>": "",
    "<c r='A2'/>": "",
}


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_formula_without_a_result_is_no_blank(tmp_path: Path, cell: str, prefix: str) -> None:
    path = a_book(tmp_path / "plain.xlsx")
    written = re.sub("<(/?)([cfv])\\b", rf"<\1{prefix}\2", cell).encode()

    def changed(part: bytes) -> bytes:
        if prefix:
            part = re.sub(rb"<(/?)([a-z])", rb"<\1x:\2", part).replace(b"xmlns=", b"xmlns:x=")
        return re.sub(rb"""<(\w*:?)c r="A2"[^>]*>.*?</\1c>""", written.replace(b"'", b'"'), part)

    rewrite(path, tmp_path / "file.xlsx", changed)
    assert read(tmp_path / "file.xlsx")[1] == [(2, (CELLS[cell], "Яма", "10.11.2026"))]
    assert FAILED.fullmatch(UNCOUNTED)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<table:table-cell table:formula="of:=1"/>', UNCOUNTED),
        ('<table:table-cell table:formula="of:=1"></table:table-cell>', UNCOUNTED),
        ('<table:table-cell table:formula="of:=1" office:value-type="string"/>', ""),
        ("<table:table-cell/>", ""),
    ],
)
def test_the_same_of_ods(tmp_path: Path, cell: str, said: str) -> None:
    path = tmp_path / "file.ods"
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = (
        "".join(map(text.format, WANTED)),
        cell + text.format("Яма") + text.format("10.11.2026"),
    )
    names = ("office", "table", "text")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("META-INF/manifest.xml", MANIFEST)
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Л">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    assert read(path)[1] == [(2, (said, "Яма", "10.11.2026"))]


def test_a_table_of_xml_2003_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "file.xls"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        "<Worksheet><Table><Row/></Table></Worksheet></Workbook>"
    )
    with pytest.raises(Refusal) as refused:
        read(path)
    assert (refused.value.code, refused.value.text) == (
        RefusalCode.BROKEN_FILE,
        "Файл не читается: это «Таблица XML 2003». Сохраните её как XLSX или CSV.",
    )


def a_book(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, WANTED)
        sheet.write_row(1, 0, ["1", "Яма", "10.11.2026"])
    return path


def rewrite(path: Path, into: Path, change: object) -> None:
    """The same book with the parts that hold cells and texts changed."""
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(into, "w") as copy:
        for name in book.namelist():
            part = book.read(name)
            whole = "sheet1" in name or "sharedStrings" in name
            copy.writestr(name, change(part) if whole and callable(change) else part)

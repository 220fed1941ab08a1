"""Files as they come: every encoding, separator and accident, and where each row begins."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from core.appeals.exchange.tables import open_table
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.lines import LONGEST_RECORD
from core.kernel.tables.rows import Row, Unreadable
from core.kernel.tables.source import examine

BROKEN, MALFORMED = RefusalCode.BROKEN_FILE, RefusalCode.MALFORMED


def read(path: Path, content: bytes) -> tuple[list[str], list[Row | Unreadable]]:
    path.write_bytes(content)
    with open_table(examine(path)) as table:
        return list(table.columns), list(table.rows)


def shape(rows: list[Row | Unreadable]) -> list[tuple[int, object]]:
    """(line, cells) of a row, (line, code) of what is none."""
    return [(row.line, tuple(row.cells) if isinstance(row, Row) else row.code) for row in rows]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("utf-8-sig", ";"), ("cp1251", ";"), ("cp1251", ",")],
)
def test_encodings_and_separators(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = f"id{delimiter}текст\r\n1{delimiter}Яма на дороге\r\n2{delimiter}Ёлка\r\n"
    columns, rows = read(tmp_path / "file.csv", text.encode(encoding))
    assert columns == ["id", "текст"]
    assert shape(rows) == [(2, ("1", "Яма на дороге")), (3, ("2", "Ёлка"))]


def test_a_broken_byte_does_not_turn_utf8_into_another_encoding(tmp_path: Path) -> None:
    content = "id,текст\n1,Яма\n".encode() + b"2,\xff\xfe\n"
    columns, rows = read(tmp_path / "file.csv", content)
    assert columns == ["id", "текст"]
    assert shape(rows) == [(2, ("1", "Яма")), (3, ("2", "\udcff\udcfe"))]


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp866", "koi8-r", "iso8859-5", "mac_cyrillic"]
)
@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_other_encodings_are_told_from_content(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = f"id{delimiter}текст\r\n1{delimiter}Не горит фонарь на улице Полевой\r\n"
    columns, rows = read(tmp_path / "file.csv", text.encode(encoding))
    assert columns == ["id", "текст"]
    assert shape(rows) == [(2, ("1", "Не горит фонарь на улице Полевой"))]


@pytest.mark.parametrize("words", ["ТГ;ВК", "ЖЭК;Вк", "Е-мейл;ЕПГУ", "Щебёнка;Яр", "SMS;МКУ №5"])
def test_a_few_words_are_as_spreadsheets_write_them(tmp_path: Path, words: str) -> None:
    _, rows = read(tmp_path / "file.csv", f"from;to\n{words}\n".encode("cp1251"))
    assert shape(rows) == [(2, tuple(words.split(";")))]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("id;κείμενο\n1;Ελληνικά γράμματα εδώ\n".encode("cp1253"), "кодировка не распознана"),
        ("id;text\n1;Café stra\xdfe\n".encode("latin-1"), "кодировка не распознана"),
        ("id;текст\n1;Яма\n".encode().decode("cp1251").encode(), "сохранили снова"),
        ("id;текст\n1;Яма\n".encode().decode("latin-1").encode(), "сохранили снова"),
        (
            "id;text\n1;Не горит фонарь у подъезда\n".encode("koi8-r").decode("cp1251").encode(),
            "сохранили снова",
        ),
        (b"<html><table><tr><td>id</td></tr></table></html>", "страница HTML"),
        ("id;имя\n1;".encode("cp1251") + bytes([0x98, 0x81] * 20), "кодировка не распознана"),
        (b"%PDF-1.7 text", "документ PDF"),
        (gzip.compress(b"id;text", mtime=0), "это архив"),
    ],
)
def test_what_nobody_can_read_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=complaint) as refused:
        examine(path)
    assert refused.value.code is BROKEN


@pytest.mark.parametrize("header", ["a" * (LONGEST_RECORD + 1), '"a\n' + "b,\n" * LONGEST_RECORD])
def test_a_header_that_never_ends_is_refused(tmp_path: Path, header: str) -> None:
    with pytest.raises(Refusal, match="Заголовок") as refused:
        read(tmp_path / "file.csv", header.encode())
    assert refused.value.code is BROKEN


def test_an_empty_file_is_refused_and_a_bare_header_is_not(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        read(tmp_path / "empty.csv", b"")
    assert refused.value.code is BROKEN
    assert read(tmp_path / "header.csv", b"id,text\n") == (["id", "text"], [])
    assert read(tmp_path / "empty.jsonl", b"") == ([], [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            '1,"two\nlines",x\n2,b,y\n',
            [(2, ("1", "two\nlines", "x")), (4, ("2", "b", "y"))],
            id="a quoted newline: the next row starts two lines below",
        ),
        pytest.param(
            "1,a,x\n\n\n2,b,y\n",
            [(2, ("1", "a", "x")), (5, ("2", "b", "y"))],
            id="empty lines are no rows",
        ),
        pytest.param(
            '1,a "quoted" word,x\n2,b,y',
            [(2, ("1", 'a "quoted" word', "x")), (3, ("2", "b", "y"))],
            id="quotes inside a bare cell are letters",
        ),
        pytest.param(
            '1,"a "quoted" word",x\n2,b,y\n',
            [(2, MALFORMED), (3, ("2", "b", "y"))],
            id="quotes not doubled spoil their own row",
        ),
        pytest.param(
            '1,"never closed,x\n2,b,y\n3,c,z\n',
            [(2, MALFORMED), (3, ("2", "b", "y")), (4, ("3", "c", "z"))],
            id="a quote left open does not swallow the rows behind it",
        ),
        pytest.param(
            '1,"never closed,x\n2,"b",y\n3,c,z\n',
            [(2, MALFORMED), (3, ("2", "b", "y")), (4, ("3", "c", "z"))],
            id="nor those up to the next quote",
        ),
        pytest.param(
            "1,a\n2,b,y\n3,c,z,more\n4,d,w\n",
            [(2, ("1", "a", "")), (3, ("2", "b", "y")), (4, MALFORMED), (5, ("4", "d", "w"))],
            id="too few cells are blank at the end, too many are a fault",
        ),
        pytest.param(
            "1,a,x,,\n,,\n  , ,\nid,text,topic\n2,b,y\n",
            [(2, ("1", "a", "x")), (6, ("2", "b", "y"))],
            id="empty cells too many, lines of nothing and the header again",
        ),
        pytest.param(
            '1,a,x\n\ufeff"2",b\ufeff,y\n',
            [(2, ("1", "a", "x")), (3, ("2", "b", "y"))],
            id="a mark of byte order anywhere",
        ),
        pytest.param(
            '="000042","=""46-1""",x\n="1",=A1,"=""a""&""b"""\n',
            [(2, ("000042", "46-1", "x")), (3, ("1", "=A1", '="a"&"b"'))],
            id="a text that is quoted by a formula",
        ),
        pytest.param("1,a,x\n2,b", [(2, ("1", "a", "x")), (3, BROKEN)], id="cut within a row"),
        pytest.param(
            '1,a,x\n2,"b was\ncut here',
            [(2, ("1", "a", "x")), (3, BROKEN)],
            id="cut within quotes: one row, whatever its lines",
        ),
        pytest.param("1,a\x00b,x\n", [(2, ("1", "a\x00b", "x"))], id="NUL is for intake to refuse"),
    ],
)
def test_csv(tmp_path: Path, body: str, expected: list[tuple[int, object]]) -> None:
    columns, rows = read(tmp_path / "file.csv", f"id,text,topic\n{body}".encode())
    assert columns == ["id", "text", "topic"]
    assert shape(rows) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"id": 1, "text": "a"}\n{"id": "2"}\n', [(1, ("1", "a")), (2, ("2", ""))]),
        ('{"id": 1}\n\n{"id": 2.5, "a": null, "b": true}',
         [(1, ("1", "", "")), (3, ("2.5", "", "true"))]),
        ('{"id": 1}\n{"id": 2, "te', [(1, ("1",)), (2, BROKEN)]),
        ('{"id": \n{"id": 2}\n', [(1, MALFORMED), (2, ("2",))]),
        ('[1]\nnull\n"x"\n{"id": 2}\n', [*((n, MALFORMED) for n in (1, 2, 3)), (4, ("2",))]),
        ('{"id": {"deep": 1}}\n{"id": [1, "b"]}\n{"id": NaN}\n{"id": 4, "n": [{}]}\n',
         [(1, ("1", "")), (2, ("", "1; b")), (3, ("", "")), (4, ("", "4"))]),
        ("[" * 100_000 + '\n{"id": 2}\n', [(1, MALFORMED), (2, ("2",))]),
        ('{"id": ' + "1" * 10_000 + '}\n{"id": 2}\n', [(1, MALFORMED), (2, ("2",))]),
        ('{"id": "\\ud800"}\n', [(1, ("\ud800",))]),
    ],
)  # fmt: skip
def test_json_lines(tmp_path: Path, body: str, expected: list[tuple[int, object]]) -> None:
    assert shape(read(tmp_path / "file.jsonl", body.encode())[1]) == expected


def test_columns_of_json_lines_are_those_of_the_first_rows(tmp_path: Path) -> None:
    columns, _ = read(tmp_path / "file.jsonl", b'{"id": 1}\n{"id": 2, "text": "x"}\n')
    assert columns == ["id", "text"]


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_an_endless_record_is_passed_over(tmp_path: Path, suffix: str) -> None:
    endless = "x" * (3 * LONGEST_RECORD)
    good = "id,text\n1,a\n" if suffix == "csv" else '{"id": "1", "text": "a"}\n'
    after = "2,b\n" if suffix == "csv" else '{"id": "2", "text": "b"}\n'
    _, rows = read(tmp_path / f"file.{suffix}", f"{good}{endless}\n{after}".encode())
    first = 2 if suffix == "csv" else 1
    assert shape(rows) == [
        (first, ("1", "a")),
        (first + 1, MALFORMED),
        (first + 2, ("2", "b")),
    ]


def test_position_grows_to_the_size_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"id,text\n1,a\n")
    source = examine(path)
    with open_table(source) as table:
        assert len(list(table.rows)) == 1
        assert table.position == source.size == 12

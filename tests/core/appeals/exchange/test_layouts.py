"""Tables as they come: titles above, delimiters said or not, sheets of books, answers of APIs."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from core.appeals.exchange.tables import open_table
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.rows import Row, Unreadable
from core.kernel.tables.source import examine

DAY = datetime(2026, 1, 15)  # noqa: DTZ001 - a spreadsheet knows no zones
WANTED = ("Номер", "Текст", "Дата")


def read(
    path: Path, wanted: tuple[str, ...] = WANTED, sheet: str | None = None
) -> tuple[list[str], list[tuple[int, object]]]:
    with open_table(examine(path), wanted, sheet) as table:
        rows = [(row.line, row.cells if isinstance(row, Row) else row.code) for row in table.rows]
        return list(table.columns), [
            (line, tuple(cells) if isinstance(cells, list) else cells) for line, cells in rows
        ]


def text_file(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "columns", "first"),
    [
        ("sep=;\nНомер;Текст, суть;Дата\n1;а, б;в\n", ["Номер", "Текст, суть", "Дата"], 3),
        ("\ufeffsep=|\r\nНомер|Текст|Дата\r\n1|а, б|в\r\n", ["Номер", "Текст", "Дата"], 3),
        ("sep=,\nНомер;Текст;Дата\n1;а, б;в\n", ["Номер", "Текст", "Дата"], 3),
        ("Номер;Текст;Дата\r\n1;а, б;в\r\n\x1a", ["Номер", "Текст", "Дата"], 2),
        ("Отчёт, за год\n\nНомер;Текст;Дата\n1;а, б;в\n", ["Номер", "Текст", "Дата"], 4),
        ('"Отчёт\nза год";;\nНомер;Текст;Дата\n1;а, б;в\n', ["Номер", "Текст", "Дата"], 4),
        ("Номер\tТекст\tДата\n1\tа, б\tв\n", ["Номер", "Текст", "Дата"], 2),
        ("номер ;\u200bТЕКСТ;\xa0Дата\n1;а, б;в\n", ["номер", "ТЕКСТ", "Дата"], 2),
    ],
)
def test_where_a_table_begins(tmp_path: Path, text: str, columns: list[str], first: int) -> None:
    assert read(text_file(tmp_path, text)) == (columns, [(first, ("1", "а, б", "в"))])


def test_the_header_of_a_joined_file_is_no_row(tmp_path: Path) -> None:
    joined = "Номер;Текст\n1;а\n\ufeffНомер;Текст\n2;б\n"
    assert read(text_file(tmp_path, joined))[1] == [(2, ("1", "а")), (4, ("2", "б"))]


def test_a_file_joined_in_the_middle_of_a_line(tmp_path: Path) -> None:
    joined = "Номер;Текст\r\n1;а\ufeffНомер;Текст\r\n2;б\ufeffв\r\n"
    assert read(text_file(tmp_path, joined))[1] == [(2, ("1", "а")), (4, ("2", "бв"))]


def test_what_is_not_a_number_is_nothing(tmp_path: Path) -> None:
    """Programs write NaN for a value that there is not: it costs neither its row nor the file."""
    rows = '{{"Номер": "1", "Текст": "Яма", "Дата": {}}}'
    for text in (f"[{rows}, {rows}]", f"{rows}\n{rows}\n"):
        path = text_file(tmp_path, text.format("NaN", "-Infinity"), "file.json")
        assert [cells for _, cells in read(path)[1]] == [("1", "Яма", "")] * 2


@pytest.mark.parametrize("encoding", ["utf-32", "utf-16"])
def test_a_wide_text_with_its_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes("Номер;Текст;Дата\n1;Яма;в\n".encode(encoding))
    assert read(path)[1] == [(2, ("1", "Яма", "в"))]


MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def test_an_open_document(tmp_path: Path) -> None:
    path = tmp_path / "file.ods"
    row = "<table:table-row>{}</table:table-row>"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    day = (
        '<table:table-cell office:value-type="date" office:date-value="2026-01-15">'
        "<text:p>15.01.26</text:p></table:table-cell>"
    )
    rows = row.format("".join(map(cell.format, WANTED)))
    rows += row.format(cell.format("1") + cell.format("Яма") + day)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{MANIFEST}"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces}><office:body>'
            f'<office:spreadsheet><table:table table:name="Лист">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    assert read(path) == (list(WANTED), [(2, ("1", "Яма", date(2026, 1, 15).isoformat()))])


ONE, TWO = {"id": "1", "more": {"a": {"b": 2}}, "notes": [{}]}, {"id": "2", "tags": ["x", "y"]}
EXPECTED = ["id", "more.a.b", "tags"], [("1", "2", ""), ("2", "", "x; y")]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=2),
        "\ufeff  \n" + json.dumps([ONE, TWO], indent=1),
        json.dumps({"count": 2, "results": [ONE, TWO]}),
        json.dumps({"count": 2, "results": [ONE, TWO]}, indent=2),
        json.dumps(ONE) + "\n" + json.dumps(TWO) + "\n",
        json.dumps([{"request": ONE}, {"request": {"of": TWO}}]),
        json.dumps({"service_requests": [{"request": ONE}, TWO]}, indent=2),
        json.dumps({"request": ONE}) + "\n" + json.dumps({"request": TWO}) + "\n",
    ],
)
def test_json_in_all_its_forms(tmp_path: Path, text: str) -> None:
    columns, rows = read(text_file(tmp_path, text, "file.txt"))
    assert (columns, [cells for _, cells in rows]) == EXPECTED


def test_who_asks_for_the_envelope_gets_it(tmp_path: Path) -> None:
    path = text_file(tmp_path, json.dumps([{"request": {"id": "1"}}]), "file.json")
    assert read(path, ("request.id",)) == (["request.id"], [(1, ("1",))])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('[{"id": 1},\n {"id": 2},\n {"id": 3', [1, 2, RefusalCode.BROKEN_FILE]),
        ('[{"id": 1},\n 5,\n {"id": 3}]', [1, RefusalCode.MALFORMED, 3]),
        ('[{"id": 1}\n, nonsense, {"id": 3}]', [1, RefusalCode.BROKEN_FILE]),
        ("[]", []),
    ],
)
def test_broken_arrays(tmp_path: Path, text: str, lines: list[object]) -> None:
    _, rows = read(text_file(tmp_path, text, "file.json"))
    assert [line if isinstance(cells, tuple) else cells for line, cells in rows] == lines


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[{"id":', "Файл не читается: файл обрывается на этой строке."),
        ("[" * 100_000, "Файл не читается: файл обрывается на этой строке."),
        ("[[1], [2]]", "Файл не читается: строка не объект JSON."),
        ("[5, {}]\n", "Файл не читается: строка не объект JSON."),
        ("[{}, {}]", "Файл не читается: в его объектах нет ни одного поля."),
        ("", "Файл пуст"),
    ],
)
def test_what_holds_no_object_is_no_matter_of_columns(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text_file(tmp_path, text, "file.json"))
    assert (refused.value.code, refused.value.text) == (RefusalCode.BROKEN_FILE, why)


@pytest.mark.parametrize("text", ['[{"id": 1}]', '{"requests": [{"id": 1}]}', '{"id": 1}\n'])
def test_an_object_leaves_out_what_it_has_nothing_to_say_of(tmp_path: Path, text: str) -> None:
    source = examine(text_file(tmp_path, text, "file.json"))
    with open_table(source, ("id", "lat"), None, ("lat", "ID")) as table:
        assert (table.columns, table.absent) == (["id", "lat"], ["lat"])
        assert [row.cells for row in table.rows] == [["1", ""]]


def test_an_answer_without_objects_lacks_no_column(tmp_path: Path) -> None:
    assert read(text_file(tmp_path, "[]", "file.json"), ("id", "lat")) == (["id", "lat"], [])


def test_an_array_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    many = [{"id": str(number), "text": "я" * 500} for number in range(1000)]
    _, rows = read(text_file(tmp_path, json.dumps(many, ensure_ascii=False), "file.json"))
    assert [cells[0] for _, cells in rows] == [one["id"] for one in many]  # type: ignore[index]


XML = """<?xml version="1.0" encoding="utf-8"?>
<service_requests>
  <request><service_request_id>1</service_request_id><description>Яма &amp; лужа</description>
    <notes><note>а</note><note>б</note></notes></request>
  <request><service_request_id>2</service_request_id><description/></request>
</service_requests>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_georeport_in_xml(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "requests.xml"
    path.write_bytes(XML.replace("utf-8", encoding).encode(encoding))
    columns, rows = read(path)
    assert columns == ["service_request_id", "description", "notes.note", "notes"]
    assert [(line, cells[:2]) for line, cells in rows] == [  # type: ignore[index]
        (1, ("1", "Яма & лужа")),
        (2, ("2", "")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        XML[:200],
        '<!DOCTYPE a [<!ENTITY b "c">]><a><request><d>&b;</d></request></a>',
    ],
)
def test_broken_and_hostile_xml(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refusal, match="документ XML обрывается или составлен неверно") as refused:
        read(text_file(tmp_path, text, "requests.xml"))
    assert refused.value.code is RefusalCode.BROKEN_FILE


def test_xml_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    with open_table(examine(text_file(tmp_path, XML[:-40], "requests.xml"))) as table:
        first, last = table.rows
    assert isinstance(first, Row)
    assert isinstance(last, Unreadable)
    assert last.code is RefusalCode.BROKEN_FILE


MANY = {"meta": {"fields": [{"name": "id"}, {"name": "x"}]}, "data": {"items": [ONE, TWO]}}
DEEP = ({"data": {"items": [ONE, TWO]}, "status": "ok"}, MANY)


@pytest.mark.parametrize("content", DEEP, ids=["one list", "several lists"])
@pytest.mark.parametrize("indent", [None, 1])
def test_rows_deep_in_an_answer(tmp_path: Path, content: object, indent: int | None) -> None:
    """Which of several lists it is, the wanted columns say."""
    path = text_file(tmp_path, json.dumps(content, indent=indent), "file.json")
    columns, rows = read(path, ("id", "more.a.b"))
    assert (columns, [cells for _, cells in rows]) == EXPECTED


def test_a_list_inside_of_one_request_is_not_its_rows(tmp_path: Path) -> None:
    one = {"id": "1", "text": "Яма", "agency": {"recipient": [{"id": "7"}]}}
    path = text_file(tmp_path, json.dumps(one), "file.json")
    assert read(path, ("id", "text")) == (["id", "text"], [(1, ("1", "Яма"))])


def test_objects_one_after_another_over_many_lines(tmp_path: Path) -> None:
    text = "\n".join(json.dumps(one, indent=1) for one in (ONE, TWO))
    columns, rows = read(text_file(tmp_path, text, "file.json"))
    assert (columns, [cells for _, cells in rows]) == EXPECTED


def test_an_answer_of_one_line_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    many = [{"id": str(number), "text": "я" * 500} for number in range(300)]
    text = json.dumps({"service_requests": many}, ensure_ascii=False)
    _, rows = read(text_file(tmp_path, text, "file.json"))
    assert [(line, cells[0]) for line, cells in rows] == [  # type: ignore[index]
        (number + 1, one["id"]) for number, one in enumerate(many)
    ]


def test_an_answer_that_breaks_off_is_said(tmp_path: Path) -> None:
    cut = json.dumps({"results": [ONE]}, indent=1)[:-9]
    with pytest.raises(Refusal, match="файл обрывается или это не JSON") as refused:
        read(text_file(tmp_path, cut, "file.json"))
    assert refused.value.code is RefusalCode.BROKEN_FILE

"""What a field of a document may hold: a value, and what is wrong with it, a row each."""

from __future__ import annotations

import pytest

from core.documents.rules.content import (
    LONGEST_CELL,
    LONGEST_TEXT,
    MOST_ROWS,
    DocumentField,
    FieldForm,
    faults,
)

TEXT = DocumentField("text", "Итог")
NOTE = DocumentField("text", "Итог", required=False)
DAY = DocumentField("day", "День", FieldForm.DAY)
TABLE = DocumentField("table", "План", FieldForm.TABLE, columns=("Мера", "Срок"))
CELL = "В ячейке таблицы «План» — не текст или он слишком длинный"
WIDTH = "В строке таблицы «План» должно быть ячеек: 2"


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        (TEXT, "а" * LONGEST_TEXT, None),
        (TEXT, "а" * (LONGEST_TEXT + 1), "«Итог» длиннее 20000 знаков"),
        (TEXT, "", "Не заполнено «Итог»"),
        (TEXT, " ", "«Итог» — не текст"),
        (TEXT, 7, "«Итог» — не текст"),
        (NOTE, None, None),
        (DAY, "2026-02-28", None),
        (DAY, "2026-02-29", "«День» — дата вида ГГГГ-ММ-ДД"),
        (DAY, "20260228", "«День» — дата вида ГГГГ-ММ-ДД"),
        (TABLE, [["Мера", ""]], None),
        (TABLE, [["а" * LONGEST_CELL, ""]], None),
        (TABLE, [["а" * (LONGEST_CELL + 1), ""]], CELL),
        (TABLE, [["Мера", 1]], CELL),
        (TABLE, [["Мера"]], WIDTH),
        (TABLE, ["Мера"], WIDTH),
        (TABLE, [[" ", "Срок"]], "В таблице «План» первая ячейка строки пуста"),
        (TABLE, [["Мера", ""]] * MOST_ROWS, None),
        (TABLE, [["Мера", ""]] * (MOST_ROWS + 1), "«План» — таблица не больше чем из 500 строк"),
        (TABLE, "Мера", "«План» — таблица не больше чем из 500 строк"),
    ],
)
def test_what_a_field_may_hold(field: DocumentField, value: object, fault: str | None) -> None:
    assert field.fault(value) == fault


def test_a_draft_need_not_be_whole_but_holds_no_other_fields() -> None:
    given = {"x": "1", "day": "вчера"}
    said = ["Поля «x» у этого вида нет", "«День» — дата вида ГГГГ-ММ-ДД"]
    assert [*faults((TEXT, DAY), given, whole=False)] == said
    assert [*faults((TEXT, DAY), given)] == [said[0], "Не заполнено «Итог»", said[1]]

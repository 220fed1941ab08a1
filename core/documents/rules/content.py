"""What a document says: its fields, and what each of them may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.kernel.texts import readable
from core.law.russian import Code

LONGEST_TEXT = 20_000
LONGEST_CELL = 1_000
MOST_ROWS = 500


class FieldForm(Code):
    """In which form a field is filled in."""

    TEXT = "text", "текст"
    DAY = "day", "дата"
    TABLE = "table", "таблица"


@dataclass(frozen=True, slots=True)
class DocumentField:
    """A field under its heading; `columns` are the heads of a table, the first names its rows."""

    key: str
    name: str
    form: FieldForm = FieldForm.TEXT
    required: bool = True
    columns: tuple[str, ...] = ()

    def fault(self, value: Any, *, whole: bool = True) -> str | None:
        """What is wrong with the value, in Russian; a draft need not be `whole` yet."""
        if value in (None, "", []):
            return f"Не заполнено «{self.name}»" if whole and self.required else None
        if self.form is FieldForm.TABLE:
            return self._fault_of_table(value)
        if not isinstance(value, str) or not readable(value) or not value.strip():
            return f"«{self.name}» — не текст"
        if len(value) > LONGEST_TEXT:
            return f"«{self.name}» длиннее {LONGEST_TEXT} знаков"
        if self.form is FieldForm.DAY and not _is_day(value):
            return f"«{self.name}» — дата вида ГГГГ-ММ-ДД"
        return None

    def _fault_of_table(self, value: Any) -> str | None:
        if not isinstance(value, list) or len(value) > MOST_ROWS:
            return f"«{self.name}» — таблица не больше чем из {MOST_ROWS} строк"
        for row in value:
            if not isinstance(row, list) or len(row) != len(self.columns):
                return f"В строке таблицы «{self.name}» должно быть ячеек: {len(self.columns)}"
            for cell in row:
                if not isinstance(cell, str) or len(cell) > LONGEST_CELL or not readable(cell):
                    return f"В ячейке таблицы «{self.name}» — не текст или он слишком длинный"
            if not row[0].strip():
                return f"В таблице «{self.name}» первая ячейка строки пуста"
        return None


def faults(
    fields: tuple[DocumentField, ...], given: Mapping[str, Any], *, whole: bool = True
) -> Iterator[str]:
    """What keeps these values from being the content of a document."""
    known = {field.key for field in fields}
    yield from (f"Поля «{key}» у этого вида нет" for key in sorted(given) if key not in known)
    yield from filter(None, (one.fault(given.get(one.key), whole=whole) for one in fields))


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False

"""What another system's words mean: a list of two columns, in any kind of file that is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.appeals.exchange.tables import open_table
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.heading import alike, seen
from core.kernel.tables.rows import Row, Unreadable
from core.kernel.tables.source import examine
from core.kernel.unreadable import why

FROM, TO = "from", "to"


@dataclass(frozen=True, slots=True)
class ValueMap:
    """What another system's words mean: cells of `field` become keys of `into`.

    `name` is the file that says so.
    """

    field: str
    into: str
    keys: Mapping[str, str]
    name: str = ""

    def key(self, cell: str) -> str:
        """The key for a cell, letter case and spaces apart; empty where none is given."""
        return self.keys.get(folded(cell), "")


def folded(cell: str) -> str:
    """A word of another system without the differences that do not matter."""
    return seen(cell).casefold().replace("ё", "е")


def wrong(text: str) -> Refusal:
    """The refusal of a mapping; nothing has been read yet."""
    return Refusal(RefusalCode.WRONG_MAPPING, f"Неверное соответствие полей: {text}")


def load_keys(path: Path) -> dict[str, str]:
    """The keys of a list by its folded words; WRONG_MAPPING where it is none."""
    try:
        with open_table(examine(path), (FROM, TO)) as table:
            columns = [alike(name) for name in table.columns]
            if FROM not in columns or TO not in columns:
                there = ", ".join(f"«{name}»" for name in table.columns)
                text = f"{path.name} не читается: нужны столбцы from и to, а есть {there}"
                raise wrong(text)
            return _keys(path.name, columns.index(FROM), columns.index(TO), table.rows)
    except OSError as error:
        raise wrong(f"{path.name or path} не читается ({why(error)})") from error
    except Refusal as refusal:
        if refusal.code is RefusalCode.WRONG_MAPPING:
            raise
        raise wrong(f"{path.name}: {refusal.text}") from refusal


def _keys(name: str, word: int, key: int, rows: Iterable[Row | Unreadable]) -> dict[str, str]:
    keys: dict[str, str] = {}
    for row in rows:
        if isinstance(row, Unreadable):
            raise wrong(f"{name}, строка {row.line}: {row.reason}")
        said, meant = folded(row.cells[word]), seen(row.cells[key])
        if keys.setdefault(said, meant) != meant:
            text = f"{name}, строка {row.line}: «{row.cells[word].strip()}» переведено двояко"
            raise wrong(text)
    return keys

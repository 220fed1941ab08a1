"""How another system's columns become our fields, checked and ready for rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from core.appeals.exchange.dates import BadCell, Convert, Dates
from core.appeals.exchange.fields import BLANK, IMPORT, MOMENTS, TITLES, converters
from core.appeals.exchange.pins import Around
from core.appeals.exchange.value_lists import ValueMap, folded
from core.kernel.codes import RefusalCode
from core.kernel.tables.failed import FAILED
from core.kernel.tables.heading import UNSEEN

JOINED = "\n"
"""Between the columns of which a text is composed."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field comes from: its columns, the value map over them, else its constant.

    `attribute` is what a new appeal calls it, `blank` what it holds where nothing is given,
    `blanks` the words that say nothing, `required` if a blank cell is a fault of its own here.
    """

    field: str
    attribute: str
    names: Sequence[str]
    values: ValueMap | None
    constant: str
    convert: Convert
    blank: object
    blanks: frozenset[str]
    required: bool

    def value(self, cell: str) -> object:
        """What a cell says; BadCell where it is no value of the field."""
        if self._says_nothing(cell):
            cell = ""
        elif "#" in cell and any(map(FAILED.fullmatch, cell.split(JOINED))):
            reason = f"значения нет: формула в файле не посчитана, «{cell.strip()}»"
            raise BadCell(RefusalCode.INVALID, reason)
        elif self.values:
            cell = self._translated(cell)
        cell = cell or self.constant
        if cell:
            return self.convert(cell)
        if self.required:
            raise BadCell(RefusalCode.INVALID, f"ячейка пуста, а нужно: {TITLES[self.field]}")
        return self.blank

    def _says_nothing(self, cell: str) -> bool:
        if not cell.strip(UNSEEN):
            return True
        return bool(self.blanks) and folded(cell) in self.blanks

    def _translated(self, cell: str) -> str:
        assert self.values is not None
        key = self.values.key(cell)
        if not key and self.field == "channel" and not self.constant:
            reason = f"слова «{cell.strip()}» нет в списке {self.values.name}"
            raise BadCell(RefusalCode.UNKNOWN_CHANNEL, reason)
        return key


@dataclass(frozen=True)
class FieldMap:
    """A checked mapping: our fields' columns and constants, value maps, how dates are written.

    `header` are all the columns of the file; `blanks` words that say nothing; `asking` are the
    channels whose rows must say themselves whether they are appeals or messages; `around` is where
    the region lies.
    """

    header: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    values: tuple[ValueMap, ...]
    dates: Dates
    blanks: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    around: Around | None = None

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The columns of the file that are read, and where in a row they stand."""
        names = (name for names in self.columns.values() for name in names)
        return {name: self.header.index(name) for name in names}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every field that is filled, in the order of the mapping."""
        maps = {value_map.into: value_map for value_map in self.values}
        columns = {**self.columns, **{into: self.columns[m.field] for into, m in maps.items()}}
        constants = {**dict.fromkeys(columns, ""), **self.constants}
        values = converters(self.dates)
        return tuple(
            Source(
                field,
                f"{field}_at" if field in MOMENTS else field,
                columns.get(field, ()),
                maps.get(field),
                "" if constant.isspace() or (field, constant) == ("received", IMPORT) else constant,
                values[field],
                BLANK.get(field),
                self.blanks,
                required=field in ("received", "channel") and constant != IMPORT,
            )
            for field, constant in constants.items()
        )

    @property
    def fingerprint(self) -> str:
        """Names the mapping's contents, value maps included."""
        values = [(v.field, v.into, sorted(v.keys.items())) for v in self.values]
        parts = (sorted(self.columns.items()), sorted(self.constants.items()), values)
        said = (self.dates.zone.key, self.dates.patterns, sorted(self.blanks))
        return hashlib.sha256(repr((*parts, *said)).encode()).hexdigest()


def column_of(mapping: FieldMap, fields: Sequence[str]) -> str:
    """What the file calls these fields; a field that is a constant or a translation, its own."""
    translated = {value_map.into: value_map.field for value_map in mapping.values}
    given = {*mapping.columns, *mapping.constants, *translated}
    names = (
        mapping.columns.get(translated.get(field, field), (field,))
        for field in fields
        if field in given
    )
    return ", ".join(dict.fromkeys(name for group in names for name in group))

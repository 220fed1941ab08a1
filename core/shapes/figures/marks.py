"""How the value of a cell is to be read, after the observation status of SDMX."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from core.law.russian import Code


class CellMark(Code):
    """What stands behind a cell; nothing but a value and a zero may be reckoned with."""

    VALUE = "value", "значение"
    ZERO = "zero", "ноль"
    MISSING = "missing", "нет данных: значение ещё не достигнуто или учёта тогда не было"
    NOT_APPLICABLE = "not_applicable", "не применимо: считать не из чего"
    HIDDEN = "hidden", "скрыто: меньше десяти"
    TOO_FEW = "too_few", "случаев мало, чтобы назвать значение"
    PROVISIONAL = "provisional", "предварительно: период не закончился"
    REVISED = "revised", "пересмотрено: прежде было другое"
    BREAK = "break", "не весь период: первые обращения поступили позже его начала"
    NO_PLACE = "no_place", "без места: муниципальное образование не указано"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, None where its mark says why; `cases` it stands on, None where they are hidden."""

    value: Fraction | None
    cases: int | None
    mark: CellMark


def cell(value: Fraction | None, cases: int, *, provisional: bool = False) -> Cell:
    """The cell of this value: without one nothing is there to reckon with, or nothing yet."""
    if value is None:
        return Cell(None, cases, CellMark.MISSING if cases else CellMark.NOT_APPLICABLE)
    if provisional:
        return Cell(value, cases, CellMark.PROVISIONAL)
    return Cell(value, cases, CellMark.VALUE if value else CellMark.ZERO)

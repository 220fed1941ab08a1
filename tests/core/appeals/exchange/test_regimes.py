"""Regimes in files: what a row may say of them, and which cell is refused."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from core.appeals.exchange.dates import BadCell, Dates
from core.appeals.exchange.fields import converters
from core.appeals.intake.new import NewAppeal
from core.appeals.rules.intake import Identification

CONVERT = converters(Dates(ZoneInfo("UTC")))


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("identified_by", " ESIA ", Identification.ESIA),
        ("identified_by", "reception", Identification.RECEPTION),
        ("anonymous", "да", True),
        ("anonymous", "0", False),
        ("anonymous", "ИСТИНА", True),
        ("anonymous", "Ложь", False),
        ("offence", "TRUE", True),
        ("offence", "нет", False),
        ("order", " services ", "services"),
    ],
)
def test_a_cell_becomes_a_value(field: str, cell: str, value: object) -> None:
    assert CONVERT[field](cell) == value


@pytest.mark.parametrize(
    ("field", "cell"), [("identified_by", "паспорт"), ("anonymous", "возможно"), ("offence", "2")]
)
def test_a_cell_that_is_no_value(field: str, cell: str) -> None:
    with pytest.raises(BadCell):
        CONVERT[field](cell)


def test_what_is_not_said_leaves_the_fingerprint_as_it_was() -> None:
    plain = NewAppeal("letter", "п-1", "Яма")
    told = [
        plain._replace(anonymous=True),
        plain._replace(offence=True),
        plain._replace(order="services"),
        plain._replace(identified_by=Identification.PAPER),
    ]
    known = "83fcae16d029948f7547ec211fcdcb22302774ca1812a798e963c4944f525cbc"
    assert plain.digest() == known
    assert len({new.digest() for new in (plain, *told)}) == 5

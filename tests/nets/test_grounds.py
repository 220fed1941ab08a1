"""Grounds that were text: read apart where they say so, kept as they are where they do not."""

from __future__ import annotations

from datetime import date

import pytest

from core.kernel.codes import ActKind
from core.shapes.chains.rules import Ground
from migrations.before_chains import parsed, text_of

ON = date(2026, 3, 1)


@pytest.mark.parametrize("kind", ActKind)
@pytest.mark.parametrize("number", ["12-па", "3 от 02.02.2026", "№ 5 от № 6", "а от б от в"])
def test_what_the_product_wrote_is_read_apart(kind: ActKind, number: str) -> None:
    text = Ground(kind, number, ON).text
    found = parsed(text)
    assert found == {"ground_kind": kind.value, "ground_number": number, "ground_date": ON}
    assert text_of({**found, "ground_text": None}) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "постановление № 5",
        "Демонстрационный приказ № 1",
        "постановление № 12-па от 31.02.2026",
        "постановление № 12-па от 01.03.2026 г.",
        "указ № 12-па от 01.03.2026",
        "постановление №  12-па от 01.03.2026",
        "постановление №  от 01.03.2026",
        "постановление № 12-па от 01.03.26",
    ],
)
def test_what_says_it_otherwise_stays_as_text(text: str) -> None:
    assert parsed(text) is None
    assert text_of({"ground_kind": None, "ground_text": text}) == text

"""The card of a personal reception by itself: what is wrong with one, a row a rule of art. 13."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.appeals.rules.grounds import EarlierAnswer
from core.appeals.rules.receptions import Card, IdentityDocument, fault_of_card, lacks_consent

SHOWN = IdentityDocument.PASSPORT
ORAL: dict[str, Any] = {"oral_answer": "Ремонт назначен", "obvious": True, "consent": True}
EARLIER = EarlierAnswer("12-п", date(2026, 1, 12))
ONE_END = "Приём заканчивают одним: устным ответом, разъяснением или отказом в рассмотрении"
WRITTEN = "Письменное обращение, принятое на личном приёме, регистрируют и рассматривают"

CARDS: dict[str, tuple[dict[str, Any], str | None]] = {
    "a plain card": ({}, None),
    "an oral answer": (ORAL, None),
    "explained": ({"explained": "В суд, по месту жительства"}, None),
    "answered before": ({"earlier": EARLIER}, None),
    "written": ({"written": True}, None),
    "no document": (
        {"document": None},
        "На личном приёме гражданин предъявляет документ, удостоверяющий личность",
    ),
    "two ends": ({**ORAL, "explained": "В суд"}, ONE_END),
    "two other ends": ({"explained": "В суд", "earlier": EARLIER}, ONE_END),
    "written and ended": ({**ORAL, "written": True}, WRITTEN),
    "written and refused": ({"earlier": EARLIER, "written": True}, WRITTEN),
    "an empty explanation": (
        {"explained": " "},
        "Укажите, куда и в каком порядке гражданину следует обратиться",
    ),
    "an empty answer": (
        {**ORAL, "oral_answer": " "},
        "Устный ответ вносится в карточку личного приёма",
    ),
    "not obvious": (
        {**ORAL, "obvious": False},
        "Устно отвечают, если факты очевидны и не требуют дополнительной проверки",
    ),
}


@pytest.mark.clause("fz59/13")
@pytest.mark.parametrize(("changes", "fault"), CARDS.values(), ids=CARDS)
def test_what_is_wrong_with_a_card(changes: dict[str, Any], fault: str | None) -> None:
    assert fault_of_card(Card(**{"official": 1, "document": SHOWN, **changes})) == fault


@pytest.mark.clause("fz59/13")
@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, False),
        ({"consent": True}, False),
        (ORAL, False),
        ({**ORAL, "consent": False}, True),
        ({"oral_answer": "Ремонт назначен", "obvious": True}, True),
    ],
)
def test_an_oral_answer_needs_consent_that_was_given(changes: dict[str, Any], lacks: bool) -> None:
    assert lacks_consent(Card(1, SHOWN, **changes)) is lacks

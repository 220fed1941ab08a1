"""What every letter of the polygon has around its words."""

from __future__ import annotations

STATUTE = (
    "Федерального закона от 02.05.2006 № 59-ФЗ «О порядке рассмотрения обращений граждан "
    "Российской Федерации»"
)
CHIEF = "Руководитель органа, Проверочный chief"
MINISTRY = "Министерство полигона"
CENTRE = "Центр управления полигоном"


def letter(
    *paragraphs: str,
    of: str = "ПЛ-2026-000001/1",
    on: str = "02.03.2026",
    sender: str = MINISTRY,
    signer: str = CHIEF,
) -> str:
    """The whole letter: from whom, its outgoing number and day, its words, who signs."""
    return "\n\n".join([f"{sender}\nИсх. № {of} от {on}", *paragraphs, *filter(None, [signer])])

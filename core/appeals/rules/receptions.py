"""Personal reception: what its card holds and when an oral answer is enough (59-ФЗ, art. 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.appeals.rules.grounds import EarlierAnswer
from core.appeals.rules.intake import Channel
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code


class IdentityDocument(Code):
    """What a citizen shows; neither its number nor anything else of it is kept."""

    PASSPORT = "passport", "паспорт гражданина Российской Федерации"
    TEMPORARY = "temporary", "временное удостоверение личности"
    FOREIGN = "foreign", "паспорт иностранного гражданина"
    RESIDENCE = "residence", "вид на жительство"
    OTHER = "other", "иной документ, удостоверяющий личность"


@dataclass(frozen=True, slots=True)
class Card:
    """What is entered beside the content: `official` is the id of the person who received.

    `obvious` says that the facts need no check, `consent` that the citizen agreed to be answered
    orally; then there is an `oral_answer`. `written` says that a written appeal was handed in
    (13 ч. 4), `explained` where and how to turn with what is not the body's (13 ч. 5), `earlier`
    which answer on the merits there was, so that no more is considered (13 ч. 6).
    """

    official: int
    document: IdentityDocument | None
    obvious: bool = False
    consent: bool = False
    oral_answer: str | None = None
    written: bool = False
    explained: str | None = None
    earlier: EarlierAnswer | None = None

    @property
    def ends(self) -> int:
        """In how many ways it says that the reception itself was the end of the matter."""
        ways = (self.oral_answer, self.explained, self.earlier)
        return sum(way is not None for way in ways)


@dataclass(frozen=True)
class ReceptionRule(Rule):
    """What comes through this channel (the key) was told at a reception and has a card."""

    code: ClassVar[str] = "reception"
    heading: ClassVar[str] = "Личный приём"

    key: Annotated[str, To(Channel)]

    def sentence(self) -> str:
        """What it orders, in words."""
        return (
            "предъявляется документ, удостоверяющий личность, заполняется карточка; на очевидные "
            "факты с согласия гражданина отвечают устно, в остальных случаях письменно"
        )


def fault_of_card(card: Card) -> str | None:
    """Why the card is not one that the statute knows, as a Russian sentence; None where it is."""
    if card.document is None:
        return "На личном приёме гражданин предъявляет документ, удостоверяющий личность"
    if card.ends > 1:
        return "Приём заканчивают одним: устным ответом, разъяснением или отказом в рассмотрении"
    if card.written and card.ends:
        return "Письменное обращение, принятое на личном приёме, регистрируют и рассматривают"
    if card.explained is not None and not card.explained.strip():
        return "Укажите, куда и в каком порядке гражданину следует обратиться"
    if card.oral_answer is None:
        return None
    if not card.oral_answer.strip():
        return "Устный ответ вносится в карточку личного приёма"
    if not card.obvious:
        return "Устно отвечают, если факты очевидны и не требуют дополнительной проверки"
    return None


def lacks_consent(card: Card) -> bool:
    """Whether an oral answer was given to a citizen who did not agree to one."""
    return card.oral_answer is not None and not card.consent

"""Who may decide in a centre, and the acts by which decisions are taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.rules.russian import Code


class Authority(Code):
    """Who takes a step. Persons of the centre bear the name of their role; others are outside."""

    CURATOR = "curator", "куратор"
    EXECUTOR = "executor", "ответственный исполнитель"
    HEAD = "head", "руководитель центра"
    BLOCK_RESPONSIBLE = "block-responsible", "ответственный за блок"
    OWNING_BODY = "owning-body", "орган-владелец тематики"
    BODY = "body", "названный орган"
    GOVERNOR = "governor", "Губернатор"
    ADMINISTRATION = "administration", "Администрация области"
    GOVERNMENT = "government", "Правительство"
    REGION = "region", "регион"
    COMPETENCE_CENTRE = "competence-centre", "центр компетенций"
    MINISTRY = "ministry", "Министерство"
    CENTRE = "centre", "центр"
    KEEPER = "keeper", "ведущий справочник"

    @property
    def of_the_centre(self) -> bool:
        """Whether it is a role of the centre, held by a person who acts here himself."""
        return self in OF_THE_CENTRE

    @property
    def is_body(self) -> bool:
        """Whether a body of the directory decides."""
        return self in (Authority.OWNING_BODY, Authority.BODY)

    def covers(self, other: Authority) -> bool:
        """Whether a step that this one is to take may be taken by the other.

        Whether a body owns the theme is asked beside it.
        """
        region = self is Authority.REGION and other in OF_THE_REGION
        owner = self is Authority.OWNING_BODY and other is Authority.BODY
        return other is self or region or owner


OF_THE_CENTRE = frozenset(
    {Authority.CURATOR, Authority.EXECUTOR, Authority.HEAD, Authority.BLOCK_RESPONSIBLE}
)
OF_THE_REGION = frozenset({Authority.GOVERNOR, Authority.ADMINISTRATION, Authority.GOVERNMENT})


class ActKind(Code):
    """What kind of act a decision is written in."""

    GOVERNOR_ORDER = "governor_order", "распоряжение Губернатора"
    RESOLUTION = "resolution", "постановление"
    ORDER = "order", "приказ"
    DECISION = "decision", "решение"
    LETTER = "letter", "письмо"
    INTERNAL = "internal", "внутренний акт центра"


@dataclass(frozen=True, slots=True)
class Ground:
    """The act on which a decision stands."""

    kind: ActKind
    number: str
    date: date

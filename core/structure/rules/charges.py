"""What the acts charge roles and bodies with, and for what a person answers with his name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.directory.rules.bodies import Body
from core.kernel.codes import Authority
from core.kernel.rules.roles import Role
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code


class Charge(Code):
    """An object for which persons of the centre answer (variations, section 4)."""

    CENTRE = "centre", "создание и работа центра"
    ROADMAP = "roadmap", "мероприятия дорожной карты"
    MEASURES = "measures", "мероприятия по созданию и работе центра"
    BLOCK = "block", "работа блока"
    INDICATORS = "indicators", "показатели работы центра"
    UNIT_INDICATORS = "unit_indicators", "показатели подразделения центра компетенций"


class Degree(Code):
    """How far one answers, from the least to the most."""

    CONTRIBUTES = "contributes", "способствует"
    ENSURES = "ensures", "обеспечивает"
    ANSWERS = "answers", "отвечает"
    PERSONALLY = "personally", "несёт персональную ответственность"

    @property
    def weight(self) -> int:
        """Its place from the least."""
        return list(Degree).index(self)


@dataclass(frozen=True)
class Responsibility(Rule):
    """The holder of a role answers for an object; the key is `<object>/<role>`.

    Several may hold at once. A role of blocks answers for its own block alone.
    """

    code: ClassVar[str] = "responsibility"
    heading: ClassVar[str] = "Кто за что отвечает"

    charge: Charge
    role: Annotated[str, To(Role)]
    degree: Degree = Degree.PERSONALLY

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"`{self.role}` {self.degree.label}: {self.charge.label}"

    def no_looser_than(self, other: Responsibility) -> bool:
        """The same role for the same object, no less than before."""
        same = (self.charge, self.role) == (other.charge, other.role)
        return same and self.degree.weight >= other.degree.weight


@dataclass(frozen=True)
class Mandate(Rule):
    """Work that an act gives to a role of the centre or to a body; the key begins with it."""

    code: ClassVar[str] = "mandate"
    heading: ClassVar[str] = "Поручения"
    only_said: ClassVar[bool] = True

    holder: Annotated[str, To(Role, Body, also={Authority.COMPETENCE_CENTRE})]
    what: str
    body: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"`{self.holder}` {self.what}"


@dataclass(frozen=True)
class Foundation(Rule):
    """What the centre is and on what it stands, as the act says it."""

    code: ClassVar[str] = "foundation"
    heading: ClassVar[str] = "Что такое центр"
    only_said: ClassVar[bool] = True

    says: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return self.says

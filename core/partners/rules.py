"""Partners as law: in which ways an act has the centre deal with a body that is not above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.directory.rules.bodies import Body
from core.documents.rules import DocumentKind
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code


class DealingForm(Code):
    """In which way the two deal with each other."""

    EXCHANGE = "exchange", "обмен информацией"
    MEETING = "meeting", "консультация или рабочая встреча"
    GROUP = "group", "совещательный орган или рабочая группа"
    DOCUMENT = "document", "совместный рабочий документ"


@dataclass(frozen=True)
class PartnerDealing(Rule):
    """A way of dealing with a partner, a body; what comes of it may be a document of a kind.

    It is a counterpart, not a superior: to approve the centre's own documents it has no clause.
    """

    code: ClassVar[str] = "partner-dealing"
    heading: ClassVar[str] = "Взаимодействие с партнёром"
    noun: ClassVar[str] = "способ взаимодействия"

    partner: Annotated[str, To(Body)]
    form: DealingForm
    document: Annotated[str | None, To(DocumentKind)] = None

    def sentence(self) -> str:
        """What it orders, in words."""
        kind = f", документ вида `{self.document}`" if self.document else ""
        return f"с `{self.partner}`: {self.form.label}{kind}"

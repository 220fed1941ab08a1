"""With which signature a decision is made: the simple one of the login, and a port for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.appeals.rules.signatures import SignatureKind
from core.documents.model import DocumentSignature, DocumentVersion
from core.documents.rules.equality import PortalEquality
from core.kernel.work import Work
from core.shapes.chains.model import DecisionRecord

LOGIN = "login"
"""As strong as the way in which whoever decides has entered the system."""


class Signing(Protocol):
    """Signs a decision on the original; refuses a signature that it cannot verify."""

    async def sign(
        self, work: Work, version: DocumentVersion, decision: DecisionRecord
    ) -> DocumentSignature:
        """Keep the signature beside the decision."""


@dataclass(frozen=True, slots=True)
class SimpleSignature:
    """63-ФЗ, ст. 5 ч. 2: made by the login, which says who decided; forceful where an act says."""

    async def sign(
        self, work: Work, version: DocumentVersion, decision: DecisionRecord
    ) -> DocumentSignature:
        """Keep which signature it was, how strong, and the act that gives it force (R64)."""
        equal = work.rules.find(PortalEquality, "portal", work.today)
        row = DocumentSignature(
            decision_id=decision.id,
            kind=SignatureKind.SIMPLE,
            provider="tsur",
            strength=LOGIN,
            clause=equal.clause.ref if equal else None,
            detached=None,
            at=work.now,
        )
        work.session.add(row)
        await work.session.flush()
        return row


SIMPLE = SimpleSignature()

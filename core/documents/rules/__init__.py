"""Documents as law."""

from __future__ import annotations

from core.documents.rules.content import DocumentField, FieldForm
from core.documents.rules.equality import PortalEquality
from core.documents.rules.kinds import (
    PLAIN,
    DocumentDeed,
    DocumentKind,
    DocumentStep,
    agrees,
    approves,
    step,
)
from core.law.periods import Periodicity

__all__ = [
    "PLAIN",
    "DocumentDeed",
    "DocumentField",
    "DocumentKind",
    "DocumentStep",
    "FieldForm",
    "Periodicity",
    "PortalEquality",
    "agrees",
    "approves",
    "step",
]

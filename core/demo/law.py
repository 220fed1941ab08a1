"""The few rules that the invented lives keep to, looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.appeals.rules.answers import EvidenceRule, SurveyRule
from core.appeals.rules.handling import TransferRule
from core.appeals.rules.lifecycle import Transition
from core.appeals.rules.terms import ProlongationLimit
from core.kernel.rules.roles import Role
from core.law.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Law:
    """Clauses of the steps (full refs by their keys), limits, what proves a solution, who signs."""

    clauses: Mapping[str, str]
    prolongation: ProlongationLimit
    survey: SurveyRule
    transfers: TransferRule
    evidence: Mapping[str, frozenset[str]]
    signatory: str

    def proof(self, theme: str | None) -> frozenset[str]:
        """The kinds of evidence that a solved case of this theme needs."""
        return self.evidence.get(theme or "*", self.evidence["*"])


def law_of(rules: Rulebook, on: date) -> Law:
    """The rules in force on a local day; UnknownRule where the law is silent."""
    prolongation = rules.get(ProlongationLimit, "answer", on)
    clauses = {step.key: step.clause.ref for step in rules.all(Transition, on)}
    return Law(
        clauses={**clauses, "prolong": prolongation.clause.ref},
        prolongation=prolongation,
        survey=rules.get(SurveyRule, "closing", on),
        transfers=rules.get(TransferRule, "appeal", on),
        signatory=rules.get(Role, "body-head", on).name,
        evidence={rule.key: rule.kinds for rule in rules.all(EvidenceRule, on)},
    )

"""What proves that a problem is solved: attachments of the case, of the kinds that a rule asks for.

Answers of before attachments hold the words of where a proof is kept; they stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from core.appeals.attachments import attachments_of
from core.appeals.case import Case
from core.appeals.rules.answers import EvidenceRule, evidence
from core.appeals.rules.stage_terms import category_of, row_clause
from core.attachments.kinds import FileKind, ScanState
from core.attachments.model import Attachment
from core.attachments.opening import CLAUSE as CHECKED
from core.attachments.store import about
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.rulebook import UnknownRule

PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Proof that a problem is solved: its kind by the rule, and the attachment (its id) that is it.

    `reference` adds in words where the original is kept.
    """

    kind: str
    attachment: int | None = None
    reference: str = ""


async def prove(case: Case, given: Sequence[Evidence], *, solved: bool) -> list[dict[str, Any]]:
    """The proof as an answer keeps it: each attachment bound by the digest of its content.

    Refuses EVIDENCE_REQUIRED where what must prove a solution of this theme is not there or is no
    attachment, NOT_FOUND where one is not of this case, INVALID for a photo that is no picture,
    FILE_INFECTED.
    """
    rule = evidence_rule(case.work, case.appeal.theme)
    attached = {one.kind for one in given if one.attachment is not None}
    missing = (rule.kinds if solved else set()) | {one.kind for one in given}
    if missing := missing - attached:
        text = f"К ответу «решено» приложите подтверждение файлом: {evidence(missing)}"
        raise Refusal(RefusalCode.EVIDENCE_REQUIRED, text, rule.clause)
    if solved:
        _check_category(case, attached)
    ids = [one.attachment for one in given if one.attachment is not None]
    rows = await attachments_of(case.work, case.appeal, ids)
    proof = []
    for one, row in zip(given, rows, strict=True):
        _check(one, row, rule)
        said = one.reference.strip() or f"вложение {row.id}"
        digest = about(case.work, row)["digest"]
        proof.append({"kind": one.kind, "reference": said, "attachment": row.id, "digest": digest})
    return proof


def evidence_rule(work: Work, theme: str | None) -> EvidenceRule:
    """What must be attached to call a case of this theme solved."""
    for key in (theme, "*"):
        if key and (rule := work.rules.find(EvidenceRule, key, work.today)):
            return rule
    raise UnknownRule("EvidenceRule «*» не установлено")


def _check_category(case: Case, attached: Set[str]) -> None:
    """What the classifier asks for beside the law, by the row that the case was given."""
    said = category_of(case.entries)
    missing = set(said["evidence"]) - attached if said else set()
    if said and missing:
        text = f"По классификатору к ответу «решено» приложите: {evidence(missing)}"
        clause = row_clause(said["row"], said["title"], said["name"])
        raise Refusal(RefusalCode.EVIDENCE_REQUIRED, text, clause)


def _check(given: Evidence, row: Attachment, rule: EvidenceRule) -> None:
    if given.kind == PHOTO and not FileKind(row.kind).is_picture:
        text = "Фотографией подтверждает только изображение: приложите его"
        raise Refusal(RefusalCode.INVALID, text, rule.clause)
    if row.state == ScanState.INFECTED:
        text = "В файле найдено вредоносное: подтверждением он не служит"
        raise Refusal(RefusalCode.FILE_INFECTED, text, CHECKED)

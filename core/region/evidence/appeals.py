"""An appeal as a case: its ledger as it is sealed, its certificate of deadlines, no person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from core.appeals.certificate import certify
from core.appeals.content import open_cases, record_reading
from core.appeals.ledger import pure, read_entries
from core.appeals.model import ANSWER_FORM, LEDGER_FORM, Answer, Appeal
from core.appeals.rules.lifecycle import Fact as Happened
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.region.evidence.case import Case, Fact, columns
from core.region.sealing.evidence import sealed_ledger
from core.region.sealing.kinds import KINDS, Kind

CERTIFICATE = "certificates/deadlines.json"


async def appeal_case(work: Work, appeal_id: int) -> Case:
    """The appeal as it stands now; its reading is journalled. Needs READ_CONTENT.

    Applicants, texts and reasons stay commitments. Refuses NOT_FOUND for what is not open.
    """
    require(work.actor, Permission.READ_CONTENT)
    query = select(Appeal).where(Appeal.id == appeal_id, open_cases(work.actor, Appeal.id))
    appeal = await work.session.scalar(query.with_for_update())
    if appeal is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого обращения нет")
    await record_reading(work, [appeal.id])
    entries = await read_entries(work, appeal.id)
    answers = await work.session.scalars(select(Answer).where(Answer.appeal_id == appeal.id))
    own = columns(appeal, "number", "regime", "theme", "municipality", "channel")
    told: dict[str, Any] = {"appeal": {"id": appeal.id, **own}, "edition": work.rules.edition}
    empty = {key: list[str]() for key in ("versions", "files", "decisions", "signatures")}
    rows: list[tuple[Kind, Any]] = [(KINDS[LEDGER_FORM.table], one) for one in entries]
    rows += [(KINDS[ANSWER_FORM.table], one) for one in answers]
    sealed = await sealed_ledger(work, appeal.id)
    certificate = certify(work, appeal, pure(entries), sealed).encode()
    facts = [
        Fact(
            f"обращение {appeal.number}: {Happened(one.fact).label}",
            one.clause,
            one.at,
            f"{LEDGER_FORM.table}:{one.id}",
        )
        for one in entries
    ]
    refs = sorted({one.clause for one in entries if one.clause})
    clauses = {ref: found.title for ref in refs if (found := work.rules.clause(ref))}
    told |= {**empty, "clauses": clauses, "certificates": [CERTIFICATE]}
    return Case(f"appeal:{appeal.id}", told, facts, rows, {CERTIFICATE: certificate})

"""An appeal as a case: its ledger as it is sealed, its certificate of deadlines, no person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from core.appeals.certificate import certify
from core.appeals.content import record_reading
from core.appeals.impartiality import opened
from core.appeals.ledger import pure, read_entries
from core.appeals.model import ANSWER_FORM, LEDGER_FORM, Answer, Appeal
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Fact as Happened
from core.attachments.kinds import FileKind, Origin
from core.attachments.model import Attachment
from core.attachments.store import Owner
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.files import Files
from core.kernel.journal import JOURNAL_FORM
from core.kernel.work import Work
from core.region.evidence.case import Case, Fact, columns
from core.region.evidence.files import FILES, acts_of, add_files, attached
from core.region.sealing.evidence import sealed_ledger
from core.region.sealing.kinds import KINDS, Kind

PRIVATE, REGISTRATION = FZ59.cite("6.2"), FZ59.cite("8.2")
CERTIFICATE = "certificates/deadlines.json"


async def appeal_case(work: Work, files: Files, appeal_id: int) -> Case:
    """The appeal as it stands now; its reading is journalled. Needs READ_CONTENT.

    Applicants, texts and reasons stay commitments, their files stay here. Refuses NOT_FOUND for
    what is not open.
    """
    require(work.actor, Permission.READ_CONTENT)
    mine = opened(work.actor, Permission.READ_CONTENT)
    query = select(Appeal).where(Appeal.id == appeal_id, mine)
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
    attachments = await attached(work, Owner(Appeal.__tablename__, appeal.id))
    acts = await acts_of(work, attachments)
    rows += [(KINDS[JOURNAL_FORM.table], one) for one in acts]
    sealed = await sealed_ledger(work, appeal.id)
    certificate = certify(work, appeal, pure(entries), sealed).encode()
    facts = [
        Fact(
            f"обращение {appeal.number}: {Happened(one.fact).label}",
            one.clause or _norm(appeal, Happened(one.fact)),
            one.at,
            f"{LEDGER_FORM.table}:{one.id}",
        )
        for one in entries
    ]
    facts += [
        Fact(work.events[one.name].words, FILES.ref, one.at, f"{JOURNAL_FORM.table}:{one.id}")
        for one in acts
    ]
    refs = sorted({fact.clause for fact in facts if fact.clause})
    cited = {ref: found for ref in refs if (found := work.rules.clause(ref))}
    clauses = {ref: {"title": one.title, "quote": one.quote} for ref, one in cited.items()}
    told |= {**empty, "clauses": clauses, "certificates": [CERTIFICATE]}
    case = Case(f"appeal:{appeal.id}", told, facts, rows, {CERTIFICATE: certificate})
    await add_files(work, files, case, attachments, _kept)
    return case


def _norm(appeal: Appeal, fact: Happened) -> str | None:
    """By what it happened where the ledger names no clause: what the regime stands on."""
    registered = fact is Happened.REGISTERED and appeal.regime == Regime.APPEAL
    return REGISTRATION.ref if registered else appeal.regime_clause


def _kept(row: Attachment) -> str | None:
    """Why a file stays: the package is about the case, not about who wrote or was photographed."""
    if row.origin != Origin.OFFICIAL:
        return f"{Origin(row.origin).label}: сведения обращения не разглашаются, {PRIVATE.ref}"
    if FileKind(row.kind).is_picture:
        return f"исходное изображение хранит сведения о съёмке, {PRIVATE.ref}"
    return None

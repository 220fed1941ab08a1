"""Where a step on the portal is equal to a letter: its number, its day, its receipt (R18)."""

from __future__ import annotations

from core.appeals.intake.model import Counter
from core.db.bulk import table_of, upsert
from core.documents.model import DocumentReceipt, DocumentVersion
from core.documents.rules.equality import PortalEquality
from core.kernel.rules.passport import Passport
from core.kernel.work import Work
from core.shapes.chains.model import DecisionRecord

PATTERN = "{prefix}-Д-{year}-{n:05}"


async def receive(
    work: Work, version: DocumentVersion, decision: DecisionRecord | None = None
) -> DocumentReceipt | None:
    """Give the step its number, where the region's act makes it equal to a letter; else None.

    A decision that is entered from an act of its own is not: that act has its own number.
    """
    rule = work.rules.find(PortalEquality, "portal", work.today)
    if rule is None or (decision is not None and not decision.in_person):
        return None
    year = work.today.year
    seq = await _next(work, year)
    prefix = work.rules.get(Passport, "region", work.today).number_prefix
    receipt = DocumentReceipt(
        version_id=version.id,
        decision_id=decision.id if decision else None,
        year=year,
        seq=seq,
        number=PATTERN.format(prefix=prefix, year=year, n=seq),
        on=work.today,
        digest=version.digest,
        clause=rule.clause.ref,
        actor=work.actor.subject,
        at=work.now,
    )
    work.session.add(receipt)
    await work.session.flush()
    return receipt


async def _next(work: Work, year: int) -> int:
    """The next number of the year; the counter stays locked until the end of the work."""
    fresh = upsert(work.dialect, table_of(Counter)).values(
        [{"key": f"document/{year}", "value": 1}]
    )
    moved = fresh.on_conflict_do_update(
        index_elements=["key"], set_={"value": Counter.value + fresh.excluded.value}
    ).returning(Counter.value)
    found: int = (await work.session.execute(moved)).scalar_one()
    return found

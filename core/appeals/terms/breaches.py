"""The sweep over terms beside the answer's: what passed its last moment is noted as broken."""

from __future__ import annotations

from core.appeals.terms.model import RUNS, AppealTerm
from core.kernel.events import Event
from core.kernel.work import Work
from core.shapes.deadlines.watch import BATCH, Noted, note_breaches

ROUNDS = 200


async def _note(work: Work, term: AppealTerm, _what: str) -> None:
    after = {"term": term.rule, "due_at": term.due_at.isoformat()}
    subject = f"appeal:{term.appeal_id}"
    await work.record(Event("appeal.term_breached", subject, term.clause, after=after))


TERMS = Noted(AppealTerm, RUNS, due=AppealTerm.due_at, note=_note)
"""What has its own last moment beside that of the answer."""


async def note_broken_terms(work: Work) -> int:
    """Date each breach to its deadline and tell the journal; how many. Idempotent."""
    noted = 0
    for _ in range(ROUNDS):
        found = await note_breaches(work, TERMS)
        noted += found
        if found < BATCH:
            break
    return noted

"""A version under its chain: submitted, decided on, restarted, withdrawn, voided."""

from __future__ import annotations

from collections.abc import Sequence

from core.directory.parties import called
from core.documents.model import VERSION, Document, DocumentState, DocumentVersion
from core.documents.rules.kinds import DocumentDeed
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.work import Work
from core.shapes.chains.rules import Chain, Hands, OutOfTurn, Party, Turn
from core.shapes.chains.service import Subject, decisions, stop

JUDGED = frozenset(deed.value for deed in DocumentDeed if deed.judges)


async def void(work: Work, row: Document) -> None:
    """End the chain of the version under way, where there is one: its decisions are void."""
    if row.state != DocumentState.APPROVAL or row.current_id is None:
        return
    await stop(work, VERSION, row.current_id)
    taken = (await work.session.scalars(decisions(VERSION, row.current_id))).all()
    after = {"version": row.current_id, "decisions": len(taken)}
    await work.record(Event("document.voided", f"document:{row.id}", after=after))


def subject_of(work: Work, version: DocumentVersion, chain: Chain) -> Subject:
    """The version as what is approved: by its own hash, judged by none who wrote in it."""
    people = {one for person, holder, _ in version.wrote for one in (person, holder)}
    hands = Hands(
        frozenset(one for one in people if one is not None),
        frozenset(subject for _, _, subject in version.wrote),
    )
    return Subject(
        VERSION,
        version.id,
        {},
        lambda on: chain,
        lambda found: _out_of_turn(work, found),
        fingerprint=version.digest,
        wrote=hands,
        judged=JUDGED,
    )


def _out_of_turn(work: Work, found: OutOfTurn) -> Refusal:
    """WRONG_STEP or WRONG_AUTHORITY, with whose turn it is and by which clause."""
    parties = tuple(party for step in found.due for party in step.parties)
    due = [
        " ".join((DocumentDeed(step.deed).label, ", ".join(_who(work, step.parties))))
        for step in found.due
    ]
    said = "; ".join(due) or "решать больше нечего"
    clause = work.rules.clause(parties[0].clause) if parties else None
    if found.why in (Turn.NO_SUCH_PARTY, Turn.NO_SUCH_STEP):
        who = called(work, found.claim.by, [found.claim.body])
        text = f"{who[:1].upper()}{who[1:]} по этому документу не решает: {said}"
        return Refusal(RefusalCode.WRONG_AUTHORITY, text, clause)
    return Refusal(RefusalCode.WRONG_STEP, f"Сейчас очередь другого шага: {said}", clause)


def _who(work: Work, parties: Sequence[Party]) -> list[str]:
    return [called(work, party.by, party.bodies) for party in parties]

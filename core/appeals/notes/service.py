"""Writing notes on a case, and correcting one by another that stands in its place."""

from __future__ import annotations

from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.notes.model import Note
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.step import Asking, Step
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

CLAUSE = FZ59.cite("6.2")


def _transition(_work: Asking) -> Transition:
    return Transition.anywhere("note", Permission.READ_CONTENT, Fact.SUPPLEMENTED, CLAUSE)


NOTE = Step("note", (), _transition)


@serves(CLAUSE)
async def write_note(
    work: Work,
    appeal_id: int,
    text: str,
    *,
    corrects: int | None = None,
    expected_version: int | None = None,
) -> Appeal:
    """Keep a note; officials to whom the content is open read it, the applicant never does.

    Needs READ_CONTENT for the case. `corrects` is the id of one's own note on it, which this one
    takes the place of; both stay. Refuses NOT_FOUND for a note that there is not, FORBIDDEN for
    another's, WRONG_STATE for one that is corrected already.
    """
    case = await NOTE.open(work, appeal_id, expected_version)
    text = reasoned(text, CLAUSE, "заметка")
    if corrects is not None:
        await _check_own(work, appeal_id, corrects)
    note = Note(
        appeal_id=appeal_id,
        corrects_id=corrects,
        actor=work.actor.subject,
        text=text,
        at=work.now,
    )
    work.session.add(note)
    await work.session.flush()
    after = {"note": note.id, "corrects": corrects}
    await work.record(Event("note.written", f"appeal:{appeal_id}", after=after))
    return case.appeal


async def _check_own(work: Work, appeal_id: int, number: int) -> None:
    note = await work.session.get(Note, number)
    if note is None or note.appeal_id != appeal_id:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой заметки у этого обращения нет")
    if note.actor != work.actor.subject:
        raise Refusal(RefusalCode.FORBIDDEN, "Исправить можно только свою заметку", CLAUSE)
    if await work.session.scalar(select(Note.id).where(Note.corrects_id == number)):
        text = "Эту заметку уже исправили: исправьте ту, которая стоит вместо неё"
        raise Refusal(RefusalCode.WRONG_STATE, text, CLAUSE)

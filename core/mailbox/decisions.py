"""What a person says of a letter: an addition to a case, a new appeal, or thanks."""

from __future__ import annotations

from dataclasses import dataclass

from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import TakenIn, take_in
from core.appeals.rights.documents import add_document
from core.kernel.access import require
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_TEXT
from core.kernel.work import Work
from core.law.act import Clause
from core.mailbox.access import find_letter
from core.mailbox.files import JOB as FILES
from core.mailbox.kinds import Found, Kind, Said
from core.mailbox.letter.reader import Read
from core.mailbox.model import Letter
from core.mailbox.store import text_of

CHANNEL = "e-mail"
LONGEST_NAME = 500


@dataclass(frozen=True, slots=True)
class Matter:
    """What a person adds to a letter when it becomes an appeal; keys are the rulebook's."""

    theme: str | None = None
    topic: str | None = None
    municipality: str | None = None
    address: str | None = None
    addressee: str | None = None
    complained_body: str | None = None
    offence: bool = False


NOTHING = Matter()


@serves(FZ59.cite("5.1"))
async def add_letter(
    work: Work, letter_id: int, title: str, appeal_id: int | None = None
) -> Letter:
    """The letter adds to a case, its own one unless another is named. Needs TAKE_IN.

    Refuses what is decided already (WRONG_STATE), a letter of no case when none is named (INVALID),
    and whatever adding a document refuses.
    """
    row = await _undecided(work, letter_id)
    target = appeal_id if appeal_id is not None else row.appeal_id
    if target is None:
        text = "Обращение по этому письму не найдено: укажите, какое оно дополняет"
        raise Refusal(RefusalCode.INVALID, text, FZ59.cite("5.1"))
    await add_document(work, target, title, f"письмо {row.id}")
    if target != row.appeal_id:
        row.appeal_id, row.found_by = target, Found.PERSON
    await _say(work, row, Said.ADDITION, FZ59.cite("5.1"))
    return row


@serves(FZ59.cite("8.2"))
async def take_letter_in(work: Work, letter_id: int, matter: Matter = NOTHING) -> TakenIn:
    """The letter is an appeal of its own, taken in by the channel of e-mail. Needs TAKE_IN.

    Its regime and whether its author is known are told by law and not by whoever takes it in (R49,
    R50). Refuses what is decided already (WRONG_STATE) and whatever intake refuses.
    """
    row = await _undecided(work, letter_id)
    taken = await take_in(work, new_appeal(row, await text_of(work, row), matter))
    await said_appeal(work, row, taken)
    return taken


@serves()
async def thank(work: Work, letter_id: int) -> Letter:
    """The letter thanks and asks for nothing: it opens no case. Needs TAKE_IN.

    Refuses what is decided already (WRONG_STATE), and a letter that belongs to no case (INVALID):
    who was answered nothing has nothing to thank for.
    """
    row = await _undecided(work, letter_id)
    if row.appeal_id is None:
        text = "Благодарят за ответ по обращению, а оно не найдено: письмо регистрируют"
        raise Refusal(RefusalCode.INVALID, text, PRACTICE.cite("letters.unsaid"))
    await _say(work, row, Said.THANKS, PRACTICE.cite("letters.unsaid"))
    return row


async def said_appeal(work: Work, row: Letter, taken: TakenIn) -> None:
    """Note that the letter has become this appeal."""
    row.opened_id = taken.appeal_id
    await _say(work, row, Said.APPEAL, PRACTICE.cite("letters.unsaid"))


def new_appeal(row: Letter, read: Read, matter: Matter = NOTHING) -> NewAppeal:
    """The letter as intake takes it; of no text it says where the letter is kept.

    Who answers us quotes our own letter, which is left out; who does not, quotes what he means.
    """
    contact = Contact(read.name[:LONGEST_NAME] or None, read.address or None)
    return NewAppeal(
        CHANNEL,
        f"письмо-{row.digest}",
        _text(row, read),
        received_at=row.received_at,
        theme=matter.theme,
        topic=matter.topic,
        municipality=matter.municipality,
        address=matter.address,
        addressee=matter.addressee,
        complained_body=matter.complained_body,
        contact=contact if contact.given else None,
        offence=matter.offence,
    )


def _text(row: Letter, read: Read) -> str:
    parts = [read.subject, read.text]
    if row.appeal_id is None:
        parts.append(read.quoted)
    notes = [f"[Не читается: {one.what}: {one.why}]" for one in read.unreadable[:10]]
    if read.attachments:
        notes.append(f"[Вложений: {len(read.attachments)}]")
    kept = f"[Письмо целиком: входящее письмо {row.id}]"
    end = "\n\n".join([*notes, kept])
    said = "\n\n".join(filter(str.strip, parts))
    room = LONGEST_TEXT - len(end) - 2
    return f"{said[:room]}\n\n{end}".strip()


async def _undecided(work: Work, letter_id: int) -> Letter:
    require(work.actor, Permission.TAKE_IN)
    row = await find_letter(work, letter_id, Permission.TAKE_IN)
    if row.said is not None or row.read_at is None or row.kind == Kind.COPY:
        text = "О письме уже сказано, оно ещё не разобрано или это копия другого письма"
        raise Refusal(RefusalCode.WRONG_STATE, text, PRACTICE.cite("letters.unsaid"))
    return row


async def _say(work: Work, row: Letter, said: Said, clause: Clause) -> None:
    row.said, row.said_at, row.said_by = said, work.now, work.actor.subject
    if row.attachments and said is not Said.THANKS:
        work.later(FILES, {"letter": row.id})
    after = {"said": said, "appeal": row.appeal_id, "opened": row.opened_id}
    await work.record(Event("letter.said", f"letter:{row.id}", clause.ref, after=after))

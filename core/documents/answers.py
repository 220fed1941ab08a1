"""An answer to an applicant as a file: the letter to print or to keep, or one to work on."""

from __future__ import annotations

import asyncio

from core.appeals.content import record_reading
from core.appeals.model import Answer
from core.appeals.preview import letter_of
from core.directory.model import Body
from core.documents.papers import Given
from core.documents.printing.letters import LetterSheet, printed, worded
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Passport
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.russian import Code


class LetterPaper(Code):
    """As what a letter is given."""

    PDF = "pdf", "письмо для печати и хранения"
    DOCX = "docx", "письмо для работы"


@serves()
async def letter_paper(work: Work, answer_id: int, paper: LetterPaper) -> Given:
    """An answer as the file of its letter; what has not been sent says so above its words.

    Needs READ_CONTENT, the reading is journalled; NOT_FOUND for an answer that is none or is not
    open to the actor, NOT_PROVIDED where the extra that prints is not installed.
    """
    found = await letter_of(work, answer_id)
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого ответа нет или он не в Вашем ведении")
    await record_reading(work, [found.appeal.id])
    answer = found.answer
    body = await work.session.get(Body, answer.body_id or 0)
    sheet = LetterSheet(
        body.name if body else work.rules.get(Passport, "region", work.today).centre,
        f"Ответ на обращение № {found.appeal.number}",
        found.preview.letter,
        _standing(answer),
        answer.sent_at or answer.signed_at or answer.written_at,
    )
    made = printed if paper is LetterPaper.PDF else worded
    return Given(await asyncio.to_thread(made, sheet), f"answer-{answer.id}.{paper}")


def _standing(answer: Answer) -> str | None:
    if answer.sent_at is not None:
        return None
    return "Проект: не подписан" if answer.signed_at is None else "Подписан, не отправлен"

"""The letters on an objection: upheld or rejected, filed as an appeal or by the survey's link.

An objection by a way of art. 4 is an appeal with a number of its own and the statute's remedies;
one by the link is judged by the product's practice, and its letters say how to file an appeal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.appeals.notices.letters.head import BY_PRACTICE, STATUTE, Head
from core.appeals.notices.letters.reference import midway, written

HOW_TO_FILE = (
    "Возражение, поступившее по ссылке на опрос, не является обращением. Вы вправе направить"
    " обращение в письменной форме, на личном приёме либо в форме электронного документа с"
    " использованием Единого портала государственных и муниципальных услуг, иной информационной"
    " системы или официального сайта, обеспечивающих идентификацию заявителя (пункт 1 статьи 4"
    f" {STATUTE})."
)
REMEDY = (
    "Решение может быть обжаловано вышестоящему должностному лицу или в суд (пункт 4 статьи 5"
    f" {STATUTE})."
)


@dataclass(frozen=True, slots=True)
class Objection:
    """What the applicant does not accept, and when he said so; days are local.

    `appeal` is the number of the appeal that was answered, `number` that of the new one, None of
    an objection that is no appeal.
    """

    appeal: str
    answered_on: date
    filed_on: date
    number: str | None

    @property
    def answer(self) -> str:
        """«на ответ от 02.03.2026 на обращение № КУ-1»."""
        return f"на ответ от {written(self.answered_on)} на обращение № {self.appeal}"


def upheld(head: Head, objection: Objection, ground: str, until: date) -> str:
    """«Возражение признано»: on what ground, and until what day the case is answered anew."""
    promise = (
        f"признано обоснованным: {midway(ground)}; рассмотрение вопроса возобновлено."
        f" Ответ будет дан до {written(until)} включительно."
    )
    filed = written(objection.filed_on)
    if objection.number:
        return head.letter(
            f"Ваше возражение {objection.answer} зарегистрировано {filed}"
            f" за № {objection.number} и {promise}",
            REMEDY,
        )
    return head.letter(
        f"Ваше возражение {objection.answer}, поступившее {filed}, рассмотрено {BY_PRACTICE}"
        f" и {promise}",
        HOW_TO_FILE,
    )


def declined(head: Head, objection: Objection, grounds: str, judge: str) -> str:
    """«Возражение отклонено»: on what grounds, and by whom (office and name)."""
    filed = written(objection.filed_on)
    verdict = (
        f"рассмотрено лицом, не участвовавшим в подготовке ответа ({judge}), и отклонено"
        f" по следующим основаниям: {midway(grounds)}."
    )
    if objection.number:
        return head.letter(
            f"Ваше возражение {objection.answer}, зарегистрированное {filed}"
            f" за № {objection.number}, {verdict}",
            REMEDY,
        )
    return head.letter(
        f"Ваше возражение {objection.answer}, поступившее {filed}, {BY_PRACTICE} {verdict}",
        HOW_TO_FILE,
    )

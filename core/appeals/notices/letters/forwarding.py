"""Letters on where an appeal went: forwarded, copied to several bodies, given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.appeals.notices.letters.head import STATUTE, Head
from core.appeals.notices.letters.reference import written

COURT = "Кодексом административного судопроизводства Российской Федерации"


def forwarded(head: Head, receiver: str, term: str | None) -> str:
    """«Переадресовано»: to whom, on what ground, and who answers within what term (8 ч. 3).

    `term` is how long («30 дней»), None where no answer is owed in a term.
    """
    if not head.statutory:
        return head.letter(
            f"Ваше {head.noun}, учтённое {head.appeal.registered}, {written(head.today)} передано "
            f"{head.practice} в орган: {receiver}. Ответ Вам даст этот орган."
        )
    sent = (
        f"Ваше обращение, зарегистрированное {head.appeal.registered}, "
        f"{written(head.today)} направлено в орган: {receiver}, "
        "в компетенцию которого входит решение поставленных вопросов "
        f"(часть 3 статьи 8, пункт 5 части 1 статьи 10 {STATUTE})."
    )
    if term is None:
        return head.letter(sent)
    told = (
        f"Срок рассмотрения составляет {term} со дня регистрации обращения в указанном органе; "
        "ответ Вам даст этот орган."
    )
    return head.letter(sent, told)


def violations_of_migration_law(head: Head, interior: str, highest: str, term: str | None) -> str:
    """To which two receivers, and who answers in what `term` (8 ч. 3.1, 12 ч. 1.1)."""
    sent = (
        f"Ваше обращение, зарегистрированное {head.appeal.registered}, содержит сведения о фактах "
        "возможных нарушений законодательства в сфере миграции, в связи с чем "
        f"{written(head.today)} направлено в территориальный орган внутренних дел ({interior}) и "
        f"высшему должностному лицу субъекта Российской Федерации ({highest}) на основании "
        f"части 3.1 статьи 8 {STATUTE}."
    )
    if term is None:
        return head.letter(sent)
    told = (
        "Высшее должностное лицо субъекта Российской Федерации даст Вам ответ в течение "
        f"{term} со дня регистрации им обращения (часть 1.1 статьи 12 {STATUTE})."
    )
    return head.letter(sent, told)


def copied(
    head: Head, copies: Sequence[tuple[str, str]], term: str | None, until: date | None
) -> str:
    """«Копии»: pairs of body and question, and who answers what in what `term` (8 ч. 4).

    `until` is the last day for who registers his copy on the last day there is.
    """
    named = "; ".join(f"{body}: {question}" for body, question in copies)
    sent = (
        f"Решение поставленных в Вашем обращении {head.appeal} вопросов относится к компетенции "
        f"нескольких органов, в связи с чем его копии {written(head.today)} направлены в "
        f"следующие органы: {named} (часть 4 статьи 8, пункт 5 части 1 статьи 10 {STATUTE})."
    )
    if term is None or until is None:
        return head.letter(sent)
    terms = [
        f"По вопросу «{question}» ответ будет дан в течение {term} со дня регистрации копии в "
        f"органе, не позднее {written(until)}. Орган: {body}."
        for body, question in copies
    ]
    return head.letter(sent, *terms)


def sent_back(head: Head, complained_of: str, order: str = COURT) -> str:
    """«Возвращено»: why the complaint goes to nobody, and the right to go to court (8 ч. 7)."""
    returned = (
        f"Ваша жалоба {head.appeal} на {complained_of} возвращается, "
        "поскольку её направление на рассмотрение органу или должностному лицу, решение или "
        "действие (бездействие) которых обжалуется, запрещено частью 6 статьи 8 "
        f"{STATUTE}, а иного уполномоченного органа не имеется."
    )
    right = (
        f"В соответствии с частью 7 статьи 8 {STATUTE} разъясняем Ваше право обжаловать "
        f"{complained_of} в суд в порядке, установленном {order}."
    )
    return head.letter(returned, right)


def against_court_decision(head: Head, decision: str, order: str) -> str:
    """«Обжалование судебного решения»: which one, and in what order it is appealed (11 ч. 2)."""
    returned = f"{head.yours} возвращается, так как в нём обжалуется судебное решение ({decision})."
    how = f"Порядок его обжалования: {order} (часть 2 статьи 11 {STATUTE})."
    return head.letter(returned, how)

"""Letters of art. 11 of 59-ФЗ: why no answer on the substance is given."""

from __future__ import annotations

import re

from core.appeals.notices.letters.head import STATUTE, Head
from core.appeals.notices.letters.reference import Reference, by_official, ended, midway, written
from core.appeals.rules.grounds import EarlierAnswer, Proof
from core.appeals.rules.lifecycle import Outcome

ONCE_MORE = "Вы вправе направить обращение повторно."


def conclusion(outcome: Outcome, head: Head, proof: Proof, decided_by: str) -> str:
    """The letter of this ground; `decided_by` is office and name."""
    match outcome:
        case Outcome.ABUSIVE:
            return abusive(head)
        case Outcome.UNREADABLE:
            return unreadable(head)
        case Outcome.UNCLEAR:
            return unclear(head, proof.findings or "")
        case Outcome.SECRET:
            return secret(head, proof.norm or "")
        case Outcome.CORRESPONDENCE_ENDED:
            return correspondence_ended(head, proof, decided_by)
        case Outcome.PUBLISHED:
            return published(head, proof.page or "")
    raise ValueError(f"Для итога «{outcome}» письма нет")


def abusive(head: Head) -> str:
    """11 ч. 3: left unanswered, with the inadmissibility told."""
    return head.letter(
        f"{head.yours} содержит нецензурные либо оскорбительные выражения или угрозы "
        "жизни, здоровью либо имуществу должностного лица или членов его семьи и оставлено без "
        "ответа по существу поставленных в нём вопросов. Сообщаем о недопустимости злоупотребления "
        f"правом на обращение (часть 3 статьи 11 {STATUTE})."
    )


def unreadable(head: Head) -> str:
    """11 ч. 4."""
    return head.letter(
        f"Текст {head.of_yours} не поддаётся прочтению, в связи с чем ответ на него не "
        "даётся и оно не подлежит направлению на рассмотрение "
        f"(часть 4 статьи 11 {STATUTE}). {ONCE_MORE}"
    )


def unclear(head: Head, findings: str) -> str:
    """11 ч. 4.1; the findings say what is missing."""
    return head.letter(
        f"Текст {head.of_yours} не позволяет определить суть предложения, заявления или "
        f"жалобы: {ended(findings)} В связи с этим ответ на обращение не даётся и оно не подлежит "
        f"направлению на рассмотрение (часть 4.1 статьи 11 {STATUTE}). {ONCE_MORE}"
    )


def secret(head: Head, norm: str) -> str:
    """11 ч. 6; the norm is the one that protects the secret."""
    return head.letter(
        f"Ответ по существу поставленного в Вашем обращении {head.appeal} вопроса не может быть "
        "дан без разглашения сведений, составляющих государственную или иную охраняемую "
        f"федеральным законом тайну ({norm}). Сообщаем о невозможности дать ответ в связи с "
        f"недопустимостью разглашения этих сведений (часть 6 статьи 11 {STATUTE})."
    )


def correspondence_ended(head: Head, proof: Proof, decided_by: str) -> str:
    """11 ч. 5, with the earlier answers, and who decided when."""
    return head.letter(
        f"На вопрос {_about(proof.question or '')} Вам неоднократно давались письменные ответы "
        f"по существу ({', '.join(map(_answer, proof.earlier))}), новых доводов или обстоятельств "
        f"обращение {head.appeal} не содержит. {written(head.today)} {by_official(decided_by)} "
        f"принято решение № {proof.decision} о безосновательности очередного обращения и "
        f"прекращении переписки по данному вопросу (часть 5 статьи 11 {STATUTE}); решение может "
        "быть обжаловано."
    )


def published(head: Head, page: str) -> str:
    """11 ч. 5.1, with the address of the page."""
    return head.letter(
        f"Ответ на вопрос, содержащийся в Вашем обращении {head.appeal}, размещён на официальном "
        "сайте в информационно-телекоммуникационной сети «Интернет» по адресу: "
        f"{page} (часть 5.1 статьи 11 {STATUTE})."
    )


def _about(question: str) -> str:
    """«о ремонте двора», whether it was said so, as «вопрос о ремонте двора», or without «о»."""
    said = re.sub(r"^вопрос\w*\s+", "", midway(question), flags=re.IGNORECASE)
    if re.match(r"обо?\s|о\s", said, flags=re.IGNORECASE):
        return said[0].lower() + said[1:]
    return f"{'об' if said[:1].casefold() in 'аиоуэ' else 'о'} {said}"


def _answer(answer: EarlierAnswer) -> str:
    return str(Reference(answer.number.strip(), answer.on))

"""Letters of art. 11 of 59-ФЗ: why no answer on the substance is given."""

from __future__ import annotations

from datetime import date

from core.appeals.notices.letters.days import written
from core.appeals.notices.letters.reference import STATUTE, Reference, by_official
from core.appeals.rules.grounds import EarlierAnswer, Proof
from core.appeals.rules.lifecycle import Outcome

AGAIN = "Вы вправе направить обращение повторно."


def conclusion(outcome: Outcome, appeal: Reference, proof: Proof, decided_by: str, on: date) -> str:
    """The letter of this ground; `decided_by` is office and name, `on` the local day."""
    match outcome:
        case Outcome.ABUSIVE:
            return abusive(appeal)
        case Outcome.UNREADABLE:
            return unreadable(appeal)
        case Outcome.UNCLEAR:
            return unclear(appeal, proof.findings or "")
        case Outcome.SECRET:
            return secret(appeal, proof.norm or "")
        case Outcome.CORRESPONDENCE_ENDED:
            return correspondence_ended(appeal, proof, decided_by, on)
        case Outcome.PUBLISHED:
            return published(appeal, proof.page or "")
    raise ValueError(f"Для итога «{outcome}» письма нет")


def abusive(appeal: Reference) -> str:
    """11 ч. 3: left unanswered, with the inadmissibility told."""
    return (
        f"Ваше обращение {appeal} содержит нецензурные либо оскорбительные выражения или угрозы "
        "жизни, здоровью либо имуществу должностного лица или членов его семьи и оставлено без "
        "ответа по существу поставленных в нём вопросов. Сообщаем о недопустимости злоупотребления "
        f"правом на обращение (часть 3 статьи 11 {STATUTE})."
    )


def unreadable(appeal: Reference) -> str:
    """11 ч. 4."""
    return (
        f"Текст Вашего обращения {appeal} не поддаётся прочтению, в связи с чем ответ на него не "
        "даётся и оно не подлежит направлению на рассмотрение "
        f"(часть 4 статьи 11 {STATUTE}). {AGAIN}"
    )


def unclear(appeal: Reference, findings: str) -> str:
    """11 ч. 4.1; the findings say what is missing."""
    return (
        f"Текст Вашего обращения {appeal} не позволяет определить суть предложения, заявления или "
        f"жалобы: {ended(findings)} В связи с этим ответ на обращение не даётся и оно не подлежит "
        f"направлению на рассмотрение (часть 4.1 статьи 11 {STATUTE}). {AGAIN}"
    )


def secret(appeal: Reference, norm: str) -> str:
    """11 ч. 6; the norm is the one that protects the secret."""
    return (
        f"Ответ по существу поставленного в Вашем обращении {appeal} вопроса не может быть дан "
        "без разглашения сведений, составляющих государственную или иную охраняемую федеральным "
        f"законом тайну ({norm}). Сообщаем о невозможности дать ответ в связи с недопустимостью "
        f"разглашения этих сведений (часть 6 статьи 11 {STATUTE})."
    )


def correspondence_ended(appeal: Reference, proof: Proof, decided_by: str, on: date) -> str:
    """11 ч. 5, with the earlier answers, and who decided when."""
    return (
        f"На вопрос о {proof.question} Вам неоднократно давались письменные ответы по существу "
        f"({', '.join(map(_answer, proof.earlier))}), новых доводов или обстоятельств обращение "
        f"{appeal} не содержит. {written(on)} {by_official(decided_by)} принято решение "
        f"№ {proof.decision} о безосновательности очередного обращения и прекращении переписки по "
        f"данному вопросу (часть 5 статьи 11 {STATUTE}); решение может быть обжаловано."
    )


def published(appeal: Reference, page: str) -> str:
    """11 ч. 5.1, with the address of the page."""
    return (
        f"Ответ на вопрос, содержащийся в Вашем обращении {appeal}, размещён на официальном сайте "
        "в информационно-телекоммуникационной сети «Интернет» по адресу: "
        f"{page} (часть 5.1 статьи 11 {STATUTE})."
    )


def ended(sentence: str) -> str:
    """The words with a full stop at the end, whatever they were written with."""
    return f"{sentence.strip().rstrip('.;,')}."


def _answer(answer: EarlierAnswer) -> str:
    return str(Reference(answer.number.strip(), answer.on))

"""What an entry of the journal is about and by whom, in words: it keeps «appeal:12» and a login."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.appeals.model import Appeal
from core.directory.model import Person
from core.kernel.access import system
from schema.board.lookups import rows_among
from schema.board.saved import PageContext
from schema.board.words.people import names_of
from schema.board.words.values import at, moment_in, plain

NOUNS: Mapping[str, str] = {
    "actor": "сотрудник",
    "appeal": "обращение",
    "appointment": "назначение",
    "arrival": "восстановленная база",
    "attachment": "файл",
    "batch": "шаг со многими",
    "tabulation": "файл показателей",
    "block": "предложение блока",
    "body": "орган",
    "classifier": "классификатор",
    "document": "документ",
    "document_chain": "порядок вида документов",
    "duties": "обязанности членов центра",
    "evidence_package": "пакет доказательств",
    "export": "выгрузка",
    "feed": "календарь обязанностей",
    "incident": "инцидент",
    "indicator": "показатель",
    "job": "задание",
    "keys": "ключи",
    "letter": "письмо",
    "material_request": "запрос материалов",
    "municipality": "муниципальное образование",
    "obligation": "обязанность",
    "obligation_decision": "решение об обязанности",
    "partner_dealing": "взаимодействие с партнёром",
    "person": "лицо",
    "position": "должность",
    "problem": "проблема",
    "problem_category": "категория проблем",
    "problem_sighting": "запись о проблеме",
    "rating": "рейтинг",
    "rating_draft": "черновик методики",
    "rating_figure": "сведение для рейтинга",
    "rating_release": "выход рейтинга",
    "rating_series": "чужой рейтинг",
    "replacement": "замена",
    "search": "поиск по заявителю",
    "session": "вход",
    "staffing_proposal": "предложение по кадрам",
    "summary": "сводка показателей",
    "template": "шаблон ответа",
    "webhook": "вебхук",
}
"""What each kind of subject is called; a test holds them against all that is declared."""

OTHER, SIGN, ALL = "запись", " № ", "all"
EXPORT = "export"
"""It has no number: it is known by its moment."""

BY_ITSELF = system().subject
SYSTEM = "система"


async def told(context: PageContext, subjects: Iterable[str]) -> dict[str, str]:
    """What each is called: «обращение № 46-2026-000012»; of the journal's reader, by its number."""
    asked = set(subjects)
    cases = {row: one for one in asked if (row := _row(one)) is not None}
    found = await rows_among(context, Appeal.id, cases, Appeal.number)
    numbers = {cases[row]: number for row, number in found}
    return {one: _said(one, numbers.get(one), context.zone) for one in asked}


async def meant(context: PageContext, said: str) -> str:
    """The subject that somebody has written as it is told; what is nothing told stays as it is."""
    noun, sign, number = said.partition(SIGN)
    kind = next((key for key, name in NOUNS.items() if name == noun.casefold()), None)
    if kind is None:
        return said
    if not sign:
        return f"{kind}:{ALL}"
    if kind != "appeal":
        return f"{kind}:{number}"
    async with context.reading() as work:
        row = await work.session.scalar(select(Appeal.id).where(Appeal.number == number.strip()))
    return said if row is None else f"appeal:{row}"


async def actors(context: PageContext, logins: Iterable[str]) -> dict[str, str]:
    """The name of each official by his login; what the system does by itself it does as such."""
    return {**await names_of(context, logins), BY_ITSELF: SYSTEM}


async def actor_meant(context: PageContext, said: str) -> str:
    """The login of an official who is written by name; of two of one name it stays as it is."""
    if said.casefold() == SYSTEM:
        return BY_ITSELF
    async with context.reading() as work:
        query = select(Person.subject).where(Person.name == said).limit(2)
        found = [one for one in await work.session.scalars(query) if one]
    return found[0] if len(found) == 1 else said


def _row(subject: str) -> int | None:
    kind, _, number = subject.partition(":")
    return plain(number) if kind == "appeal" else None


def _said(subject: str, number: str | None, zone: ZoneInfo) -> str:
    kind, _, key = subject.partition(":")
    noun, called = NOUNS.get(kind, OTHER), number or key
    if kind == EXPORT and (moment := moment_in(key)) is not None:
        return f"{noun} {at(moment, zone)}"
    return f"{noun}{SIGN}{called}" if called and called != ALL else noun

"""What an answer says of other people: pointed out to who signs it, with its place in the text.

Nothing is refused by it: an answer may have to name a person. It finds by form and by dictionaries
of names, so it finds too much rather than too little.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.model import Applicant
from core.appeals.content import record_reading
from core.appeals.delivery.persons_named import is_of, persons_in
from core.appeals.impartiality import opened
from core.appeals.model import Answer, Appeal
from core.directory.model import Person, Position
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Passport
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.russian import Code

SECRECY = FZ59.cite("6.2")
MOST_OFFICIALS = 1_000


class Disclosed(Code):
    """What of a person is said."""

    NAME = "name", "имя"
    PHONE = "phone", "телефон"
    E_MAIL = "e_mail", "адрес электронной почты"
    ADDRESS = "address", "адрес"
    DOCUMENT = "document", "номер документа или счёта"
    APPEAL = "appeal", "номер другого обращения"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A place in the text of the answer, in characters from its beginning."""

    kind: Disclosed
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may stand in this answer: who it goes to and from, and where the trouble is.

    `names` are whole names, `digits` digits of phones, `words` all that the appeal says, folded.
    """

    names: Collection[str] = ()
    digits: Collection[str] = ()
    words: str = ""
    numbers: Collection[str] = ()


PHONE = re.compile(
    r"(?<![\d-])(?:(?:\+7|8)[ (-]*)?\(?\d{3}\)?[ -]*\d{3}[ -]*\d{2}[ -]*\d{2}(?![\d-])"
    r"|(?<=тел\. )[\d-]{5,}|(?<=телефон )[\d-]{5,}"
)
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DOCUMENT = re.compile(
    r"(?<!\d)(?:\d{2} ?\d{2} ?(?:№ ?)?\d{6}|\d{3}-\d{3}-\d{3}[ -]\d{2}|\d{4}(?: ?\d{4}){3,4}|\d{12}"
    r"|\d{20})(?!\d)"
    r"|(?<![А-Яа-я])[АВЕКМНОРСТУХавекмнорстух] ?\d{3} ?[АВЕКМНОРСТУХавекмнорстух]{2} ?\d{2,3}(?!\d)"
)
ADDRESS = re.compile(
    r"(?:ул\.|улиц[аеыу]|пер\.|переулок|переулке|просп\.|пр-т|проспект[ае]?|бульвар[ае]?|шоссе"
    r"|проезд[ае]?|мкр\.?|наб\.|набережн\w+)[ \u00a0][\w. -]{2,40}?,? ?(?:д\.|дом[ае]?)? ?"
    r"\d{1,4}[а-яё]?(?:[/-]\d+)?(?:,? ?(?:корп|к|стр)\.? ?\d+)?(?:,? ?(?:кв\.?|квартир[аеы]) ?\d+)?"
    r"|(?:кв\.|квартир[аеы]) ?(?:№ ?)?\d+",
    re.IGNORECASE,
)


@serves(SECRECY)
async def answer_disclosures(work: Work, appeal_id: int) -> list[Disclosure]:
    """What the last answer of the case says of others; needs READ_CONTENT for it, journalled.

    Refuses NOT_FOUND where the case is not open to the actor, NO_DRAFT where there is no answer.
    """
    require(work.actor, Permission.READ_CONTENT)
    mine = opened(work.actor, Permission.READ_CONTENT)
    appeal = await work.session.scalar(select(Appeal).where(Appeal.id == appeal_id, mine))
    if appeal is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого обращения нет")
    query = select(Answer).where(Answer.appeal_id == appeal.id).order_by(Answer.id.desc()).limit(1)
    answer = await work.session.scalar(query)
    if answer is None:
        raise Refusal(RefusalCode.NO_DRAFT, "Проекта ответа нет", SECRECY)
    await record_reading(work, [appeal.id])
    return await disclosures_of(work, appeal, answer)


async def disclosures_of(work: Work, appeal: Appeal, answer: Answer) -> list[Disclosure]:
    """What these words say of others, kept or not; who may read them, the caller has asked."""
    prefix = work.rules.get(Passport, "region", work.today).number_prefix
    allowed = await _allowed(work, appeal, answer)
    return await asyncio.to_thread(found_in, answer.text, allowed, prefix)


def found_in(text: str, allowed: Allowed, prefix: str) -> list[Disclosure]:
    """All places, in their order; `prefix` begins the numbers of the region's appeals."""
    found = sorted(_all(text, allowed, prefix), key=lambda one: (one.start, -one.end))
    kept: list[Disclosure] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _all(text: str, allowed: Allowed, prefix: str) -> Iterator[Disclosure]:
    for named in persons_in(text):
        if not any(is_of(named.words, name) for name in allowed.names):
            span = text[named.start : named.end]
            yield Disclosure(Disclosed.NAME, named.start, named.end, span)
    number = re.compile(rf"(?<!\w){re.escape(prefix)}-\d{{4}}-\d+")
    for place in number.finditer(text):
        if place[0] not in allowed.numbers:
            yield _at(Disclosed.APPEAL, place)
    for place in PHONE.finditer(text):
        if _digits(place[0]) not in allowed.digits:
            yield _at(Disclosed.PHONE, place)
    for place in E_MAIL.finditer(text):
        if place[0].casefold() not in allowed.words:
            yield _at(Disclosed.E_MAIL, place)
    for place in DOCUMENT.finditer(text):
        yield _at(Disclosed.DOCUMENT, place)
    for place in ADDRESS.finditer(text):
        if _folded(place[0]) not in allowed.words:
            yield _at(Disclosed.ADDRESS, place)


async def _allowed(work: Work, appeal: Appeal, answer: Answer) -> Allowed:
    contact = Contact()
    if appeal.applicant_id is not None:
        applicant = await work.session.get_one(Applicant, appeal.applicant_id)
        contact = Contact(**work.keys.unseal(applicant.sealed))
    acting = {answer.author, answer.signer, work.actor.subject} - {None}
    officials = (
        select(Person.name)
        .outerjoin(Position, Position.id == Person.position_id)
        .where(or_(Position.body_id == (answer.body_id or 0), Person.subject.in_(sorted(acting))))
        .limit(MOST_OFFICIALS)
    )
    names = [*filter(None, (contact.name, contact.addressee))]
    names += await work.session.scalars(officials)
    said = " ".join(filter(None, (contact.contact, contact.address, appeal.address, appeal.text)))
    own = " ".join(filter(None, (contact.contact, contact.address)))
    phones = {_digits(place[0]) for place in PHONE.finditer(own)}
    return Allowed(names, phones, _folded(said), {appeal.number})


def _at(kind: Disclosed, place: re.Match[str]) -> Disclosure:
    return Disclosure(kind, place.start(), place.end(), place[0])


def _digits(phone: str) -> str:
    """The last ten digits: +7 and 8 before them say the same."""
    return re.sub(r"\D", "", phone)[-10:]


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())

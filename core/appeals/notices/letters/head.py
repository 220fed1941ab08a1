"""The head of every letter to an applicant: from whom, its number and date, about what, signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from core.appeals.case import Case
from core.appeals.notices.letters.reference import Reference, registered, written
from core.appeals.notices.model import Notice
from core.appeals.rules.intake import Regime
from core.appeals.rules.regimes import OtherOrder
from core.directory.model import Body, Person
from core.directory.offices import office_of, position_of
from core.kernel.acts.federal import FZ59
from core.kernel.rules.passport import Passport
from core.law.act import Clause

STATUTE = (
    "Федерального закона от 02.05.2006 № 59-ФЗ «О порядке рассмотрения обращений граждан "
    "Российской Федерации»"
)
AGAIN = "Федерального закона № 59-ФЗ"
"""How a letter names the statute once it has named it whole."""

BY_PRACTICE = "в соответствии с внутренним порядком работы с сообщениями"
"""The ground where 59-ФЗ does not govern."""


@dataclass(frozen=True, slots=True)
class Head:
    """From whom a letter is, and about what; `today` is a local day.

    `appeal` is the last registration of the case, `outgoing` numbers the letter within the case.
    `statutory` says whether 59-ФЗ governs the case; else `law` does, another federal law of which
    the region knows (R65), or nothing but practice: then the letter is about a message.
    """

    sender: str
    signer: str | None
    outgoing: str
    today: date
    appeal: Reference
    statutory: bool
    law: str | None = None

    @property
    def practice(self) -> str:
        """On what ground a step is taken that is none of 59-ФЗ."""
        return f"по правилам другого закона ({self.law})" if self.law else BY_PRACTICE

    @property
    def noun(self) -> str:
        """«обращение» of what a federal law governs, «сообщение» of all else."""
        return "обращение" if self.statutory or self.law else "сообщение"

    @property
    def of_yours(self) -> str:
        """«Вашего обращения от 02.03.2026 № КУ-1»."""
        return f"Вашего {self.noun[:-1]}я {self.appeal}"

    @property
    def yours(self) -> str:
        """«Ваше обращение от 02.03.2026 № КУ-1»."""
        return f"Ваше {self.noun} {self.appeal}"

    @property
    def with_yours(self) -> str:
        """«с Вашим обращением от 02.03.2026 № КУ-1»."""
        return f"с Вашим {self.noun}м {self.appeal}"

    def letter(self, *paragraphs: str) -> str:
        """The whole letter of these paragraphs; the statute is named whole only once."""
        opening = f"{self.sender}\nИсх. № {self.outgoing} от {written(self.today)}"
        signed = [self.signer] if self.signer else []
        whole = "\n\n".join([opening, *filter(None, paragraphs), *signed])
        before, named, after = whole.partition(STATUTE)
        return f"{before}{named}{after.replace(STATUTE, AGAIN)}"


def norm_of(clause: Clause) -> str:
    """«часть 1.1 статьи 12 Федерального закона…», of another act as that is cited."""
    if clause.act != FZ59.id:
        return clause.title
    article, _, part = clause.id.partition(".")
    return f"часть {part} статьи {article} {STATUTE}"


async def head_of(case: Case, *, centre: bool = False) -> Head:
    """The head of a letter that this step writes.

    It is from the body that holds the case; from the centre where none does or `centre` says so.
    """
    work, appeal = case.work, case.appeal
    body = None if centre else await work.session.get(Body, appeal.body_id or 0)
    return Head(
        sender=body.name if body else work.rules.get(Passport, "region", work.today).centre,
        signer=await _signer(case),
        outgoing=f"{appeal.number}/{await _letters(case) + 1}",
        today=work.today,
        appeal=registered(appeal, case.entries, work.zone),
        statutory=appeal.regime == Regime.APPEAL,
        law=_other_law(case),
    )


def _other_law(case: Case) -> str | None:
    orders = case.work.rules.all(OtherOrder, case.work.today)
    return next((one.law for one in orders if one.regime == case.appeal.regime), None)


async def _letters(case: Case) -> int:
    query = select(func.count()).where(Notice.appeal_id == case.appeal.id)
    return await case.work.session.scalar(query) or 0


async def _signer(case: Case) -> str | None:
    """The official who acts, by his position or office; None for the system itself."""
    session, person_id = case.work.session, case.work.actor.person_id
    person = await session.get(Person, person_id) if person_id is not None else None
    if person is None:
        return None
    position = await position_of(session, person)
    if position is not None:
        return f"{position.name}, {person.name}"
    return await office_of(case.work, case.step.permission, case.appeal)

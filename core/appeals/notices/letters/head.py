"""What every letter to an applicant has: from whom, its number and date, whose name is under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.appeals.case import Case
from core.appeals.notices.letters.days import written
from core.appeals.rules.intake import Regime
from core.appeals.rules.registrations import registrations
from core.directory.model import Body, Person
from core.directory.offices import position_of
from core.kernel.rules.calendar import local_date
from core.kernel.rules.passport import Passport

STATUTE = (
    "Федерального закона от 02.05.2006 № 59-ФЗ «О порядке рассмотрения обращений граждан "
    "Российской Федерации»"
)


@dataclass(frozen=True, slots=True)
class Head:
    """From whom a letter is, and about what; dates are local days.

    `number` and `registered` are those of the sender's own registration, `outgoing` numbers the
    letter by the case and its ledger. `statutory` says whether 59-ФЗ governs the case.
    """

    sender: str
    signer: str | None
    outgoing: str
    today: date
    number: str
    registered: date
    statutory: bool

    def letter(self, paragraphs: Sequence[str]) -> str:
        """The whole letter of these paragraphs."""
        opening = f"{self.sender}\nИсх. № {self.outgoing} от {written(self.today)}"
        return "\n\n".join([opening, *paragraphs, *([self.signer] if self.signer else [])])


async def head_of(case: Case, sender: Body | None) -> Head:
    """The head of a letter that this step writes; of the centre's where no body sends it."""
    work, appeal = case.work, case.appeal
    centre = work.rules.get(Passport, "region", work.today).centre
    known = registrations(case.entries)
    own = known[-1] if known else None
    moment = own.at if own else appeal.received_at
    return Head(
        sender=sender.name if sender else centre,
        signer=await _signer(case),
        outgoing=f"{appeal.number}/{len(case.rows) + 1}",
        today=work.today,
        number=(own and own.number) or appeal.number,
        registered=local_date(moment, work.zone),
        statutory=appeal.regime == Regime.APPEAL,
    )


async def _signer(case: Case) -> str | None:
    """The official who acts, with his position; None for the system itself."""
    session, person_id = case.work.session, case.work.actor.person_id
    person = await session.get(Person, person_id) if person_id is not None else None
    if person is None:
        return None
    position = await position_of(session, person)
    return f"{position.name}, {person.name}" if position else person.name

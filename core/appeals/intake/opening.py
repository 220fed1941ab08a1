"""Opening cases: what can be made ready is, then come their numbers, then the rows are written.

Whoever has a number holds the year's counter until the transaction ends, for there are no gaps. So
it is asked for last, and only under it is it known what others have taken in meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.appeals.applicants.service import APPLICANT, sealed_rows
from core.appeals.intake.arrival import Arrival
from core.appeals.intake.numbers import next_numbers, return_numbers
from core.appeals.intake.registration import APPEAL, FACT_OF_ITS_OWN, LEDGER, Keys, Opening
from core.appeals.intake.stored import Identity, Stored, find_stored
from core.appeals.model import LEDGER_FORM
from core.appeals.satisfaction.objections import Objections, file_objection
from core.appeals.terms.model import AppealTerm
from core.db.bulk import Row, reserve_ids, table_of, write_alike, write_rows
from core.kernel.incidents.service import raise_incident
from core.kernel.sealing.rows import SEAL_OF_ITS_OWN, sealed_alike
from core.kernel.work import Work


@dataclass(frozen=True, slots=True)
class Ready:
    """A case about to be opened: its id, and its applicant sealed, where anybody is named."""

    arrival: Arrival
    id: int
    applicant_id: int | None
    applicant: Row | None

    def keys(self, number: str) -> Keys:
        """What its rows are written with."""
        return self.id, number, self.applicant_id


async def open_cases(
    work: Work, arrivals: Sequence[Arrival], objections: Objections, writing: Callable[[], None]
) -> tuple[set[int], dict[Identity, Stored]]:
    """Write the cases with their applicants, their ledgers and their lines in the journal.

    Gives which were opened, by the id of what was prepared, and the cases behind all of them: one
    may have been opened by another meanwhile. `writing` is called before the rows are written.
    """
    if not arrivals:
        return set(), {}
    ready, numbers, known = await _numbered(work, await _made_ready(work, arrivals))
    opened = [(one.arrival, one.keys(n)) for one, n in zip(ready, numbers, strict=True)]
    opening = Opening(work, {number: one.id for number, one in objections.cases.items()})
    writing()
    named = [one.applicant for one in ready if one.applicant]
    await write_rows(work.session, APPLICANT, named)
    await write_rows(work.session, APPEAL, (opening.appeal_row(*case) for case in opened))
    await write_rows(work.session, table_of(AppealTerm), opening.beside)
    ledgers = (row for case in opened for row in opening.ledger_rows(*case))
    # a fact of intake says why in the words of a rule, which are nobody's personal data
    sealed = sealed_alike(work.session, LEDGER_FORM, FACT_OF_ITS_OWN, ledgers, personal=False)
    await write_alike(work.session, LEDGER, (*FACT_OF_ITS_OWN, *SEAL_OF_ITS_OWN), sealed)
    await _report_broken(work, [one.arrival for one in ready])
    await work.record_many([opening.event(*case) for case in opened])
    await _file_objections(work, opened, objections)
    stored = {
        arrival.prepared.identity: Stored(
            appeal_id, number, arrival.placement.body is not None, arrival.prepared.digest
        )
        for arrival, (appeal_id, number, _) in opened
    }
    return {id(arrival.prepared) for arrival, _ in opened}, {**known, **stored}


async def _made_ready(work: Work, arrivals: Sequence[Arrival]) -> list[Ready]:
    """Ids for the cases; whoever is named is sealed."""
    contacts = [arrival.prepared.new.contact for arrival in arrivals]
    named = [contact for contact in contacts if contact and contact.given]
    ids, own = await reserve_ids(work.session, (APPEAL, len(arrivals)), (APPLICANT, len(named)))
    rows = iter(zip(own, sealed_rows(work, list(zip(own, named, strict=True))), strict=True))
    sealed = (next(rows) if contact and contact.given else (None, None) for contact in contacts)
    cases = zip(arrivals, ids, sealed, strict=True)
    return [Ready(arrival, case_id, *applicant) for arrival, case_id, applicant in cases]


async def _numbered(
    work: Work, ready: Sequence[Ready]
) -> tuple[Sequence[Ready], Sequence[str], Mapping[Identity, Stored]]:
    """Those that are still new with their numbers, and the others as they are stored."""
    days = [one.arrival.days[1] for one in ready]
    numbers = await next_numbers(work, days)
    known = await find_stored(work.session, [one.arrival.prepared.identity for one in ready])
    if not known:
        return ready, numbers, known
    await return_numbers(work, days)
    new = [one for one in ready if one.arrival.prepared.identity not in known]
    return new, await next_numbers(work, [one.arrival.days[1] for one in new]), known


async def _file_objections(
    work: Work, opened: Sequence[tuple[Arrival, Keys]], objections: Objections
) -> None:
    """What the new cases dispute becomes disputed, from their registrations on."""
    for arrival, (appeal_id, *_) in opened if objections.cases else ():
        if (disputed := arrival.prepared.new.disputes) is not None:
            old = objections.disputed(disputed)
            await file_objection(work, old, appeal_id, arrival.registered_at)


async def _report_broken(work: Work, arrivals: Sequence[Arrival]) -> None:
    """An incident for each route that could not be followed."""
    broken = Counter((r.route, r.reason) for one in arrivals for r in one.placement.broken)
    for (route, reason), times in broken.items():
        await raise_incident(work, f"route/{route}", f"{route}: {reason}", times=times)

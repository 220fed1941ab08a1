"""One line of the directory's tables at a time: a position, a person, an appointment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from core.directory.bodies import Bodies
from core.directory.model import Appointment, Person, Position
from core.directory.naming import body_named, keyed, place_named
from core.directory.rules.appointments import AppointmentState
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.roles import Reach, Role
from core.kernel.work import Work
from core.law.days import over
from core.structure.candidates import Candidate, Eligibility, drafted, load_eligibility
from core.structure.people import enter_person, enter_position
from core.structure.roster.cells import Cells, day_after, day_of, several
from core.structure.roster.report import Outcome
from core.structure.rules.ranks import Rank
from core.structure.seats import require_free_seat

KEEPING = PRACTICE.cite("appointments")


@dataclass(frozen=True, slots=True)
class RosterWriter:
    """Enters lines; each gives its key for the report (no name of a person) and what became."""

    work: Work
    eligibility: Eligibility
    said: set[Position | Person] = field(default_factory=set)
    """Of whom or what a line above has spoken already: nobody knows which of two lines is right."""

    @property
    def bodies(self) -> Bodies:
        """The bodies, those just entered among them."""
        return self.eligibility.bodies

    async def position(self, cells: Cells) -> tuple[str, Outcome]:
        """A position of a body, or above them all; a known one takes the rank."""
        body = self._body(cells)
        rank = self._rank(cells["rank"])
        row = await self._standing_position(cells["position"], body)
        key = cells["position"]
        if row is None:
            self.said.add(await enter_position(self.work, body, cells["position"], rank))
            return key, Outcome.ADDED
        if row.rank == rank:
            self.said.add(row)
            return key, Outcome.KNOWN
        self._require_first(row, f"Должность «{key}»")
        row.rank = rank
        event = Event("position.entered", f"position:{row.id}", KEEPING.ref)
        await self.work.record(event)
        return key, Outcome.CHANGED

    async def person(self, cells: Cells) -> tuple[str, Outcome]:
        """An official by the name that the token issuer gives."""
        subject, position = cells["subject"], None
        if cells.get("position"):
            position = await self._standing_position(cells["position"], self._body(cells))
            if position is None:
                text = f"Должности «{cells['position']}» в этом органе нет"
                raise Refusal(RefusalCode.NOT_FOUND, text)
        known = await self._standing_person(subject)
        number = position.id if position else None
        if known is not None and number is None:
            number = known.position_id
        if known and (known.name, known.position_id, known.dismissed) == (
            cells["name"], number, None,
        ):  # fmt: skip
            self.said.add(known)
            return subject, Outcome.KNOWN
        if known:
            self._require_first(known, f"Логин «{subject}»")
        self.said.add(await enter_person(self.work, subject, cells["name"], number))
        return subject, Outcome.CHANGED if known else Outcome.ADDED

    def _require_first(self, row: Position | Person, what: str) -> None:
        if row in self.said:
            text = f"{what} уже встречался в этом файле, и там о нём сказано другое"
            if isinstance(row, Position):
                text = f"{what} уже встречалась в этом файле с другим рангом"
            raise Refusal(RefusalCode.INVALID, text, KEEPING)
        self.said.add(row)

    async def appointment(self, cells: Cells) -> tuple[str, Outcome]:
        """An appointment in force by an act that was taken before; judged as any other (R9)."""
        role, key = self._role(cells["role"]), f"{cells['subject']} — {cells['role']}"
        person = await self._standing_person(cells["subject"])
        if person is None:
            text = f"Должностного лица «{cells['subject']}» в справочнике нет"
            raise Refusal(RefusalCode.NOT_FOUND, text)
        if not cells["ground"]:
            text = "Укажите акт о назначении: вид, номер и дату"
            raise Refusal(RefusalCode.INVALID, text, KEEPING)
        row = await self._drafted(role, person, cells)
        if await self._is_known(row):
            return key, Outcome.KNOWN
        self.work.session.add(row)
        await self.work.session.flush()
        await require_free_seat(self.work, row)
        after = {"state": row.state, "role": row.role, "since": row.since.isoformat()}
        event = Event("appointment.in_force", f"appointment:{row.id}", KEEPING.ref, {}, after)
        await self.work.record(event)
        return key, Outcome.ADDED

    async def _drafted(self, role: Role, person: Person, cells: Cells) -> Appointment:
        """The appointment, in force or ended; of service accounts the law asks nothing more."""
        candidate = Candidate(
            person.id,
            role.key,
            day_of(cells, "since") or self.work.today,
            self._blocks(cells),
            self._places(cells),
            cells.get("direction") or None,
            cells.get("powers") or None,
        )
        position = None
        if role.service:
            _require_not_dismissed(person, self.work.today)
        else:
            person, position = await self.eligibility.judge(candidate)
        row = drafted(candidate, person, position)
        row.ground, row.state, row.until = (
            cells["ground"], AppointmentState.IN_FORCE, day_after(cells),
        )  # fmt: skip
        if row.until is not None and row.until <= row.since:
            raise Refusal(
                RefusalCode.DATE_OUT_OF_RANGE, "Последний день указан раньше первого", KEEPING
            )
        if role.reach is Reach.BODY and row.body_id is None:
            text = f"{role.name}: укажите должность в органе, за который отвечает это лицо"
            raise Refusal(RefusalCode.INVALID, text, role.clause)
        if role.reach is Reach.MUNICIPALITY and not row.municipalities:
            raise Refusal(
                RefusalCode.UNKNOWN_MUNICIPALITY,
                f"{role.name}: укажите муниципальное образование",
                role.clause,
            )
        return row

    async def _is_known(self, row: Appointment) -> bool:
        """Whether the very same appointment stands already."""
        query = select(Appointment).where(
            Appointment.person_id == row.person_id,
            Appointment.role == row.role,
            Appointment.state == row.state,
            Appointment.body_id.is_not_distinct_from(row.body_id),
        )
        same = (row.blocks, row.municipalities, row.ground, row.until)
        rows = await self.work.session.scalars(query)
        return any((o.blocks, o.municipalities, o.ground, o.until) == same for o in rows)

    async def _standing_person(self, subject: str) -> Person | None:
        query = select(Person).where(Person.subject == subject)
        return (await self.work.session.scalars(query)).first()

    async def _standing_position(self, name: str, body: str | None) -> Position | None:
        number = self.bodies.by_key[body].id if body else None
        query = select(Position).where(
            Position.name == name, Position.body_id.is_not_distinct_from(number)
        )
        return (await self.work.session.scalars(query)).first()

    def _body(self, cells: Cells) -> str | None:
        """The key of the body that the cell names by key or name; None for a blank one."""
        said = cells.get("body")
        return body_named(self.bodies, said).key if said else None

    def _rank(self, said: str) -> str:
        ranks = self.work.rules.all(Rank, self.work.today)
        found = [rank.key for rank in ranks if said.casefold() in (rank.key, rank.name.casefold())]
        if not found:
            text = f"Ранга «{said}» в своде правил нет; есть: {_listed(ranks)}"
            raise Refusal(RefusalCode.INVALID, text, KEEPING)
        return found[0]

    def _role(self, said: str) -> Role:
        roles = self.work.rules.all(Role, self.work.today)
        found = [role for role in roles if said.casefold() in (role.key, role.name.casefold())]
        if not found:
            text = f"Роли «{said}» в центре нет; есть: {_listed(roles)}"
            raise Refusal(RefusalCode.UNKNOWN_ROLE, text)
        return found[0]

    def _blocks(self, cells: Cells) -> tuple[str, ...]:
        """Keys of blocks; one that there is not is refused with the appointment."""
        known = keyed(self.eligibility.blocks.all(self.work.today))
        return tuple(known.get(said.casefold(), said) for said in several(cells, "blocks"))

    def _places(self, cells: Cells) -> tuple[str, ...]:
        rules, today = self.work.rules, self.work.today
        return tuple(place_named(rules, said, today) for said in several(cells, "municipalities"))


async def open_writer(work: Work) -> RosterWriter:
    """With the bodies as they stand now."""
    return RosterWriter(work, await load_eligibility(work))


def _listed(known: Iterable[Rank | Role]) -> str:
    return ", ".join(f"«{one.name}»" for one in known)


def _require_not_dismissed(person: Person, on: date) -> None:
    if over(person.dismissed, on):
        raise Refusal(RefusalCode.PERSON_DISMISSED, "Этот сотрудник уволен", KEEPING)

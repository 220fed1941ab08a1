"""Whether a person may hold a role: read once, judged clause by clause, before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.directory.bodies import Bodies, load_bodies
from core.directory.model import Appointment, Body, Person, Position
from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import BodyKind
from core.kernel.acts.federal import PRACTICE, RU_1844
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.roles import Reach, Role
from core.kernel.work import Work
from core.law.days import over
from core.structure.blocks import Blocks, load_blocks
from core.structure.directions import Directions
from core.structure.rules.blocks import Block
from core.structure.rules.ranks import AcceptedPosition, Pool, Qualification, Rank, RankFloor

STANDING = PRACTICE.cite("standing")
COMPOSITION = RU_1844.cite("10.г")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who is to hold a role, in which blocks (keys) and places, from which local day.

    `powers` names the act that gives what the role asks for besides the rank.
    """

    person_id: int
    role: str
    since: date
    blocks: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    direction: str | None = None
    powers: str | None = None


@dataclass(frozen=True)
class Eligibility:
    """Everything that the judgement of candidates reads: directory, blocks, law."""

    work: Work
    bodies: Bodies
    blocks: Blocks

    async def judge(self, candidate: Candidate) -> tuple[Person, Position | None]:
        """The person and his position, if he may hold the role; else the refusal."""
        role = self._role(candidate)
        person = await self._person(candidate.person_id)
        position = await self._position(person)
        body = self._body(position)
        blocks = self._blocks(role, candidate)
        self._check_direction(candidate)
        self._check_place(role, candidate, body)
        for place in candidate.municipalities or (None,):
            if not self._named_by_act(candidate.role, position, place):
                self._check_rank(candidate.role, position, place)
                for block in blocks or (None,):
                    self._check_pool(candidate.role, body, block, place)
        self._check_powers(candidate)
        return person, position

    def owners(self, block: Block | None) -> frozenset[str]:
        """Keys of the bodies that answer for a theme of the block today."""
        themes: Iterable[str] = block.themes if block else ()
        found = (self.bodies.owners(t, self.work.rules, self.work.today) for t in themes)
        return frozenset(key for keys in found for key in keys)

    def _role(self, candidate: Candidate) -> Role:
        key = candidate.role
        role = self.work.rules.find(Role, key, self.work.today)
        if role is None or role.service:
            text = f"Роли «{key}» в центре нет"
            raise Refusal(RefusalCode.UNKNOWN_ROLE, text, COMPOSITION)
        return role

    async def _person(self, person_id: int) -> Person:
        person = await self.work.session.get(Person, person_id)
        if person is None:
            raise Refusal(RefusalCode.NOT_FOUND, "Такого должностного лица нет")
        if over(person.dismissed, self.work.today):
            raise Refusal(RefusalCode.PERSON_DISMISSED, "Этот сотрудник уволен", STANDING)
        return person

    async def _position(self, person: Person) -> Position | None:
        if person.position_id is None:
            return None
        return await self.work.session.get_one(Position, person.position_id)

    def _body(self, position: Position | None) -> Body | None:
        if position is None or position.body_id is None:
            return None
        body = self.bodies.by_id[position.body_id]
        if not self.bodies.working(body, self.work.today):
            raise Refusal(RefusalCode.BODY_CLOSED, f"Орган «{body.name}» упразднён", STANDING)
        return body

    def _blocks(self, role: Role, candidate: Candidate) -> tuple[Block, ...]:
        if role.reach is Reach.BLOCKS and not candidate.blocks:
            text = f"Укажите блок: {role.name} назначается в блок"
            raise Refusal(RefusalCode.UNKNOWN_BLOCK, text, role.clause)
        blocks = tuple(self.blocks.get(key, self.work.today) for key in candidate.blocks)
        for block in blocks:
            if block.answerable(role.key) != role.key:
                text = f"У блока «{block.name}» ответственного нет"
                raise Refusal(RefusalCode.NO_RESPONSIBLE, text, block.clause)
        return blocks

    def _check_direction(self, candidate: Candidate) -> None:
        if candidate.direction:
            Directions(self.work.rules).get(candidate.direction, self.work.today)

    def _check_place(self, role: Role, candidate: Candidate, body: Body | None) -> None:
        """Who is of a municipality's centre is an official of that municipality."""
        if role.reach is not Reach.MUNICIPALITY or body is None:
            return
        if any(place != body.municipality for place in candidate.municipalities):
            text = f"{role.name}: «{body.name}» относится к другому муниципальному образованию"
            raise Refusal(RefusalCode.OUTSIDE_POOL, text, role.clause)

    def _named_by_act(self, role: str, position: Position | None, place: str | None) -> bool:
        named = self.work.rules.find(AcceptedPosition, role, self.work.today, municipality=place)
        return named is not None and position is not None and position.rank == named.rank

    def _check_rank(self, role: str, position: Position | None, place: str | None) -> None:
        rules, today = self.work.rules, self.work.today
        floor = rules.find(RankFloor, role, today, municipality=place)
        if floor is None:
            return
        rank = rules.find(Rank, position.rank, today) if position else None
        if not floor.met_by(rank):
            wanted = rules.get(Rank, floor.rank, today).name
            least = f"Нужна должность {'' if floor.alone else 'не ниже '}«{wanted}»"
            held = f"представлена «{position.name}»" if position else "должность не указана"
            text = f"{least}: {held}"
            raise Refusal(RefusalCode.RANK_TOO_LOW, text, floor.clause)

    def _check_pool(
        self, role: str, body: Body | None, block: Block | None, place: str | None
    ) -> None:
        known = self.work.rules.all(Pool, self.work.today, municipality=place)
        pools = sorted((pool for pool in known if pool.role == role), key=lambda pool: pool.key)
        key = block.key if block else None
        serving = [pool for pool in pools if pool.serves(key)]
        kind = BodyKind(body.kind) if body else None
        owned = self.owners(block)
        if pools and not any(p.takes(body.key if body else None, kind, owned) for p in serving):
            named = f"«{body.name}»" if body else "орган не указан"
            text = f"Из этого органа на роль не назначают: {named}"
            raise Refusal(RefusalCode.OUTSIDE_POOL, text, (serving or pools)[0].clause)

    def _check_powers(self, candidate: Candidate) -> None:
        needed = self.work.rules.find(Qualification, candidate.role, self.work.today)
        if needed is not None and not (candidate.powers or "").strip():
            text = f"Укажите акт, который даёт {needed.what}"
            raise Refusal(RefusalCode.POWERS_REQUIRED, text, needed.clause)


async def load_eligibility(work: Work) -> Eligibility:
    """Read the directory and the blocks once."""
    return Eligibility(
        work, await load_bodies(work.session), await load_blocks(work.session, work.rules)
    )


def drafted(candidate: Candidate, person: Person, position: Position | None) -> Appointment:
    """The appointment that the candidate is proposed to, before any step of it."""
    return Appointment(
        person_id=person.id,
        role=candidate.role,
        body_id=position.body_id if position else None,
        blocks=list(candidate.blocks),
        municipalities=list(candidate.municipalities),
        ground="",
        since=candidate.since,
        state=AppointmentState.PROPOSED,
        position_id=position.id if position else None,
        direction=candidate.direction,
        powers=candidate.powers,
    )

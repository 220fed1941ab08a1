"""The courses of the vectors lived through the use cases, on a region's real database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.applicants.contact import Contact
from core.appeals.conclusion.service import leave_unanswered
from core.appeals.copies import Copy, copy_to
from core.appeals.delivery.dispatches import NewDispatch
from core.appeals.delivery.outcomes import resend, undeliver, unsend
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.migration_violations import forward_migration
from core.appeals.model import Appeal
from core.appeals.offences import send_offence, tell_offence
from core.appeals.plans import fulfil, put_off
from core.appeals.prolongation import prolong
from core.appeals.receipts import tell_receipt
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.grounds import Proof
from core.appeals.rules.lifecycle import Outcome, State
from core.appeals.rules.receipts import ReceiptRecord
from core.appeals.rules.signatures import Way
from core.appeals.satisfaction.judging import judge
from core.appeals.satisfaction.objections import pending_dispute
from core.appeals.satisfaction.service import Opinion, answer_survey
from core.appeals.send_back import return_court_decision
from core.directory.model import Body, Position
from core.kernel.access import ANONYMOUS, Actor, system
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.tokens import DEMO_SUBJECT
from tests.fixtures.actors import actor_with, appoint
from tests.fixtures.answers import empowered, sent
from tests.fixtures.clock import FrozenClock
from tests.fixtures.links import newest_token
from tests.fixtures.proofs import attached
from tests.regions.vectors import Course, Happened, Vector, Verdict, local, moment

BODIES = ("vector-first", "vector-second", "vector-third")
POLICE, HIGHEST = "vector-police", BODIES[1]
WRITER = Contact("Пробная Анна Ивановна", "anna@example.org", "ул. Полевая, 1")
INTERIM = sent(answers.NewAnswer("Ждём экспертизу.", None, kind=AnswerKind.INTERIM))
EXPLAINED = sent(answers.NewAnswer("Разъясняем.", Outcome.EXPLAINED))
MARKS = frozenset({"imported", "anonymous", "data", "offence", "highest"})
BEGINNING = MARKS | {"received", "promised", "registered"}
"""Facts with which an appeal comes in; of what is imported the answer is one too."""

PROOFS: dict[str, Any] = {
    "unreadable": {"findings": "чернила размыты водой", "copy": "дело 1, лист 2"},
    "unclear": {"findings": "не назван предмет жалобы"},
    "published": {"page": "https://vector.example/answers/1"},
}
"""What proves each outcome of article 11 that must be told within seven days."""

Step = Callable[[Work], Awaitable[object]]
Steps = dict[str, Callable[[Work, int], Awaitable[object]]]
OFFENCES: Steps = {
    "told": lambda work, case: tell_offence(work, case, "хищение"),
    "reported": lambda work, case: send_offence(work, case, BODIES[1], "хищение"),
}
"""What the coordinator does with the facts of an offence."""


@dataclass(frozen=True)
class Stage:
    """A region with three bodies of its own and their officials; every step is a unit of work."""

    region: Region
    clock: FrozenClock
    zone: ZoneInfo
    people: dict[tuple[str, str], Actor]
    numbers: count[int] = field(default_factory=lambda: count(1))

    def new(self, course: Course, **changes: Any) -> NewAppeal:
        """The appeal of the course as it comes in, with whatever is changed."""
        zone = self.zone
        told = {f"{name}_at": course.when(name) for name in ("received", "promised", "registered")}
        moments = {name: moment(when, zone) for name, when in told.items() if when}
        return NewAppeal(
            channel=course.channel,
            external_id=f"в-{next(self.numbers)}",
            text="Пробный текст.",
            theme=course.theme,
            addressee=addressee(course),
            offence="offence" in course.named,
            contact=None if "anonymous" in course.named else WRITER,
            anonymous="anonymous" in course.named,
            order="personal-data" if "data" in course.named else None,
            history="imported" in course.named,
        )._replace(**(moments | changes))

    async def live(self, course: Course) -> int:
        """The id of an appeal to which all of this happened."""
        if "imported" in course.named:
            return await self._imported(course)
        registered = course.when("registered")
        assert registered is not None
        self.set(registered)
        appeal_id = await self._take(self.new(course))
        await self._begin(appeal_id)
        for place, fact in enumerate(course.facts):
            if fact.name not in BEGINNING:
                assert fact.moment is not None
                self.set(fact.moment)
                next_is_dispute = [f.name for f in course.facts[place + 1 :][:1]] == ["disputed"]
                await self._happen(appeal_id, fact, closing=next_is_dispute)
        return appeal_id

    async def verdicts(self, appeal_id: int, asked: Iterable[Vector]) -> list[Verdict]:
        """What the terms that these vectors ask about come to, as the product judges them."""
        async with self.region.reading(system()) as work:
            appeal = await work.session.get_one(Appeal, appeal_id)
            entries = pure(await read_entries(work, appeal_id))
            begun = {
                (due.rule.key, due.ordinal): due for due in deadlines_of(work, appeal, entries)
            }
        return [self._verdict(begun.get((one.term, one.ordinal)), one.at) for one in asked]

    def _verdict(self, due: DueDate | None, at: datetime) -> Verdict:
        if due is None or due.due_at is None:
            return Verdict()
        standing = due.standing(moment(at, self.zone))
        return Verdict(local(due.due_at, self.zone), standing.value, due.day_off)

    async def _imported(self, course: Course) -> int:
        answered = course.when("sent")
        last = answered or course.when("received")
        assert last is not None
        self.set(last)
        zone = self.zone
        told = {"answered_at": moment(answered, zone)} if answered else {}
        return await self._take(self.new(course, **told))

    async def _take(self, new: NewAppeal) -> int:
        async with self.region.work(system()) as work:
            return (await take_in(work, new)).appeal_id

    async def _begin(self, appeal_id: int) -> None:
        """The centre gives it to the first body where no route did, and that takes it up."""
        appeal = await self._appeal(appeal_id)
        if appeal.state == State.QUEUED:
            coordinator = actor_with(self.region, "coordinator")
            await self._as(coordinator, lambda w: handover.route(w, appeal_id, BODIES[0], "тема"))
        await self._step(appeal_id, "body-official", lambda w: handover.accept(w, appeal_id))

    async def _happen(self, case: int, fact: Happened, *, closing: bool) -> None:
        """One fact more, now; `closing` says that the answered case is closed at once."""
        official = "body-official"
        until = fact.until
        match fact.name:
            case "forwarded":
                to = BODIES[BODIES.index(await self._holder(case)) + 1]
                await self._step(case, official, lambda w: handover.transfer(w, case, to, "чужое"))
            case "prolonged" if until is not None:
                await self._step(case, "body-head", lambda w: prolong(w, case, until, "экспертиза"))
            case "known" if until is not None:
                noon = moment(datetime.combine(until, time(12)), self.zone)
                told = (noon, ReceiptRecord.STAMP, "вх. 17")
                await self._as(system(), lambda w: tell_receipt(w, case, *told))
            case "planned" | "postponed" if until is not None:
                plan = replace(EXPLAINED, outcome=Outcome.PLANNED, plan_date=until)
                steps: dict[str, Step] = {
                    "planned": lambda w: answers.answer(w, case, plan),
                    "postponed": lambda w: put_off(w, case, until, "нет подрядчика"),
                }
                await self._step(case, official, steps[fact.name])
            case "sent":
                await self._step(case, official, lambda w: answers.answer(w, case, EXPLAINED))
                if closing:
                    await self._step(case, official, lambda w: answers.close(w, case))
            case outcome if outcome in PROOFS:
                ground, proof = Outcome(outcome), Proof(**PROOFS[outcome])
                await self._step(case, official, lambda w: leave_unanswered(w, case, ground, proof))
            case name if name in OFFENCES:
                coordinator = actor_with(self.region, "coordinator")
                await self._as(coordinator, lambda w: OFFENCES[name](w, case))
            case name if name in OF_ITS_BODY:
                await self._step(case, official, lambda w: OF_ITS_BODY[name](w, case))
            case "disputed":
                await self._as(ANONYMOUS, lambda w: _dispute(w, case))
            case "objected":
                number = (await self._appeal(case)).number
                new = NewAppeal("letter", f"н-{case}", "Не согласна.", contact=WRITER)
                await self._take(new._replace(theme="culture", disputes=number))
            case "upheld" | "rejected" as verdict:
                curator = actor_with(self.region, "curator")
                await self._as(curator, lambda w: _judge(w, case, upheld=verdict == "upheld"))
            case "withdrawn":
                await self._as(system(), lambda w: withdraw(w, case, Statement(w.today, "вх. 7")))
            case other:
                raise ValueError(other)

    async def _step(self, appeal_id: int, role: str, step: Step) -> None:
        """Taken by an official of the body that holds the case."""
        await self._as(self.people[role, await self._holder(appeal_id)], step)

    async def _as(self, actor: Actor, step: Step) -> None:
        async with self.region.work(actor) as work:
            await step(work)

    async def _holder(self, appeal_id: int) -> str:
        async with self.region.database.reading() as session:
            query = select(Body.key).join(Appeal, Appeal.body_id == Body.id)
            return (await session.scalars(query.where(Appeal.id == appeal_id))).one()

    async def _appeal(self, appeal_id: int) -> Appeal:
        async with self.region.database.reading() as session:
            return await session.get_one(Appeal, appeal_id)

    def set(self, when: datetime) -> None:
        """Make it this local moment."""
        self.clock.moment = moment(when, self.zone)


def addressee(course: Course) -> str:
    """To which body it is addressed."""
    return HIGHEST if "highest" in course.named else BODIES[0]


async def settle(region: Region, clock: FrozenClock) -> Stage:
    """Open the three bodies, each with an official who may sign and a head."""
    people: dict[tuple[str, str], Actor] = {}
    async with region.work(system()) as work:
        bodies = [Body(key=key, name=key, kind="executive") for key in BODIES]
        work.session.add_all([*bodies, Body(key=POLICE, name=POLICE, kind="state")])
        await work.session.flush()
        seat = {"name": "Губернатор", "rank": "highest-official"}
        work.session.add(Position(body_id=bodies[BODIES.index(HIGHEST)].id, **seat))
        for role in ("coordinator", "curator"):
            await appoint(work, role, subject=DEMO_SUBJECT.format(role=role))
        for body in bodies:
            for role in ("body-official", "body-head"):
                name = DEMO_SUBJECT.format(role=f"{role}-{body.key}")
                actor = await appoint(work, role, body_id=body.id, subject=name)
                await empowered(work, actor, body.id)
                people[role, body.key] = actor
        return Stage(region, clock, work.zone, people)


async def _fulfil(work: Work, appeal_id: int) -> None:
    await fulfil(work, appeal_id, "сделано", await attached(work, appeal_id))


async def _dispute(work: Work, appeal_id: int) -> None:
    token = await newest_token(work, appeal_id)
    await answer_survey(work, token, Opinion(1, dispute="Ничего не изменилось"))


async def _judge(work: Work, appeal_id: int, *, upheld: bool) -> None:
    dispute = await work.session.scalar(pending_dispute(appeal_id))
    assert dispute is not None
    await judge(work, dispute.id, upheld=upheld, verdict="проверено на месте")


OF_ITS_BODY: Steps = {
    "took": handover.accept,
    "returned": lambda work, case: handover.return_case(work, case, "чужое"),
    "informed": lambda work, case: answers.answer(work, case, INTERIM),
    "fulfilled": _fulfil,
    "unsent": lambda work, case: unsend(work, case, "не тот адрес"),
    "undelivered": lambda work, case: undeliver(work, case, "адресат выбыл"),
    "resent": lambda work, case: resend(work, case, NewDispatch(Way.POST, "реестр № 2")),
    "copied": lambda work, case: copy_to(work, case, [Copy(BODIES[2], "о библиотеке")]),
    "both": lambda work, case: forward_migration(work, case, POLICE, HIGHEST, "нет патента"),
    "court": lambda work, case: return_court_decision(work, case, "суд, № 2-1", "апелляция"),
}
"""What an official of the body that holds the case does with it, of whatever says no more."""

"""No complaint comes to whom it is about: over generated trees, reforms and roads (8 ч. 6)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.appeals import handover
from core.appeals.case import open_cases
from core.appeals.copies import Copy, copy_to, run_copy
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.rules.routing import Facts, Route, Target, decide
from core.directory.bodies import Bodies, load_bodies
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.predicate import Predicate
from tests.core.appeals.conftest import Desk

SIZE = 12
SEED = 59
HANDED = ("routed", "transferred", "returned", "delegated", "accepted")


@dataclass(frozen=True)
class Tree:
    """Bodies 1..SIZE with whom each is subordinate to and who succeeded it; circles and all."""

    parents: Sequence[int | None]
    successors: Sequence[int | None]

    def bodies(self) -> Bodies:
        linked = zip(self.parents, self.successors, strict=True)
        rows = [
            Body(id=n, key=f"b{n}", name=f"{n}", kind="executive", parent_id=p, successor_id=s)
            for n, (p, s) in enumerate(linked, start=1)
        ]
        return Bodies(rows, [])

    def forbidden(self, complained: int) -> set[int]:
        """By the closure of the whole relation, which looks at every pair of bodies."""
        leads = [[one == other for other in range(SIZE + 1)] for one in range(SIZE + 1)]
        for n in range(1, SIZE + 1):
            parent, successor = self.parents[n - 1], self.successors[n - 1]
            if parent is not None:
                leads[parent][n] = True
            if successor is not None:
                leads[n][successor] = True
        for over in range(1, SIZE + 1):
            for one in range(1, SIZE + 1):
                for other in range(1, SIZE + 1):
                    leads[one][other] |= leads[one][over] and leads[over][other]
        return {n for n in range(1, SIZE + 1) if leads[complained][n]}


def always(facts: Facts) -> bool:
    return facts.barred >= frozenset()


ALWAYS: Predicate[Facts] = Predicate("always", 1, always)
links = st.lists(st.none() | st.integers(1, SIZE), min_size=SIZE, max_size=SIZE)
trees = st.builds(Tree, links, links)


@given(trees, st.integers(1, SIZE))
@pytest.mark.clause("fz59/8.6")
def test_whom_a_complaint_never_reaches(tree: Tree, complained: int) -> None:
    bodies = tree.bodies()
    barred = bodies.barred_by(bodies.by_id[complained])
    assert barred == {f"b{n}" for n in tree.forbidden(complained)}


@given(
    trees,
    st.integers(1, SIZE),
    st.lists(st.integers(1, SIZE), max_size=4),
    st.lists(st.tuples(st.sampled_from(Target), st.integers(1, SIZE)), max_size=6),
)
@pytest.mark.clause("fz59/8.6")
def test_no_route_of_any_law_leads_there(
    tree: Tree, complained: int, owners: list[int], routes: list[tuple[Target, int]]
) -> None:
    bodies = tree.bodies()
    clause = PRACTICE.cite("routing.owner")
    law = [
        Route(
            f"r{place}", place, target, f"b{n}" if target is Target.BODY else None,
            when=ALWAYS, clause=clause,
        )
        for place, (target, n) in enumerate(routes)
    ]  # fmt: skip
    named = [f"b{n}" for n in owners]
    facts = Facts(
        addressee=named[0] if named else None,
        owners=tuple(named),
        municipal_body=named[-1] if named else None,
        barred=bodies.barred_by(bodies.by_id[complained]),
    )
    decision = decide(law, facts)
    forbidden = {f"b{n}" for n in tree.forbidden(complained)}
    assert decision.body is None or decision.body not in forbidden


async def planted(desk: Desk, random: Random) -> None:
    """Bodies b1..b12 of one tree without circles, as a directory is."""
    async with desk.work(system()) as work:
        for n in range(1, SIZE + 1):
            work.session.add(Body(key=f"b{n}", name=f"Орган {n}", kind="executive"))
        await work.session.flush()
        await reformed(work, random)


async def reformed(work: Work, random: Random) -> None:
    """One body goes under another, and another one is succeeded, without being closed."""
    rows = list(await work.session.scalars(select(Body).where(Body.key.like("b%"))))
    child, parent = sorted(random.sample(rows, 2), key=lambda body: -body.id)
    child.parent_id = parent.id
    old, new = random.sample(rows, 2)
    old.successor_id = new.id
    await work.session.flush()


async def one_move(desk: Desk, appeal_id: int, random: Random) -> None:
    """Any road that there is, to any body; a refusal is as good as a move."""
    key = f"b{random.randint(1, SIZE)}"
    try:
        async with desk.work(system()) as work:
            match random.randint(0, 6):
                case 0:
                    await reformed(work, random)
                case 1:
                    await handover.route(work, appeal_id, key, "по компетенции")
                case 2 | 3:
                    await handover.transfer(work, appeal_id, key, "не наше")
                case 4:
                    await handover.return_case(work, appeal_id, "не наше")
                case 5:
                    await handover.accept(work, appeal_id)
                case 6:
                    copy = Copy(key, "о дороге")
                    await copy_to(work, appeal_id, [copy])
                    await run_copy(work, {"appeal": appeal_id, "body": key})
    except Refusal as refusal:
        if refusal.code not in EXPECTED:
            raise


EXPECTED = {
    RefusalCode.BODY_COMPLAINED_OF,
    RefusalCode.WRONG_STATE,
    RefusalCode.INVALID,
}


async def barred_now(desk: Desk, complained: int) -> frozenset[str]:
    async with desk.region.database.reading() as session:
        bodies = await load_bodies(session)
        return bodies.barred_by(bodies.by_id[complained])


async def handed_since(desk: Desk, last: int) -> tuple[list[LedgerEntry], int]:
    """Entries by which somebody got a case, after the one with this id."""
    async with desk.region.database.reading() as session:
        query = select(LedgerEntry).where(LedgerEntry.id > last).order_by(LedgerEntry.id)
        rows = list(await session.scalars(query))
        return [row for row in rows if row.fact in HANDED], rows[-1].id if rows else last


@pytest.mark.parametrize("seed", range(SEED, SEED + 4))
@pytest.mark.clause("fz59/8.6", "fz59/8.4")
async def test_no_road_through_the_use_cases_leads_there(desk: Desk, seed: int) -> None:
    random = Random(seed)
    await planted(desk, random)
    for turn in range(4):
        complained = f"b{random.randint(1, SIZE)}"
        taken = await desk.take(
            external_id=f"п-{turn}", addressee=f"b{random.randint(1, SIZE)}",
            complained_body=complained,
        )  # fmt: skip
        body_id, last = await desk.body_id(complained), 0
        _, last = await handed_since(desk, last)
        for _ in range(15):
            await one_move(desk, taken.appeal_id, random)
            barred = await barred_now(desk, body_id)
            handed, last = await handed_since(desk, last)
            got = await holders(desk, [row.appeal_id for row in handed])
            assert not got & barred
        assert await told(desk, taken.appeal_id) == await forwarded(desk, taken.appeal_id)


async def holders(desk: Desk, ids: Sequence[int]) -> set[str]:
    """Keys of the bodies that hold these cases."""
    async with desk.region.database.reading() as session:
        query = select(Body.key).join(Appeal, Appeal.body_id == Body.id).where(Appeal.id.in_(ids))
        return set(await session.scalars(query))


async def told(desk: Desk, appeal_id: int) -> int:
    """How often the applicant was told of a forwarding."""
    about = (Notice.appeal_id == appeal_id, Notice.kind == NoticeKind.FORWARDED)
    async with desk.region.database.reading() as session:
        return await session.scalar(select(func.count(Notice.id)).where(*about)) or 0


async def forwarded(desk: Desk, appeal_id: int) -> int:
    return (await desk.facts(appeal_id)).count("transferred")


@pytest.mark.clause("fz59/8.6")
async def test_two_forwardings_at_once_lead_nowhere_forbidden(desk: Desk) -> None:
    taken = await desk.take(addressee="agency", complained_body="ministry")

    async def attempt(to: str) -> None:
        async with desk.work(system()) as work:
            await handover.transfer(work, taken.appeal_id, to, "не наше")

    done = await asyncio.gather(attempt("ministry"), attempt("office"), return_exceptions=True)
    assert [isinstance(one, Refusal) and one.code for one in done] == [
        RefusalCode.BODY_COMPLAINED_OF
    ] * 2
    assert (await desk.appeal(taken.appeal_id)).body_id == await desk.body_id("agency")


@pytest.mark.clause("fz59/8.6")
async def test_what_returns_by_a_chain_never_ends_where_it_is_barred(desk: Desk) -> None:
    """A -> B -> C, while A comes under the body complained of: C's return goes to nobody there."""
    async with desk.work(system()) as work:
        for key in ("a", "b", "accused"):
            work.session.add(Body(key=key, name=f"Орган {key}", kind="executive"))
    taken = await desk.take(addressee="a", complained_body="accused")
    async with desk.work(system()) as work:
        await handover.accept(work, taken.appeal_id)
        await handover.transfer(work, taken.appeal_id, "b", "не наше")
        bodies = await load_bodies(work.session)
        bodies.by_key["a"].parent_id = bodies.by_key["accused"].id
        await work.session.flush()
        with pytest.raises(Refusal):
            await handover.transfer(work, taken.appeal_id, "a", "всё же ваше")
        await handover.return_case(work, taken.appeal_id, "не наше")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.body_id) == ("queued", None)


@pytest.mark.clause("fz59/8.6")
async def test_a_body_that_came_under_the_accused_does_not_accept(desk: Desk) -> None:
    taken = await desk.take(addressee="agency", complained_body="ministry")
    async with desk.work(system()) as work:
        bodies = await load_bodies(work.session)
        bodies.by_key["agency"].parent_id = bodies.by_key["ministry"].id
    with pytest.raises(Refusal) as caught:
        async with desk.work(desk.stranger) as work:
            await handover.accept(work, taken.appeal_id)
    assert caught.value.code is RefusalCode.BODY_COMPLAINED_OF
    async with desk.work(system()) as work:
        cases = await open_cases(work, select(Appeal), "return")
        assert [case.appeal.id for case in cases] == [taken.appeal_id]

"""Section 10, row by row: the exact chain to its end, and every wrong hand refused on the way."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from core.documents.kinds import procedures
from core.documents.model import Document, DocumentVersion
from core.documents.rules.kinds import DocumentDeed, DocumentKind
from core.kernel.access import system
from core.kernel.codes import Authority
from core.kernel.errors import Refusal
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.documents.people import BLOCK, People, open_people
from tests.core.documents.procedures import OFF, WAYS, Way

ROLES = {"curator", "executor", "head", "block-responsible"}
KEEPER = {"executor": "head", "head": "executor"}
STANDING = "tsur.practice/standing"
YESTERDAY, LONG_AGO = date(2026, 3, 1), date(2026, 2, 1)


@dataclass(frozen=True)
class Taken:
    """A step as the table has it."""

    deed: DocumentDeed
    party: Authority
    clause: str

    @property
    def inside(self) -> bool:
        """Whether a person of the centre decides himself."""
        return self.party.of_the_centre

    @classmethod
    def of(cls, text: str) -> Taken:
        deed, party, clause = text.split(" ", 2)
        return cls(DocumentDeed(deed), Authority(party), clause)


def rows(*ways: Way) -> list[Any]:
    return [
        pytest.param(
            way,
            id=way.id,
            marks=pytest.mark.clause(
                *dict.fromkeys([way.clause, *(Taken.of(one).clause for one in way.steps)])
            ),
        )
        for way in ways
    ]


async def test_the_table_has_every_kind_that_is_on(open_test_region: OpenRegion) -> None:
    """No kind of a region is left out of the table, and those that wait are off (R21)."""
    for code in ("murmansk", "kursk", "mari_el", "chelyabinsk"):
        region = await open_test_region(code)
        async with region.reading(system()) as work:
            found = {one.kind.key: one for one in await procedures(work, work.today)}
        assert sorted(key for key, one in found.items() if one.on) == sorted(
            way.kind for way in WAYS if way.region == code
        )
        off = {key: one.kind.clause.ref for key, one in found.items() if not one.on}
        assert off == {kind: clause for where, kind, clause in OFF if where == code}


@pytest.mark.parametrize("way", rows(*WAYS))
async def test_the_chain_of_the_act(open_test_region: OpenRegion, way: Way) -> None:
    people = await open_people(await open_test_region(way.region))
    steps = [Taken.of(one) for one in way.steps]
    async with people.region.reading(system()) as work:
        (found,) = [one for one in await procedures(work, work.today) if one.kind.key == way.kind]
    assert [
        (step.deed, step.parties[0].by, step.parties[0].clause) for step in found.chain.steps
    ] == [(one.deed, one.party, one.clause) for one in steps]
    assert found.kind.clause.ref == way.clause
    number = await _submitted(people, way)
    for place, one in enumerate(steps):
        await _wrong_hands(people, way, number, one)
        turns = zip(steps, (step.order for step in found.chain.steps), strict=True)
        later = [other for other, turn in turns if turn > found.chain.steps[place].order]
        await _out_of_turn(people, way, number, one, later)
        state = await _right(people, way, number, one)
        if place + 1 < len(steps):
            assert state == "approval"
    row = await people.row(number)
    judged = any(one.deed is not DocumentDeed.RECEIVE for one in steps)
    assert (row.state, row.in_force_id) == (
        "approved" if judged else "issued",
        row.current_id,
    )
    await _refused(people, number, "WRONG_STATE", way.clause, "curator")


@pytest.mark.parametrize(
    ("code", "kind", "clause"),
    [
        pytest.param(code, kind, clause, marks=pytest.mark.clause(clause), id=f"{code}-{kind}")
        for code, kind, clause in OFF
    ],
)
async def test_a_kind_without_a_chain_is_off(
    open_test_region: OpenRegion, code: str, kind: str, clause: str
) -> None:
    """R21: nothing is drafted until the act that sets the chain is recorded."""
    people = await open_people(await open_test_region(code))
    before = await people.rows()
    with pytest.raises(Refusal) as refused:
        await people.draft(kind, "head")
    assert (refused.value.code, refused.value.clause and refused.value.clause.ref) == (
        "NOT_PROVIDED",
        clause,
    )
    assert await people.rows() == before


async def _submitted(people: People, way: Way) -> int:
    """Drafted and submitted by the drafter of the act, by nobody else."""
    block = BLOCK if way.of_block else None
    for role in ("administrator", *ROLES):
        if role == way.drafter or not _barred(people, way, role):
            continue
        before = await people.rows()
        with pytest.raises(Refusal) as refused:
            await people.draft(way.kind, role, block=block)
        assert _said(refused.value) == ("FORBIDDEN", way.clause)
        assert await people.rows() == before
    number = await people.draft(way.kind, way.drafter, block=block)
    await people.submit(number, way.drafter)
    return number


def _barred(people: People, way: Way, role: str) -> bool:
    """Whether the role is none of those that draft the kind."""
    rules = people.region.rules.all
    kinds = {one.key: one for one in rules(DocumentKind, people.region.now().date())}
    drafters = kinds[way.kind].drafters
    return role not in (drafters or {"head", "executor"})


async def _wrong_hands(people: People, way: Way, number: int, due: Taken) -> None:
    """Every other official, a hash that is stale or of another region, whoever was dismissed."""
    for role in ("administrator", *sorted(ROLES)):
        if due.inside and role != due.party:
            await _refused(people, number, "FORBIDDEN", due.clause, role, party=due.party)
    if not due.inside and due.party is not Authority.CENTRE:
        await _refused(people, number, "FORBIDDEN", due.clause, "administrator", **_more(way, due))
        without = {**_more(way, due), "ground": None}
        await _refused(people, number, "GROUND_REQUIRED", due.clause, _keeper(way), **without)
    for seen in ("0" * 64, await _of_another_region(people, number)):
        stale = {**_more(way, due), "seen": seen}
        await _refused(people, number, "STALE", way.clause, _keeper(way), **stale)
    who = due.party.value if due.inside else _keeper(way)
    await people.dismiss(who, YESTERDAY)
    await _refused(people, number, "PERSON_DISMISSED", STANDING, who, **_more(way, due))
    await people.dismiss(who, None)


async def _out_of_turn(
    people: People, way: Way, number: int, due: Taken, later: list[Taken]
) -> None:
    """Who comes later cannot come now: the step that is due is named."""
    for one in later:
        who = one.party.value if one.inside else _keeper(way)
        await _refused(people, number, "WRONG_STEP", due.clause, who, **_more(way, one))


async def _of_another_region(people: People, number: int) -> str:
    """The hash that the same words would have elsewhere."""
    async with people.region.database.reading() as session:
        row = await session.get_one(Document, number)
        version = await session.get_one(DocumentVersion, row.current_id)
    other = json.loads(version.manifest)
    assert hashlib.sha256(_canonical(other)).hexdigest() == version.digest
    return hashlib.sha256(_canonical({**other, "region": "elsewhere"})).hexdigest()


def _canonical(manifest: dict[str, Any]) -> bytes:
    said = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return said.encode()


async def _refused(
    people: People, number: int, code: str, clause: str, role: str, **more: Any
) -> None:
    before = await people.rows()
    more.setdefault("party", Authority.CURATOR)
    with pytest.raises(Refusal) as refused:
        await people.decide(number, role, **more)
    assert _said(refused.value) == (code, clause)
    assert Authority.BODY.label not in str(refused.value).lower()
    assert await people.rows() == before


async def _right(people: People, way: Way, number: int, due: Taken) -> str:
    by = due.party.value if due.inside else _keeper(way)
    return await people.decide(number, by, **_more(way, due))


def _more(way: Way, due: Taken) -> dict[str, Any]:
    if due.inside or due.party is Authority.CENTRE:
        return {"party": due.party, "deed": due.deed}
    party = Authority.ADMINISTRATION if due.party is Authority.REGION else due.party
    ground = Ground(way.act, "17", LONG_AGO)
    body = way.bodies[0] if due.party.is_body else None
    return {"party": party, "deed": due.deed, "ground": ground, "body": body}


def _keeper(way: Way) -> str:
    """Who enters the acts of outside parties, and did not draft."""
    return KEEPER.get(way.drafter, "executor")


def _said(refusal: Refusal) -> tuple[str, str | None]:
    return refusal.code.value, refusal.clause.ref if refusal.clause else None

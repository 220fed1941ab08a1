"""A database that an earlier product left, brought up to date: nothing of it is lost or changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.analysis import SHOWN
from core.appeals.figures.proof import verify_rollups
from core.appeals.figures.subject import CUTS, Dimension, Figure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.lifecycle import Fact
from core.db.database import Database
from core.indicators.chain import sign
from core.indicators.rules.kinds import Deed
from core.indicators.service import advance_value
from core.kernel.access import system
from core.kernel.codes import Authority
from core.kernel.region import Region
from core.kernel.work import Work
from core.law.periods import Periodicity, period_of
from core.region.migrate import check, migrate
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.service import decisions as decisions_on
from core.shapes.figures.proof import hold_still
from core.structure.appointments import advance
from core.structure.block_proposals import decide_block
from core.structure.model import BlockProposal
from core.structure.rules.appointments import Step
from core.structure.rules.growth import ProposalState
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import ACT, by
from tests.fixtures.clock import FrozenClock
from tests.nets import telling
from tests.nets.decisions import decisions
from tests.nets.dumps import drop_postgresql, restore_postgresql, restore_sqlite
from tests.nets.places import FILLED, HEAD, NOW, fixed_keys
from tests.nets.schemas import schema

CURATOR = by(Authority.CURATOR)
OWNER = by(Authority.BODY, body="committee-transport-roads")
Compiled = Callable[[str], Region]
OpenRegion = Callable[[str], Awaitable[Region]]
GONE: Mapping[str, str] = dict.fromkeys(
    ("appointment_record", "block_record", "indicator_signature", "indicator_value_stage"),
    "decision",
)
"""Tables that there are no longer, each with where its rows are now."""

OTHERWISE: Mapping[str, str] = {}
"""Tables that rightly have another number of rows, each with the reason."""

RECOUNTED = frozenset({"rollup_cell", "rollup_days"})
"""Figures are counted anew, by the terms of today; the proof says that they are right."""

NAMED = frozenset({"body", "journal"})
"""Bodies are entered as the acts are read today, each with its event: Kursk has one more."""

NEW_COLUMNS = ("category",)
"""What an export did not say then."""

NEW_TERMS = ("due", "due_rule", "late")
"""What an export says otherwise of a case that was reopened, disputed or forwarded (R46, R47)."""

BEGUN_ANEW = (Fact.REOPENED, Fact.DISPUTED, Fact.TRANSFERRED)
UNTOUCHED = (
    Figure.TOTAL,
    Figure.ANSWERED,
    Figure.SECONDS,
    Figure.SOLVED,
    Figure.REWORKED,
    Figure.MARKS,
    Figure.MARK_SUM,
    Figure.MEDIAN_DAYS,
)
"""Figures that no term decides."""

SINCE = (Figure.STATUTE_LATE, Figure.MECHANISM_LATE, Figure.NOT_ESTABLISHED)
BEFORE = tuple(one for one in Figure if one not in (Figure.LATE, *SINCE))
GROWN = select(BlockProposal.key, BlockProposal.since).where(
    BlockProposal.state == ProposalState.IN_FORCE, BlockProposal.widens.is_(False)
)
"""Blocks that came by decision: the workload of then left them out."""


@pytest.fixture(scope="module", params=FILLED)
def old(
    request: pytest.FixtureRequest,
    test_server: str | None,
    compiled: Compiled,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Region]:
    """The region on its old database after `tsur migrate`, at the moment when it was left."""
    code: str = request.param
    if test_server:
        url = asyncio.run(restore_postgresql(code, test_server))
    else:
        url = restore_sqlite(code, tmp_path_factory.mktemp("old"))
    region = replace(compiled(code), keys=fixed_keys(), clock=FrozenClock(NOW))
    asyncio.run(_migrated(region, url))
    yield replace(region, database=Database(url))
    if test_server:
        asyncio.run(drop_postgresql(test_server, url))


async def _migrated(region: Region, url: str) -> None:
    async with at_work(replace(region, database=Database(url))) as opened:
        await migrate(opened)
        await check(opened)


@asynccontextmanager
async def at_work(region: Region) -> AsyncIterator[Region]:
    """The region until the end of the test: its connections belong to the test's own loop."""
    try:
        yield region
    finally:
        await region.database.close()


def kept(region: Region, name: str) -> str:
    return (HEAD / f"{region.code}-{name}").read_text(encoding="utf-8")


def kept_rows(region: Region, name: str) -> Any:
    return json.loads(kept(region, name))


async def test_every_row_is_still_there(old: Region) -> None:
    then = kept_rows(old, "rows.json")
    async with at_work(old), old.database.reading() as session:
        now = await telling.rows(session)
    assert then.keys() - now.keys() == {*GONE} & then.keys()
    same = then.keys() - {*GONE, *OTHERWISE, *RECOUNTED, *NAMED}
    assert all(now[name] >= then[name] for name in NAMED)
    assert {name: now[name] for name in same} == {name: then[name] for name in same}
    assert all(now[name] != then[name] for name in OTHERWISE)


async def test_the_schema_is_that_of_a_new_database(
    old: Region, open_test_region: OpenRegion
) -> None:
    new = await open_test_region(old.code)
    async with at_work(old):
        assert await schema(old) == await schema(new)


async def test_the_export_is_the_same_but_for_terms_that_began_anew(old: Region) -> None:
    async with at_work(old):
        now = await telling.exported(old, ".jsonl")
        csv = await telling.exported(old, ".csv")
        async with old.database.reading() as session:
            anew = select(Appeal.number).join(LedgerEntry, LedgerEntry.appeal_id == Appeal.id)
            found = await session.scalars(anew.where(LedgerEntry.fact.in_(BEGUN_ANEW)))
            moved = set(found)
    assert len(csv.splitlines()) == len(kept(old, "export.csv").splitlines())
    pairs = zip(now.splitlines(), kept(old, "export.jsonl").splitlines(), strict=True)
    for mine, theirs in ((json.loads(one), json.loads(other)) for one, other in pairs):
        differing = {name for name in theirs if mine[name] != theirs[name]}
        assert mine.keys() == {*theirs, *NEW_COLUMNS}
        assert not differing or (mine["number"] in moved and differing <= {*NEW_TERMS})


async def test_the_figures_are_the_same(old: Region) -> None:
    then = kept_rows(old, "figures.json")
    async with at_work(old):
        now = await telling.figures(old)
        async with old.database.reading() as session:
            grown = await session.execute(GROWN)
    first_days = {row.key: row.since for row in grown}
    for name in (one for one in now if one.startswith("staff ")):
        blocks = {row[0] for row in now[name]} - {row[0] for row in then[name]}
        last_day = period_of(date.fromisoformat(name.split()[1]), Periodicity.MONTH).last_day
        assert blocks == {key for key, day in first_days.items() if day <= last_day}, name
        now[name] = [row for row in now[name] if row[0] not in blocks]
    counted = {name for name in then if not name.startswith(("staff ", "loads "))}
    assert {name: now[name] for name in now if name not in counted} == {
        name: then[name] for name in then if name not in counted
    }
    for name in (one for one in counted if Dimension.DUE_RULE not in one.split("+")):
        by = len(name.split("+")) if name else 0
        assert untouched(now[name], by, SHOWN) == untouched(then[name], by, BEFORE), name


def untouched(rows: list[list[Any]], by: int, figures: Sequence[Figure]) -> list[list[Any]]:
    """The groups with those of their figures that no term decides."""
    places = [by + figures.index(one) for one in UNTOUCHED]
    return [[*row[:by], *(row[place] for place in places)] for row in rows]


async def test_every_decision_keeps_its_signature_and_ground(old: Region) -> None:
    then = kept_rows(old, "decisions.json")
    async with at_work(old), old.database.reading() as session:
        now = await decisions(session)
    assert now.keys() == then.keys()
    for name in then:
        assert now[name] == then[name], name


UNDER_WAY: Mapping[str, tuple[tuple[str, Callable[[Work], Awaitable[object]], list[str]], ...]] = {
    "kursk": (
        ("curator", lambda w: decide_block(w, 4, CURATOR), ["propose", "support"]),
        (
            "administrator",
            lambda w: advance(w, 211, Step.APPROVE, by(Authority.ADMINISTRATION)),
            ["nominate", "submit", "approve"],
        ),
        ("administrator", lambda w: advance(w, 215, Step.NOMINATE, OWNER), ["nominate"]),
        ("head", lambda w: sign(w, 4, Deed.AGREE, Authority.MINISTRY, ACT), ["1", "2"]),
    ),
    "mari_el": (
        (
            "head",
            lambda w: advance_value(w, 1, date(2026, 2, 1)),
            ["assessed", "consolidated", "checked"],
        ),
    ),
    "chelyabinsk": (
        ("curator", lambda w: advance(w, 144, Step.APPROVE, CURATOR), ["appoint", "approve"]),
    ),
}
"""Who acts, what he does, and the steps that there are then."""


async def test_what_was_under_way_goes_on_by_the_law_of_its_first_day(old: Region) -> None:
    """It gets its steps at the next touch. The sessions are for reading: nothing stays."""
    for role, act, steps in UNDER_WAY[old.code]:
        async with at_work(old), old.reading(actor_with(old, role)) as work:
            await act(work)
            latest = select(DecisionRecord).order_by(DecisionRecord.id.desc()).limit(1)
            last = (await work.session.scalars(latest)).one()
            taken = await work.session.scalars(decisions_on(last.subject, last.subject_id))
            assert [row.step for row in taken] == steps
            chain = await work.session.get_one(ChainRecord, last.chain_id)
            assert [step["key"] for step in chain.steps or []][: len(steps)] == steps
            assert chain.version == last.version


async def test_personal_data_open_with_the_keys_of_then(old: Region) -> None:
    async with at_work(old):
        assert await telling.contacts(old) == kept_rows(old, "contacts.json")


async def test_the_rollups_are_proved_against_the_ledgers(old: Region) -> None:
    appeals = kept_rows(old, "rows.json")["appeal"]
    async with at_work(old), old.reading(system()) as work:
        await hold_still(work)
        proof = await verify_rollups(work)
    assert (proof.differences, proof.appeals, proof.cuts) == ((), appeals, len(CUTS))


def test_the_nets_hold_something_of_everything() -> None:
    """No table is empty in all of them, and no list of decisions."""
    empty = [
        {name for name, many in json.loads(path.read_text(encoding="utf-8")).items() if not many}
        for path in sorted(HEAD.glob("*-rows.json"))
    ]
    lists = [
        {name for name, found in json.loads(path.read_text(encoding="utf-8")).items() if not found}
        for path in sorted(HEAD.glob("*-decisions.json"))
    ]
    assert set.intersection(*empty) == {"rollup_change"}
    assert set.intersection(*lists) == set()
    assert max(path.stat().st_size for path in HEAD.iterdir()) < 300_000

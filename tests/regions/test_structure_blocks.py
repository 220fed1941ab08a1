"""Section 2, row by row: who adds a block or widens its themes, of which kinds, by which act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.placement import Placer
from core.directory.bodies import load_bodies
from core.kernel.access import Actor
from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.shapes.chains.model import DecisionRecord
from core.shapes.chains.rules import Decision, Ground
from core.structure.block_proposals import NewBlock, decide_block, propose_block, refuse_block
from core.structure.blocks import load_blocks
from core.structure.model import BlockProposal
from core.structure.rules.blocks import BlockKind
from tests.conftest import OpenRegion
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import ACT, ORDER, Centre, by, centre_of, said
from tests.fixtures.clock import FrozenClock

CULTURE = NewBlock(
    "culture", "Культура", BlockKind.SECTOR, ("culture",), True, "много сообщений о культуре"
)
LETTER = Ground(ActKind.LETTER, "3", date(2026, 2, 2))
CURATOR, GOVERNOR = by(Authority.CURATOR), by(Authority.GOVERNOR, ORDER)
ADMINISTRATION, GOVERNMENT = by(Authority.ADMINISTRATION), by(Authority.GOVERNMENT)


@dataclass(frozen=True)
class Way:
    """A region's way to a new block: who proposes, then who decides, each by its clause."""

    code: str
    proposes: str
    steps: tuple[tuple[Decision, str], ...]
    wrong: Decision
    refused: tuple[str, str]


MURMANSK, CHELYABINSK = "murmansk.513/4.4.7", "chelyabinsk.641/pol.12.2"
KURSK, RESOLUTION, ANNEX = "kursk.958/pol.4.8.2", "kursk.958/pol.3.1", "mari-el.335/post.1.1"
WAYS = (
    Way(
        "murmansk",
        "executor",
        ((GOVERNOR, MURMANSK), (CURATOR, MURMANSK)),
        ADMINISTRATION,
        ("WRONG_AUTHORITY", MURMANSK),
    ),
    Way(
        "kursk",
        "head",
        ((CURATOR, KURSK), (ADMINISTRATION, RESOLUTION)),
        ADMINISTRATION,
        ("WRONG_AUTHORITY", KURSK),
    ),
    Way(
        "mari_el",
        "administrator",
        ((GOVERNMENT, ANNEX),),
        Decision(Authority.GOVERNMENT, ORDER),
        ("GROUND_REQUIRED", ANNEX),
    ),
    Way(
        "chelyabinsk",
        "administrator",
        ((CURATOR, CHELYABINSK),),
        GOVERNOR,
        ("WRONG_AUTHORITY", CHELYABINSK),
    ),
    Way(
        "tests.grounds.polygon",
        "administrator",
        ((ADMINISTRATION, "ru.1844/11.в"),),
        CURATOR,
        ("WRONG_AUTHORITY", "ru.1844/11.в"),
    ),
)


def rows(*ways: Way) -> list[Any]:
    return [
        pytest.param(
            way,
            id=way.code,
            marks=pytest.mark.clause(*dict.fromkeys(clause for _, clause in way.steps)),
        )
        for way in ways
    ]


async def opened(open_test_region: OpenRegion, code: str) -> Centre:
    if code.startswith("tests"):
        return Centre(await open_test_region(code))
    return await centre_of(open_test_region, code)


async def propose(centre: Centre, role: str, new: NewBlock = CULTURE) -> int:
    async with centre.region.work(actor_with(centre.region, role)) as work:
        return (await propose_block(work, new)).id


async def decide(
    centre: Centre,
    proposal: int,
    decision: Decision,
    since: date | None = None,
    actor: Actor | None = None,
) -> BlockProposal:
    async with centre.region.work(actor or centre.actor(decision)) as work:
        return await decide_block(work, proposal, decision, since)


async def block_of_culture(centre: Centre, on: date) -> str | None:
    """Where a letter about culture belongs on a day."""
    letter = NewAppeal(channel="letter", external_id="1", text="?", theme="culture")
    async with centre.region.reading(actor_with(centre.region, "coordinator")) as work:
        blocks = await load_blocks(work.session, work.rules)
        placer = Placer(work.rules, await load_bodies(work.session), blocks)
        block = placer.place(letter, on).block
    return block.key if block else None


@pytest.mark.parametrize("way", rows(*WAYS))
async def test_a_block_comes_by_the_steps_of_the_region(
    open_test_region: OpenRegion, way: Way
) -> None:
    """In force after the last step alone; from its first day routing knows it (R8)."""
    centre = await opened(open_test_region, way.code)
    today, tomorrow = date(2026, 3, 2), date(2026, 3, 3)
    proposal = await propose(centre, way.proposes)
    before = await centre.rows(DecisionRecord)
    with pytest.raises(Refusal) as refused:
        await decide(centre, proposal, way.wrong)
    assert said(refused.value) == way.refused
    assert await centre.rows(DecisionRecord) == before
    for decision, _ in way.steps[:-1]:
        row = await decide(centre, proposal, decision)
        assert (row.state, await block_of_culture(centre, today)) == ("proposed", None)
    decision, clause = way.steps[-1]
    row = await decide(centre, proposal, decision, tomorrow)
    assert (row.state, row.clause, row.since) == ("in_force", clause, tomorrow)
    assert await block_of_culture(centre, today) is None
    assert await block_of_culture(centre, tomorrow) == "culture"
    with pytest.raises(Refusal) as over:
        await decide(centre, proposal, decision)
    assert over.value.code == "WRONG_STATE"


@pytest.mark.parametrize(
    ("code", "role", "clause"),
    [
        pytest.param(code, role, clause, marks=pytest.mark.clause(clause))
        for code, role, clause in (
            ("murmansk", "head", MURMANSK),
            ("kursk", "executor", KURSK),
        )
    ],
)
async def test_who_may_propose(
    open_test_region: OpenRegion, code: str, role: str, clause: str
) -> None:
    centre = await opened(open_test_region, code)
    with pytest.raises(Refusal) as refused:
        await propose(centre, role)
    assert said(refused.value) == ("FORBIDDEN", clause)
    assert await centre.rows(BlockProposal) == 0


@pytest.mark.clause(RESOLUTION, KURSK)
async def test_in_kursk_only_a_resolution_with_number_and_date_is_enough(
    open_test_region: OpenRegion,
) -> None:
    """R8: supported by the curator, and still not in force."""
    centre = await opened(open_test_region, "kursk")
    proposal = await propose(centre, "head")
    with pytest.raises(Refusal) as early:
        await decide(centre, proposal, CURATOR, actor=actor_with(centre.region, "executor"))
    assert said(early.value) == ("FORBIDDEN", KURSK)
    await decide(centre, proposal, CURATOR)
    for ground in (None, LETTER, ORDER, replace(ACT, number=" ")):
        with pytest.raises(Refusal) as refused:
            await decide(centre, proposal, Decision(Authority.ADMINISTRATION, ground))
        assert said(refused.value) == ("GROUND_REQUIRED", RESOLUTION)
    with pytest.raises(Refusal) as backwards:
        await decide(centre, proposal, ADMINISTRATION, date(2026, 3, 1))
    assert said(backwards.value) == ("DATE_OUT_OF_RANGE", RESOLUTION)
    assert (await decide(centre, proposal, ADMINISTRATION)).state == "in_force"


@pytest.mark.clause(KURSK, MURMANSK, CHELYABINSK, "ru.1844/11.в")
async def test_kinds_that_may_be_added(open_test_region: OpenRegion) -> None:
    """Kursk adds sector blocks alone; the others thematic ones too."""
    thematic = replace(CULTURE, kind=BlockKind.THEMATIC)
    for way in WAYS:
        centre = await opened(open_test_region, way.code)
        if way.code == "kursk":
            with pytest.raises(Refusal) as refused:
                await propose(centre, way.proposes, thematic)
            assert said(refused.value) == ("KIND_NOT_ALLOWED", KURSK)
            assert await centre.rows(BlockProposal) == 0
        else:
            assert await propose(centre, way.proposes, thematic) > 0


@pytest.mark.clause(CHELYABINSK)
async def test_themes_are_widened_and_never_narrowed(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    centre = await opened(open_test_region, "chelyabinsk")
    wider = NewBlock(
        "education", "Образование", BlockKind.SECTOR, ("education", "culture"), True, "общие кружки"
    )
    for wrong in (
        replace(wider, themes=("culture",)),
        replace(wider, themes=("education",)),
        replace(wider, significant=False),
    ):
        with pytest.raises(Refusal) as refused:
            await propose(centre, "administrator", wrong)
        assert said(refused.value) == ("INVALID", CHELYABINSK)
    proposal = await propose(centre, "administrator", wider)
    row = await decide(centre, proposal, CURATOR)
    assert row.widens
    assert await block_of_culture(centre, date(2026, 3, 2)) == "education"
    assert await block_of_culture(centre, date(2026, 3, 1)) is None


async def test_what_is_no_block_and_what_is_turned_down(open_test_region: OpenRegion) -> None:
    centre = await opened(open_test_region, "chelyabinsk")
    for wrong, code in (
        (replace(CULTURE, themes=("nothing",)), "UNKNOWN_THEME"),
        (replace(CULTURE, themes=()), "INVALID"),
        (replace(CULTURE, reason=" "), "INVALID"),
    ):
        with pytest.raises(Refusal) as refused:
            await propose(centre, "administrator", wrong)
        assert refused.value.code == code
    proposal = await propose(centre, "administrator")
    with pytest.raises(Refusal) as twice:
        await propose(centre, "administrator")
    assert twice.value.code == "WRONG_STATE"
    async with centre.region.work(actor_with(centre.region, "curator")) as work:
        assert (await refuse_block(work, proposal, CURATOR, "не нужно")).state == "refused"
    assert await block_of_culture(centre, date(2026, 3, 2)) is None

"""Appointments, blocks and their acts: every state, and a ground in every form it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from core.kernel.codes import ActKind, Authority
from core.shapes.chains.rules import Ground
from core.structure.appointing import approve_composition, end, refuse
from core.structure.candidates import Candidate
from core.structure.deciding import Decision
from core.structure.delegating import delegate, recall
from core.structure.growing import NewBlock, decide_block, propose_block, refuse_block
from core.structure.involving import Invitation, bring_in
from core.structure.people import dismiss, link_theme
from core.structure.replacing import propose_replacement, recommend_replacement
from core.structure.rules.appointing import Step
from core.structure.rules.blocks import BlockKind
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import Centre
from tests.nets.making.cases import Desk

ROADS = ("roads",)
DAY = date(2026, 2, 20)
NUMBERS = ("44-па", "12 от 01.02.2026-па", "7 № 3", "б/н", "5-р от", "№ 9")
"""As acts are numbered: one says «от» itself."""

COMMITTEE = Decision(
    Authority.BODY, Ground(ActKind.LETTER, "01-11/5", DAY), "committee-internal-policy"
)
OWNER = Decision(
    Authority.BODY, Ground(ActKind.ORDER, "3 от 02.02.2026", DAY), "committee-transport-roads"
)


@dataclass(frozen=True)
class Blocks:
    """The block proposals of the centre."""

    desk: Desk

    async def propose(self, key: str, themes: tuple[str, ...], name: str) -> int:
        new = NewBlock(key, name, BlockKind.SECTOR, themes, True, "много сообщений")
        head = actor_with(self.desk.region, "head")
        return int((await self.desk.act(head, propose_block, new)).id)

    async def support(self, proposal: int) -> None:
        curator = actor_with(self.desk.region, "curator")
        await self.desk.act(curator, decide_block, proposal, Decision(Authority.CURATOR))

    async def decide(self, proposal: int, number: str) -> None:
        ground = Ground(ActKind.RESOLUTION, number, DAY)
        keeper = actor_with(self.desk.region, "administrator")
        decision = Decision(Authority.ADMINISTRATION, ground)
        await self.desk.act(keeper, decide_block, proposal, decision)


async def shape(desk: Desk, centre: Centre) -> None:
    """The centre's officials, blocks and everything that is written of them."""
    await _blocks(Blocks(desk))
    await _appointments(desk, centre)
    await _replaced(desk, centre)
    await _lent(desk, centre)
    executor = actor_with(desk.region, "executor")
    invitation = Invitation("agency", "Проверочный представитель", "разбор", date(2026, 3, 1))
    await desk.act(executor, bring_in, invitation)
    keeper = actor_with(desk.region, "administrator")
    await desk.act(keeper, link_theme, "committee-culture", "sport", date(2026, 3, 1))


async def compose(desk: Desk, centre: Centre) -> None:
    """Where the curator approves a composition: some wait for him; and blocks that he decides on.

    A person of the centre decides with an act or without one.
    """
    curator, keeper = (actor_with(desk.region, role) for role in ("curator", "administrator"))
    paper = Ground(ActKind.LETTER, "5 от 03.02.2026", DAY)
    appointed = []
    for ground in (None, paper, None):
        person = await centre.person("specialist", centre.roads)
        own = Decision(Authority.BLOCK_RESPONSIBLE, ground)
        taken = await centre.begin("block-head", person, Step.APPOINT, own, blocks=ROADS)
        appointed.append(taken.appointment.id)
    await desk.act(curator, approve_composition, appointed[:2], Decision(Authority.CURATOR))
    for key, ground in (("culture", None), ("sport", paper)):
        new = NewBlock(key, key, BlockKind.SECTOR, (key,), False, "много сообщений")
        proposal = await desk.act(keeper, propose_block, new)
        await desk.act(curator, decide_block, proposal.id, Decision(Authority.CURATOR, ground))


async def _blocks(blocks: Blocks) -> None:
    """In force, widened, supported alone, proposed alone, refused at once and after a support."""
    culture = await blocks.propose("culture", ("culture",), "Культура")
    await blocks.support(culture)
    await blocks.decide(culture, "12 от 01.02.2026-па")
    wider = await blocks.propose("ecology", ("ecology", "animals"), "Экология")
    await blocks.support(wider)
    await blocks.decide(wider, "13-па")
    await blocks.support(await blocks.propose("sport", ("sport",), "Спорт"))
    await blocks.propose("labour", ("labour",), "Труд")
    for supported in (False, True):
        proposal = await blocks.propose(f"trade-{supported}".lower(), ("trade",), "Торговля")
        by = Decision(Authority.CURATOR)
        actor = actor_with(blocks.desk.region, "curator")
        if supported:
            await blocks.support(proposal)
            by = Decision(Authority.ADMINISTRATION, Ground(ActKind.RESOLUTION, "14-па", DAY))
            actor = actor_with(blocks.desk.region, "administrator")
        await blocks.desk.act(actor, refuse_block, proposal, by, "мало сообщений")


async def _appointments(desk: Desk, centre: Centre) -> None:
    """Heads of the block of roads: one for each kind of act, then one stopped at each state."""
    keeper = actor_with(desk.region, "administrator")
    for kind, number in zip(ActKind, NUMBERS, strict=True):
        row = await _nominated(centre)
        await centre.advance(row, Step.SUBMIT, COMMITTEE)
        approval = Decision(Authority.ADMINISTRATION, Ground(kind, number, DAY))
        await centre.advance(row, Step.APPROVE, approval)
        if kind is ActKind.DECISION:
            ground = Ground(ActKind.ORDER, "8 от 05.03.2026-к", date(2026, 3, 2))
            await desk.act(keeper, end, row, date(2026, 3, 20), ground)
    await _nominated(centre)
    await centre.advance(await _nominated(centre), Step.SUBMIT, COMMITTEE)
    await desk.act(keeper, refuse, await _nominated(centre), "отказался сам")
    person = await centre.person("unit-head", "competence-unit")
    own = Decision(Authority.COMPETENCE_CENTRE, Ground(ActKind.INTERNAL, "2", DAY))
    given: dict[str, Any] = {"direction": "sociology", "powers": "доверенность № 4 от 01.02.2026"}
    await centre.begin("direction-head", person, Step.APPOINT, own, **given)


async def _nominated(centre: Centre) -> int:
    person = await centre.person("body-deputy-head", centre.roads)
    taken = await centre.begin("block-head", person, Step.NOMINATE, OWNER, blocks=ROADS)
    return taken.appointment.id


async def _replaced(desk: Desk, centre: Centre) -> None:
    """Dismissed with another proposed and without; recommended; and one already late."""
    keeper, curator = (actor_with(desk.region, role) for role in ("administrator", "curator"))
    numbers = count(1)
    for role_of_trigger in ("dismissal", "recommendation", "dismissal"):
        person = await centre.person("specialist", centre.roads)
        held = await centre.holding("block-head", person, ROADS, centre.roads)
        if role_of_trigger == "dismissal":
            on = date(2026, 3, 30)
            await desk.act(keeper, dismiss, person, on, desk.region.now() - timedelta(days=1))
        else:
            await desk.act(curator, recommend_replacement, held.id)
        number = next(numbers)
        if number == 1:
            other = await centre.person("specialist", centre.roads)
            proposal = Candidate(other, "block-head", date(2026, 3, 20), ROADS)
            responsible = actor_with(desk.region, "block-responsible", blocks=ROADS)
            await desk.act(responsible, propose_replacement, number, proposal)


async def _lent(desk: Desk, centre: Centre) -> None:
    """Two delegations of one appointment, one of them recalled."""
    keeper = actor_with(desk.region, "administrator")
    person, other = [await centre.person("body-head", centre.roads) for _ in range(2)]
    row = await centre.holding("block-responsible", person, ROADS)
    week = timedelta(days=7)
    for start in (date(2026, 3, 10), date(2026, 5, 10)):
        lent = await desk.act(keeper, delegate, row.id, other, start, start + week, "отпуск")
    await desk.act(keeper, recall, lent.id)

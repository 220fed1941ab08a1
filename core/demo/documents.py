"""Documents of the demo: of each kind that the region's law has on, one at every stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from core.demo.officials import BLOCK_ROLES
from core.directory.service import actor_of
from core.documents.deciding import Ruling, decide
from core.documents.drafting import NewDocument, draft
from core.documents.kinds import Procedure, procedures
from core.documents.letters import register_letter
from core.documents.model import Document, DocumentVersion
from core.documents.rules.content import DocumentField, FieldForm
from core.documents.rules.equality import PortalEquality
from core.documents.rules.kinds import DocumentDeed
from core.documents.submission import submit, withdraw
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind, Authority
from core.kernel.region import Region
from core.region.tokens import DEMO_SUBJECT
from core.shapes.chains.rules import Ground, Step
from core.structure.blocks import load_blocks

KEEPERS = ("executor", "head")
"""Who keeps the documents of a centre, and enters the acts of parties outside."""

STAGES = ("draft", "submitted", "half", "returned", "withdrawn", "done")
MORE_ROLES = ("block-staff",)
CELLS = {
    "Мероприятие": "Осмотр остановок",
    "Срок": "01.06.2026",
    "Ответственный": "Ответственный за блок",
    "Ответственное должностное лицо": "Ответственный за блок",
    "Показатель": "Поступило",
    "За период": "12",
    "К предыдущему": "+3",
    "К неделе назад": "−2",
    "Орган": "Вымышленный комитет",
    "Поступило": "12",
    "Дан ответ": "9",
    "С опозданием": "1",
    "Решено": "7",
}
"""What stands in the columns of tables, by what they are called."""

ACT_AGE = timedelta(days=10)


@dataclass(frozen=True)
class Registrar:
    """Writes the documents of one region with its demo officials."""

    region: Region
    block: str
    actors: dict[str, Actor]

    async def make(self, procedure: Procedure, stage: str) -> None:
        """A document of the kind, taken as far as the stage says; none where it has no such."""
        steps = procedure.chain.steps
        if len(steps) < {"draft": 0, "half": 2, "done": 0}.get(stage, 1):
            return
        number = await self._drafted(procedure, stage)
        if stage == "draft":
            return
        author = self._drafter(procedure)
        async with self.region.work(author) as work:
            row = await work.session.get_one(Document, number)
            await submit(work, number, row.revision)
        taken = {"submitted": 0, "withdrawn": 0, "half": len(steps) - 1, "returned": 1}.get(
            stage, len(steps)
        )
        for place, step in enumerate(steps[:taken], start=1):
            refused = stage == "returned" and place == taken
            await self._decide(number, step, author, refused=refused)
        if stage == "done":
            await self._send(number)
        elif stage == "withdrawn":
            async with self.region.work(author) as work:
                await withdraw(work, number, "Исходные сведения уточняются")

    async def _send(self, number: int) -> None:
        """Register the letter with which it went out, where the portal's record is none."""
        async with self.region.work(self.actors["head"]) as work:
            if work.rules.find(PortalEquality, "portal", work.today) is None:
                letter = Ground(ActKind.LETTER, f"01-12/{number}", work.today)
                await register_letter(work, number, letter)

    async def _drafted(self, procedure: Procedure, stage: str) -> int:
        kind = procedure.kind
        new = NewDocument(
            kind.key,
            f"{kind.name}: пример ({STAGES.index(stage) + 1})",
            {field.key: _filled(field) for field in kind.fields},
            self.block if kind.of_block else None,
        )
        async with self.region.work(self._drafter(procedure)) as work:
            return (await draft(work, new)).id

    async def _decide(self, number: int, step: Step, author: Actor, *, refused: bool) -> None:
        party = step.parties[0]
        by = Authority.ADMINISTRATION if party.by is Authority.REGION else party.by
        entered = not by.of_the_centre and by is not Authority.CENTRE
        day = self.region.clock().date() - ACT_AGE
        kind = min(party.grounds, default=ActKind.LETTER)
        async with self.region.work(self._decider(by, author)) as work:
            row = await work.session.get_one(Document, number)
            version = await work.session.get_one(DocumentVersion, row.current_id)
            ruling = Ruling(
                by,
                version.digest,
                "Нужны сроки и ответственные" if refused else None,
                DocumentDeed(step.deed),
                Ground(kind, f"{number}-пр", day) if entered else None,
                min(party.bodies, default=None),
            )
            await decide(work, number, ruling)

    def _drafter(self, procedure: Procedure) -> Actor:
        roles = sorted(procedure.kind.drafters) or KEEPERS
        return self.actors[next(role for role in roles if role in self.actors)]

    def _decider(self, by: Authority, author: Actor) -> Actor:
        if by.of_the_centre:
            return self.actors[by.value]
        keepers = [self.actors[role] for role in KEEPERS]
        return next(one for one in keepers if one != author)


async def fill_documents(region: Region) -> int:
    """Every kind at every stage that it has; how many documents were added, none a second time."""
    async with region.work(system()) as work:
        if await work.session.scalar(select(func.count()).select_from(Document)):
            return 0
        blocks = (await load_blocks(work.session, work.rules)).all(work.today)
        found = await procedures(work, work.today)
        today = work.today
    registrar = Registrar(region, blocks[0].key, await centre_actors(region, today))
    for procedure in (one for one in found if one.on):
        for stage in STAGES:
            await registrar.make(procedure, stage)
    async with region.reading(system()) as work:
        return await work.session.scalar(select(func.count()).select_from(Document)) or 0


async def centre_actors(region: Region, today: date) -> dict[str, Actor]:
    """The demo's officials of the centre by role, as far as the region has the roles."""
    found = {}
    for role in (*KEEPERS, "curator", *BLOCK_ROLES, *MORE_ROLES):
        subject = DEMO_SUBJECT.format(role=role)
        actor = await actor_of(region.database, subject, today, region.rules)
        if actor.grants:
            found[role] = actor
    return found


def _filled(field: DocumentField) -> str | Sequence[Sequence[str]]:
    match field.form:
        case FieldForm.TABLE:
            return [[CELLS[one] for one in field.columns]]
        case FieldForm.DAY:
            return "2026-06-01"
        case FieldForm.TEXT:
            return f"{field.name}: вымышленный текст для показа."

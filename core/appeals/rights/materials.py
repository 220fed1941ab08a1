"""Showing the applicant the materials of his appeal: a decision on each of them, kept for good.

No right of others may be touched and no protected secret told; whoever asks is identified first
(59-ФЗ, ст. 5 п. 2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.choices import Choice
from core.appeals.delivery.enclosed import enclosed_with
from core.appeals.ledger import read_entries
from core.appeals.model import Answer, Appeal
from core.appeals.queries import visible
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.step import Step
from core.appeals.words import word_of
from core.attachments.kinds import Origin
from core.attachments.model import Attachment
from core.attachments.store import Owner, about, attachments_of
from core.directory.queries import names_of
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.russian import Code

KIND, OFFICIAL = Appeal.__tablename__, Origin.OFFICIAL
FILE = "file:"


class ShownBy(Code):
    """How whoever asks for the materials was found to be the author of the appeal."""

    DOCUMENT = "document", "предъявлен документ, удостоверяющий личность"
    ESIA = "esia", "вход через ЕСИА"
    REPRESENTATIVE = "representative", "предъявлены документ и доверенность представителя"


class Withholding(Code):
    """Why a material is not shown; there are no other grounds."""

    OTHERS_RIGHTS = "others_rights", "затрагивает права, свободы и законные интересы других лиц"
    SECRET = "secret", "содержит государственную или иную охраняемую законом тайну"


@dataclass(frozen=True, slots=True)
class Material:
    """One material: `answer:1`, `file:3`, `reply:7`, `document:5`.

    `content` is its text or its place; of a file that went with an answer name, size and SHA-256.
    """

    key: str
    name: str
    content: str

    @property
    def called(self) -> str:
        """What it is among the others: of a file, its own name too."""
        file = self.content.rsplit(", ", 2)[0] if self.key.startswith(FILE) else ""
        return f"{self.name}: {file}" if file else self.name


@dataclass(frozen=True, slots=True)
class Withheld:
    """A material (a key) that is not shown, on what ground, and why in words."""

    material: str
    ground: Withholding
    reason: str


@dataclass(frozen=True, slots=True)
class Showing:
    """The decision: how the author was identified, what is shown (keys), what is withheld."""

    identified_by: ShownBy
    shown: Sequence[str]
    withheld: Sequence[Withheld] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown of the appeal, after the decision."""

    appeal: Appeal
    materials: Sequence[Material]


async def list_materials(work: Work, appeal_id: int) -> Sequence[Material]:
    """Everything of the appeal that may be asked for, to decide on. Needs SHOW_MATERIALS."""
    rule = work.rules.get(Transition, "show", work.today)
    require(work.actor, rule.permission, rule.clause)
    query = select(Appeal).where(Appeal.id == appeal_id, visible(work.actor, rule.permission))
    appeal = await work.session.scalar(query)
    if appeal is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого обращения нет")
    return await _materials(Case(work, appeal, await read_entries(work, appeal_id), rule))


def _check_known(case: Case) -> None:
    if case.appeal.applicant_id is None:
        text = "Автор обращения не установлен: знакомить с материалами некого"
        raise Refusal(RefusalCode.IDENTITY_REQUIRED, text, case.step.clause)


async def _to_decide(case: Case) -> Sequence[Choice]:
    """Every material of the case: on each there is to be a decision."""
    return [Choice(one.key, one.called) for one in await _materials(case)]


SHOW = Step("show", (_check_known,), choices={"shown": _to_decide, "material": _to_decide})


@serves(FZ59.cite("5.2"))
async def show_materials(
    work: Work, appeal_id: int, decision: Showing, *, expected_version: int | None = None
) -> Shown:
    """Show what the decision allows; the ledger and the journal keep it. Needs SHOW_MATERIALS.

    Refuses, with the clause, an appeal whose author nobody knows, and a decision that says nothing
    or two things of a material, or withholds one without a reason.
    """
    case = await SHOW.open(work, appeal_id, expected_version)
    materials = await _materials(case)
    _check(case, decision, materials)
    withheld = [
        {
            "material": one.material,
            "ground": one.ground,
            "reason": reasoned(one.reason, case.step.clause),
        }
        for one in decision.withheld
    ]
    data = {
        "identified_by": decision.identified_by,
        "shown": sorted(decision.shown),
        "withheld": withheld,
    }
    appeal = await case.advance(data=data)
    return Shown(appeal, [one for one in materials if one.key in decision.shown])


def _check(case: Case, decision: Showing, materials: Sequence[Material]) -> None:
    """Each material is decided once, and nothing else is."""
    said = Counter([*decision.shown, *(one.material for one in decision.withheld)])
    if said == Counter(one.key for one in materials):
        return
    names = {one.key: one.name for one in materials}
    unsaid = [names[key] for key in names if said[key] != 1]
    text = (
        f"По каждому материалу нужно одно решение; нет его или их два: {', '.join(unsaid)}"
        if unsaid
        else "В решении названы материалы, которых в деле нет"
    )
    raise Refusal(RefusalCode.INVALID, text, case.step.clause)


async def _materials(case: Case) -> Sequence[Material]:
    """What was sent, supplied and added by officials; a draft is none, nor what it encloses."""
    query = select(Answer).where(Answer.appeal_id == case.appeal.id).order_by(Answer.id)
    answers = (await case.work.session.scalars(query)).all()
    enclosed = {int(file["attachment"]) for one in answers for file in one.attachments}
    given: list[Material] = []
    for number, answer in enumerate((one for one in answers if one.sent_at), start=1):
        assert answer.sent_at is not None
        name = f"ответ от {local_date(answer.sent_at, case.work.zone):%d.%m.%Y}"
        given.append(Material(f"answer:{number}", name, answer.text))
        files = await enclosed_with(case.work, answer)
        given += [_file(case.work, row, f"{name}, приложение") for row in files]
    added = await attachments_of(case.work, Owner(KIND, case.appeal.id))
    lying = (one for one in added if one.origin == OFFICIAL and one.id not in enclosed)
    own = (_file(case.work, one, "приобщено к делу") for one in lying)
    names = await _names(case)
    supplied = [one async for one in _supplied(case, names)]
    return [*given, *own, *supplied, *_of_ledger(case, names)]


async def _names(case: Case) -> Mapping[str | None, str]:
    """What bodies that have supplied something are called, by their keys."""
    keys = {row.body for row in case.rows if row.fact == Fact.SUPPLIED}
    found = await case.work.session.execute(names_of(keys))
    return {**dict.fromkeys(keys, "не назван"), **{one.key: one.name for one in found}}


async def _supplied(case: Case, names: Mapping[str | None, str]) -> AsyncIterator[Material]:
    """Files that came with what a body supplied: whose they are the ledger says."""
    for row in case.rows:
        if row.fact == Fact.SUPPLIED and (files_of := row.data.get("files_of")):
            for file in await attachments_of(case.work, Owner(*files_of)):
                name = f"сведения от органа «{names[row.body]}», приложение"
                yield _file(case.work, file, name)


def _file(work: Work, row: Attachment, name: str) -> Material:
    content = f"{row.name}, {row.size} байт, SHA-256 {about(work, row)['digest']}"
    return Material(f"{FILE}{row.id}", name, content)


def _of_ledger(case: Case, names: Mapping[str | None, str]) -> Iterator[Material]:
    vault = case.work.sealing.vault
    for row in case.rows:
        said = row.reason or ""
        if row.fact == Fact.SUPPLIED:
            yield Material(f"reply:{row.seq}", f"сведения от органа «{names[row.body]}»", said)
        elif row.fact == Fact.SUPPLEMENTED:
            yield Material(f"document:{row.seq}", said, word_of(vault, row.data, "reference"))

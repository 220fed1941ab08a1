"""Kinds of documents as law: who drafts, by which chain, to whom it goes and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.directory.rules.bodies import Body
from core.documents.rules.content import DocumentField, FieldForm
from core.kernel.codes import ActKind, Authority
from core.kernel.rules.roles import Role
from core.law.act import Clause
from core.law.periods import Periodicity
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, keys, listed
from core.shapes.chains.rules import Chain, Party, Step


class DocumentDeed(Code):
    """What a party does with a document."""

    SUBMIT = "submit", "направляет"
    AGREE = "agree", "согласует"
    APPROVE = "approve", "утверждает"
    SIGN = "sign", "подписывает"
    ADOPT = "adopt", "принимает совместно"
    RECEIVE = "receive", "получает"

    @property
    def judges(self) -> bool:
        """Whether it is a judgement on the text: whoever wrote in it does not judge it (R61)."""
        return self in (DocumentDeed.AGREE, DocumentDeed.APPROVE, DocumentDeed.ADOPT)


@dataclass(frozen=True, slots=True)
class DocumentStep:
    """What the parties do: all of them, or `need` of them.

    `clause` where another one than the kind's asks for it; `beside` stands open together with the
    step before. A body is named by its key, an act by its kinds.
    """

    deed: DocumentDeed
    by: tuple[Authority, ...]
    clause: Clause | None = None
    need: int | None = None
    beside: bool = False
    bodies: Annotated[frozenset[str], To(Body)] = frozenset()
    grounds: frozenset[ActKind] = frozenset()

    def sentence(self) -> str:
        """«руководитель центра согласует — п. 3.4.7 …»; a body that the act names, by its name."""
        who = ", ".join(keys(self.bodies) or party.label for party in self.by)
        some = f" ({self.need} из {len(self.by)})" if self.need else ""
        beside = "одновременно " if self.beside else ""
        act = f" актом: {listed(self.grounds)}" if self.grounds else ""
        ground = f" — {self.clause.title}" if self.clause else ""
        return f"{beside}{who}{some} {self.deed.label}{act}{ground}"


PLAIN = (
    DocumentField("purpose", "Цель"),
    DocumentField("contents", "Содержание"),
    DocumentField(
        "measures",
        "Мероприятия",
        FieldForm.TABLE,
        required=False,
        columns=("Мероприятие", "Срок", "Ответственный"),
    ),
)
"""What a document of any kind may say; no act asks for more of most of them."""


@dataclass(frozen=True)
class DocumentKind(Rule):
    """A kind of document. Its clause says who has it drafted or that it is there at all.

    `drafters` are keys of roles; without any, whoever keeps the documents of the centre drafts, in
    the name of the `author`; a body that is so submits it by the first step.
    Without steps it is handed over as soon as it is submitted. `set_by` are the kinds of act that
    must set its chain first, where no act of the law does (R21), `set_with` who agrees to that act:
    until then the kind is off. `reading` names what gives a chain where acts are silent.
    """

    code: ClassVar[str] = "document-kind"
    heading: ClassVar[str] = "Документы центра"
    noun: ClassVar[str] = "вид документов"

    name: str
    steps: tuple[DocumentStep, ...] = ()
    drafters: Annotated[frozenset[str], To(Role)] = frozenset()
    author: Authority = Authority.CENTRE
    sent_to: str = ""
    period: Periodicity | None = None
    of_block: bool = False
    set_by: frozenset[ActKind] = frozenset()
    set_with: Authority | None = None
    reading: str = ""
    fields: tuple[DocumentField, ...] = PLAIN

    def sentence(self) -> str:
        """What it orders, in words."""
        body = keys(self.steps[0].bodies) if self.author.is_body else ""
        author = body or self.author.label
        who = ", ".join(f"`{role}`" for role in sorted(self.drafters)) or author
        parts = [f"{self.name}: готовит {who}"]
        if self.set_by:
            agreed = f", который согласует {self.set_with.label}" if self.set_with else ""
            act = f"{listed(self.set_by)}{agreed}"
            parts.append(f"порядок устанавливает {act}; до этого вид выключен")
        parts.extend(step.sentence() for step in self.steps)
        if not self.steps and not self.set_by:
            parts.append("утверждения акт не требует")
        if self.sent_to:
            parts.append(f"представляется: {self.sent_to}")
        if self.period:
            parts.append(f"за каждый период: {self.period.label}")
        if self.of_block:
            parts.append("по отраслевому блоку")
        if self.reading:
            parts.append("порядок — по толкованию системы")
        return "; ".join(parts)

    def ground(self, step: DocumentStep) -> Clause:
        """The clause that asks for this step."""
        return step.clause or self.clause


def step(
    deed: DocumentDeed,
    *by: Authority,
    clause: Clause | None = None,
    need: int | None = None,
    beside: bool = False,
    bodies: frozenset[str] = frozenset(),
    grounds: frozenset[ActKind] = frozenset(),
) -> DocumentStep:
    """A step of these parties."""
    return DocumentStep(deed, by, clause, need, beside, bodies, grounds)


def agrees(by: Authority, clause: Clause | None = None) -> DocumentStep:
    """One party agrees."""
    return DocumentStep(DocumentDeed.AGREE, (by,), clause)


def approves(by: Authority, clause: Clause | None = None, *grounds: ActKind) -> DocumentStep:
    """One party approves, by an act of these kinds where it is asked for."""
    return DocumentStep(DocumentDeed.APPROVE, (by,), clause, grounds=frozenset(grounds))


def document_chain(kind: DocumentKind) -> Chain:
    """The steps of a kind in their order, each of its parties with the step's clause."""
    steps: list[Step] = []
    order = 0
    for number, one in enumerate(kind.steps, start=1):
        order = order if one.beside else number
        clause = kind.ground(one).ref
        parties = tuple(Party(by, clause, one.grounds, one.bodies) for by in one.by)
        steps.append(Step(str(number), one.deed.value, order, parties, one.need))
    return Chain(tuple(steps))

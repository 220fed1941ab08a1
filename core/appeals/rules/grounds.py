"""On what grounds an appeal is left without an answer on its substance, and what proves each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar
from urllib.parse import urlsplit

from core.appeals.rules.lifecycle import WITHOUT_ANSWER, Outcome
from core.kernel.codes import Permission
from core.law.fault import LawError
from core.law.rule import Rule
from core.law.russian import Code, listed, plural

_NORM = re.compile(r"(?i)\bст(ать\w*|\.)\s*\d")
"""A norm names an article; no secret is kept by a law as a whole."""


class ProofKind(Code):
    """What a ground may ask to be shown; the value is the field of `Proof`."""

    PASSAGE = "passage", "слова обращения, содержащие оскорбление или угрозу"
    COPY = "copy", "место хранения копии обращения"
    FINDINGS = "findings", "описание того, что мешает дать ответ"
    NORM = "norm", "норма закона, которая охраняет тайну"
    QUESTION = "question", "вопрос, по которому переписка прекращается"
    EARLIER = "earlier", "даты и номера прежних ответов"
    DECISION = "decision", "номер решения о прекращении переписки"
    PAGE = "page", "адрес страницы официального сайта"


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer given before: the number of the appeal and the local day of the answer."""

    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Proof:
    """What is shown for a ground; what the ground does not ask for stays empty."""

    passage: str | None = None
    copy: str | None = None
    findings: str | None = None
    norm: str | None = None
    question: str | None = None
    earlier: tuple[EarlierAnswer, ...] = ()
    decision: str | None = None
    page: str | None = None

    @property
    def given(self) -> frozenset[ProofKind]:
        """What is filled in; a text of spaces is not."""
        return frozenset(ProofKind(one.name) for one in fields(self) if _filled(self, one.name))

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text in it."""
        said = (getattr(self, one.name) for one in fields(self))
        return (*(one for one in said if isinstance(one, str)), *(e.number for e in self.earlier))


@dataclass(frozen=True)
class OutcomeGround(Rule):
    """A ground of art. 11 of 59-ФЗ; the key is the outcome that it gives.

    `decides` is the permission of who may decide by it; `above_executor` asks besides that he
    stands above the executor. `earlier` is how many answers must have been given before.
    LawError for a key that is no such outcome.
    """

    code: ClassVar[str] = "outcome-ground"
    heading: ClassVar[str] = "Основания не давать ответ по существу"

    name: str
    decides: Permission
    proof: frozenset[ProofKind]
    above_executor: bool = False
    earlier: int = 0

    def __post_init__(self) -> None:
        """The outcome must be one that gives no answer."""
        super().__post_init__()
        if self.key not in WITHOUT_ANSWER:
            raise LawError(f"{self}: такого итога без ответа нет")

    @property
    def outcome(self) -> Outcome:
        """What is recorded as the outcome of the appeal."""
        return Outcome(self.key)

    def sentence(self) -> str:
        """What it orders, in words."""
        parts = [self.name, f"доказательства: {listed(self.proof)}"]
        if self.earlier:
            answers = plural(self.earlier, "ответа", "ответов", "ответов")
            parts.append(f"прежде дано не менее {self.earlier} {answers} (практика системы)")
        parts.append(f"право: {self.decides.label}")
        if self.above_executor:
            parts.append("решает стоящий выше исполнителя")
        return "; ".join(parts)

    def no_looser_than(self, other: OutcomeGround) -> bool:
        """Asks for all the proof that the other asks for, and of nobody lower."""
        return (
            self.proof >= other.proof
            and self.earlier >= other.earlier
            and self.above_executor >= other.above_executor
            and self.decides is other.decides
        )


def gaps(ground: OutcomeGround, proof: Proof) -> tuple[ProofKind, ...]:
    """What the ground asks for and is not shown, in the order of the kinds."""
    return tuple(kind for kind in ProofKind if kind in ground.proof - proof.given)


def strangers(ground: OutcomeGround, proof: Proof) -> tuple[ProofKind, ...]:
    """What is shown though the ground has no use for it: it belongs to another one."""
    return tuple(kind for kind in ProofKind if kind in proof.given - ground.proof)


def fault(ground: OutcomeGround, proof: Proof, text: str, received_on: date) -> str | None:
    """What is wrong with proof that is complete, as a Russian sentence; None where nothing is.

    `text` is the appeal's, `received_on` its local day of receipt.
    """
    if ProofKind.PASSAGE in ground.proof and _folded(proof.passage or "") not in _folded(text):
        return "Таких слов в тексте обращения нет"
    if ProofKind.EARLIER in ground.proof:
        return _fault_of_earlier(ground.earlier, proof.earlier, received_on)
    if ProofKind.PAGE in ground.proof and not _is_address(proof.page or ""):
        return "Адрес страницы должен начинаться с «https://» или «http://» и называть сайт"
    if ProofKind.NORM in ground.proof and not _NORM.search(proof.norm or ""):
        return "Назовите норму: закон и его статью, которая охраняет тайну"
    return None


def _fault_of_earlier(
    least: int, earlier: Sequence[EarlierAnswer], received_on: date
) -> str | None:
    if len({answer.number.strip() for answer in earlier}) < least:
        return f"Прежних ответов должно быть не менее {least}, каждый по своему обращению"
    if any(not answer.number.strip() for answer in earlier):
        return "У каждого прежнего ответа должен быть номер"
    if any(answer.on >= received_on for answer in earlier):
        return "Прежний ответ даётся до поступления этого обращения"
    return None


def _filled(proof: Proof, name: str) -> bool:
    value = getattr(proof, name)
    return bool(value.strip() if isinstance(value, str) else value)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")

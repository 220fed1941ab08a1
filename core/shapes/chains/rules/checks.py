"""What every decision is checked for: its ground, self-approval, delegation. Each stands once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import ActKind, Authority, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import readable
from core.law.act import Clause
from core.law.russian import listed

LONGEST_NUMBER = 60
EARLIEST = date(1900, 1, 1)
"""No act of those who decide here is older."""

DELEGATION = PRACTICE.cite("delegation")


@dataclass(frozen=True, slots=True)
class Ground:
    """The act on which a decision stands; its number without outer spaces."""

    kind: ActKind
    number: str
    date: date

    def __post_init__(self) -> None:
        """Spaces around a number are none of it."""
        object.__setattr__(self, "number", self.number.strip())

    @property
    def text(self) -> str:
        """«постановление № 12-па от 01.03.2026»: the one form in which people read it."""
        return f"{self.kind.label} № {self.number} от {self.date:%d.%m.%Y}"


@dataclass(frozen=True, slots=True)
class Decision:
    """By whom a step is taken; `body` is its key where a body decides, `ground` the act.

    A person of the centre decides here himself. For all others whoever keeps the directory or
    the indicators enters their act; a body's own official needs none.
    """

    by: Authority
    ground: Ground | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Acting:
    """Who enters a decision, looked up at its moment.

    `in_person` decides himself, else he enters another's act. `on_behalf_id` is the holder within
    whose appointment a delegate acts.
    """

    subject: str
    person_id: int | None
    role: str | None
    body_id: int | None = None
    on_behalf_id: int | None = None
    in_person: bool = False


class Signed(Protocol):
    """A decision as self-approval sees it: in which step, of which party, and who took it."""

    step: str
    party: str
    body_id: int | None
    in_person: bool
    actor: str
    person_id: int | None
    on_behalf_id: int | None


def check_ground(
    ground: Ground | None,
    kinds: frozenset[ActKind],
    today: date,
    clause: Clause | None,
    *,
    required: bool = True,
    absent: RefusalCode = RefusalCode.GROUND_REQUIRED,
    missing: str | None = None,
) -> None:
    """The one check of what a decision stands on: an act of the kinds, its number and its day.

    What is given is checked also where nothing is `required`. Refuses GROUND_REQUIRED and
    DATE_OUT_OF_RANGE; where there is none, `absent` with the text `missing`.
    """
    needed = f"Нужно основание: {listed(kinds) or 'акт'} с номером и датой"
    if ground is None:
        if required or kinds:
            raise Refusal(absent, missing or needed, clause)
        return
    number = ground.number
    if not 0 < len(number) <= LONGEST_NUMBER or not (readable(number) and number.isprintable()):
        raise Refusal(RefusalCode.GROUND_REQUIRED, needed, clause)
    if not isinstance(ground.kind, ActKind):
        raise Refusal(
            RefusalCode.GROUND_REQUIRED, "Такого вида актов право не предусматривает", clause
        )
    if kinds and ground.kind not in kinds:
        text = f"Основание — {ground.kind.label}, а нужно: {listed(kinds)}"
        raise Refusal(RefusalCode.GROUND_REQUIRED, text, clause)
    if ground.date > today:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Дата акта ещё не наступила", clause)
    if ground.date < EARLIEST:
        raise Refusal(
            RefusalCode.DATE_OUT_OF_RANGE,
            "Дата акта указана неверно: акт не может быть таким давним",
            clause,
        )


@dataclass(frozen=True, slots=True)
class Hands:
    """Who wrote what is approved: persons by id, their holders among them, and subjects."""

    people: frozenset[int] = frozenset()
    subjects: frozenset[str] = frozenset()


def check_authorship(acting: Acting, wrote: Hands, clause: Clause | None) -> None:
    """The one check of authorship: who wrote it, or acts for one who did, does not judge it.

    Who enters the acts of others judges nothing himself. Refuses JUDGE_NOT_INDEPENDENT.
    """
    people = {acting.person_id, acting.on_behalf_id} - {None}
    if acting.in_person and (people & wrote.people or acting.subject in wrote.subjects):
        text = "Кто вносил изменения в версию, тот и его замещающий по ней не решают"
        raise Refusal(RefusalCode.JUDGE_NOT_INDEPENDENT, text, clause)


def check_self_approval(
    by: Authority,
    acting: Acting,
    earlier: Iterable[Signed],
    clause: Clause | None,
    step: str | None = None,
) -> None:
    """The one check of self-approval: where the chain asks for another party, another person.

    One party may take several steps by the same person: an act that gives it them means it; but
    never two places of one step (its key). Who enters the acts of others decides nothing himself.
    Refuses JUDGE_NOT_INDEPENDENT.
    """
    if not acting.in_person:
        return
    for one in earlier:
        another = one.step == step or (one.party, one.body_id) != (by, acting.body_id)
        if one.in_person and another and _same(acting, one):
            text = "Это решает другая сторона, а не тот, кто уже решил за свою"
            raise Refusal(RefusalCode.JUDGE_NOT_INDEPENDENT, text, clause)


def check_delegate(acting: Acting, concerned: frozenset[int]) -> None:
    """The one check of delegation: nobody is lent rights over his own candidature (person ids)."""
    if acting.on_behalf_id is not None and acting.person_id in concerned:
        text = "Замещающий не решает о самом себе"
        raise Refusal(RefusalCode.JUDGE_NOT_INDEPENDENT, text, DELEGATION)


def _same(acting: Acting, one: Signed) -> bool:
    """The same hand, or another within the appointments of the same holder."""
    now = {acting.person_id, acting.on_behalf_id} - {None}
    then = {one.person_id, one.on_behalf_id} - {None}
    return acting.subject == one.actor or bool(now & then)

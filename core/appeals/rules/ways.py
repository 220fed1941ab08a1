"""On which ways an answer may go: by how the appeal came (59-ФЗ, 10 ч. 4 with 6 ч. 2)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from core.appeals.rules.intake import Channel
from core.appeals.rules.signatures import Way
from core.law.rule import Rule
from core.law.russian import Code, labels


class Came(Code):
    """In which form an appeal came; what was said at a reception is answered as paper is."""

    ELECTRONICALLY = "electronically", "в форме электронного документа"
    ON_PAPER = "on_paper", "в письменной форме"


@dataclass(frozen=True)
class AnswerWays(Rule):
    """On which of these `ways` the answer goes to what came so (the key is a `Came`).

    `besides` are ways that may be added where the answer concerns an indefinite circle of people
    and discloses nobody; alone they are no answer to the applicant.
    """

    code: ClassVar[str] = "answer-ways"
    heading: ClassVar[str] = "Способы направления ответа"

    ways: frozenset[Way]
    besides: frozenset[Way] = frozenset()

    def sentence(self) -> str:
        """What it orders, in words."""
        came = Came(self.key).label
        said = f"на обращение {came} ответ направляется {' или '.join(labels(self.ways))}"
        if not self.besides:
            return said
        more = " или ".join(labels(self.besides))
        return f"{said}; затрагивающий интересы неопределённого круга лиц — также {more}"

    def no_looser_than(self, other: AnswerWays) -> bool:
        """Lets nothing through that the other does not."""
        return self.ways <= other.ways and self.besides <= other.besides


def came(channel: Channel) -> Came:
    """In which form appeals of this channel come."""
    return Came.ELECTRONICALLY if channel.electronic else Came.ON_PAPER


def ways_allowed(rule: AnswerWays, *, indefinite: bool = False) -> frozenset[Way]:
    """On which ways the answer may go; `indefinite`: it concerns an indefinite circle of people."""
    return rule.ways | rule.besides if indefinite else rule.ways


def fault_of_ways(
    rule: AnswerWays,
    chosen: Collection[Way],
    *,
    indefinite: bool = False,
    discloses: bool = False,
) -> str | None:
    """Why an answer may not go on the chosen ways, as a Russian sentence; None where it may.

    `discloses` says that its text names the applicant or tells of his private life (6 ч. 2).
    """
    foreign = set(chosen) - ways_allowed(rule, indefinite=indefinite)
    if foreign & rule.besides:
        return "На сайте размещают ответ, затрагивающий интересы неопределённого круга лиц"
    if foreign or not rule.ways & set(chosen):
        return f"На обращение {Came(rule.key).label} ответ направляется {_or(rule.ways)}"
    if discloses and rule.besides & set(chosen):
        return "Размещаемый ответ не должен раскрывать сведения о заявителе и его частной жизни"
    return None


def _or(ways: Collection[Way]) -> str:
    return " или ".join(labels(ways))

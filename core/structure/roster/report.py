"""What became of each line of a load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.kernel.errors import Refusal
from core.law.russian import Code


class Kind(Code):
    """What is loaded, in the order in which it is."""

    BODY = "body", "органы"
    POSITION = "position", "должности"
    PERSON = "person", "люди"
    APPOINTMENT = "appointment", "назначения"


class Outcome(Code):
    """What became of it."""

    ADDED = "added", "внесено"
    CHANGED = "changed", "изменено"
    KNOWN = "known", "без изменений"
    ENDED = "ended", "прекращено"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of one line, as it is told."""

    text: str
    wrong: bool = False


@dataclass(slots=True)
class Report:
    """All lines in the order in which they were taken; `kinds` of what may stand in them."""

    kinds: Sequence[Code] = tuple(Kind)
    lines: list[Line] = field(default_factory=list)
    counted: Counter[tuple[Code, Outcome]] = field(default_factory=Counter)

    @property
    def wrong(self) -> int:
        """How many lines cannot stand."""
        return sum(line.wrong for line in self.lines)

    def take(self, where: str, kind: Code, key: str, outcome: Outcome) -> None:
        """Something of a line stands; `key` is no personal data."""
        self.counted[kind, outcome] += 1
        self.lines.append(Line(f"{where}: {kind.label}: {key}: {outcome.label}"))

    def refuse(self, where: str, refusal: Refusal) -> None:
        """Something of a line cannot stand; with the clause where law speaks."""
        norm = f" [{refusal.clause.title}; {refusal.clause.ref}]" if refusal.clause else ""
        self.lines.append(Line(f"{where}: {refusal.text} ({refusal.code}){norm}", wrong=True))

    def summary(self, *, dry_run: bool) -> str:
        """One line for all; the kinds that there were."""
        begun = "Проверено, ничего не записано" if dry_run else "Внесено"
        kinds = [kind for kind in self.kinds if any(one is kind for one, _ in self.counted)]
        told = (
            f"{kind.label} — "
            + ", ".join(f"{each.label} {self.counted[kind, each]}" for each in self._told(kind))
            for kind in kinds
        )
        return f"{begun}: {'; '.join(told)}" if kinds else f"{begun}: в файле нет строк"

    def _told(self, kind: Code) -> Iterator[Outcome]:
        """Nothing ends where a load only adds."""
        yield from (one for one in Outcome if one is not Outcome.ENDED or self.counted[kind, one])


class NotKept(Exception):
    """Undoes the unit of work: something is wrong, or it was only a trial."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("nothing is kept")

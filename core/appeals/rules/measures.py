"""What is done by what an appeal showed, and who answers for it (59-ФЗ, art. 14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.law.russian import Code


class MeasureKind(Code):
    """What kind of measure it is."""

    RIGHTS_RESTORED = "rights_restored", "права гражданина восстановлены"
    CAUSE_REMOVED = "cause_removed", "причина нарушения устранена"
    HELD_RESPONSIBLE = "held_responsible", "виновный привлечён к ответственности"
    PROPOSAL_ADOPTED = "proposal_adopted", "предложение гражданина принято"


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure as it is entered; `taken_on` is a local day, `done` says in words what was done.

    `responsible` is office and name of who was held responsible, by the act of this number and
    day; only that kind of measure has them.
    """

    kind: MeasureKind
    done: str
    taken_on: date
    responsible: str | None = None
    act_number: str | None = None
    act_date: date | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text in it that is filled in."""
        return tuple(filter(None, (self.done, self.responsible, self.act_number)))


def fault_of_measure(new: NewMeasure, received_on: date, today: date) -> str | None:
    """What is wrong with it, as a Russian sentence; None where nothing is."""
    if not new.done.strip():
        return "Опишите, что сделано"
    if not received_on <= new.taken_on <= today:
        return "Мера принимается не раньше поступления обращения и не позже сегодняшнего дня"
    if new.kind is not MeasureKind.HELD_RESPONSIBLE:
        alien = new.responsible or new.act_number or new.act_date
        return (
            "Виновного и акт указывают только при привлечении к ответственности" if alien else None
        )
    if not (new.responsible or "").strip():
        return "Укажите должность и фамилию привлечённого к ответственности"
    if not (new.act_number or "").strip() or new.act_date is None:
        return "Укажите номер и дату акта о привлечении к ответственности"
    if new.act_date > today:
        return "Акт о привлечении к ответственности издан не позже сегодняшнего дня"
    return None

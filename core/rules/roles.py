"""Roles of a centre and what each of them may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.rules.rule import Rule
from core.rules.russian import Code, listed


class Permission(Code):
    """One thing that an official may do; the name is printed beside each field of the API."""

    TAKE_IN = "TAKE_IN", "приём обращений"
    READ_APPEALS = "READ_APPEALS", "чтение обращений"
    READ_PERSONAL_DATA = "READ_PERSONAL_DATA", "чтение персональных данных"
    READ_JOURNAL = "READ_JOURNAL", "чтение журнала"
    READ_DIRECTORY = "READ_DIRECTORY", "чтение справочника"
    ROUTE = "ROUTE", "направление"
    ACCEPT = "ACCEPT", "принятие в работу"
    TRANSFER = "TRANSFER", "передача"
    ANSWER = "ANSWER", "ответ"
    PROLONG = "PROLONG", "продление срока"
    DELEGATE = "DELEGATE", "делегирование"
    WITHDRAW = "WITHDRAW", "отзыв от имени заявителя"
    DISPUTE = "DISPUTE", "оспаривание от имени заявителя"
    JUDGE_DISPUTES = "JUDGE_DISPUTES", "рассмотрение споров"
    JOIN_DUPLICATES = "JOIN_DUPLICATES", "объединение повторов"
    SEND_NOTICES = "SEND_NOTICES", "отправка уведомлений"
    OPERATE = "OPERATE", "обслуживание системы"
    MANAGE_DIRECTORY = "MANAGE_DIRECTORY", "ведение справочника"
    MANAGE_INDICATORS = "MANAGE_INDICATORS", "ведение показателей"
    READ_WORKLOAD = "READ_WORKLOAD", "чтение загрузки"
    PROPOSE_STAFFING = "PROPOSE_STAFFING", "предложения по кадрам"


class Reach(Code):
    """How far a role sees; the appointment names the blocks, municipality or body."""

    REGION = "region", "весь регион"
    BLOCKS = "blocks", "свои блоки"
    MUNICIPALITY = "municipality", "своё муниципальное образование"
    BODY = "body", "свой орган"


@dataclass(frozen=True)
class Role(Rule):
    """A role with its permissions and reach. `rank` orders roles: a higher number is above.

    An approver of a prolongation must stand above the executor by this number.
    """

    heading: ClassVar[str] = "Роли"

    name: str
    reach: Reach
    rank: int
    permissions: frozenset[Permission]
    service: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        service = "служебная учётная запись; " if self.service else ""
        return (
            f"{self.name}: {service}{self.reach.label}, ступень {self.rank}; "
            f"может: {listed(self.permissions)}"
        )

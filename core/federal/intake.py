"""The product's practice: calendar, numbers, a promised term, other themes, its own roles."""

from datetime import time

from core.api import PRACTICE, Permission, hookimpl
from core.appeals.rules import Deadline, Fact, Numbering, Regime, State, Transition, Unit
from core.directory.rules import Theme
from core.federal.permissions import (
    CONTENT,
    DISPATCH,
    EXECUTION,
    HEADING,
    PERSONAL,
    PROVING,
    READING,
    VOICE,
)
from core.kernel.rules import Calendar, Reach, Role, WorkingHours
from core.law.rule import Rule
from core.mailbox.rules import LetterTerm

OTHER = (
    ("construction", "Строительство"),
    ("trade", "Торговля и услуги"),
    ("culture", "Культура"),
    ("sport", "Физическая культура и спорт"),
    ("labour", "Труд и занятость"),
    ("communications", "Связь и почта"),
    ("public-services", "Государственные и муниципальные услуги"),
    ("animals", "Безнадзорные животные"),
    ("support-measures", "Меры поддержки"),
    ("migration", "Миграция"),
    ("other", "Другое"),
)
"""What people write about that no block of the Rules covers."""

ADMINISTRATION = frozenset(
    {
        Permission.READ_DIRECTORY,
        Permission.MANAGE_DIRECTORY,
        Permission.READ_JOURNAL,
        Permission.OPERATE,
    }
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """The calendar of the whole country; a number is prefix of the region, year, running number.

    Other themes are without a block and so without the accelerated term, until a region forms
    one (R4).
    """
    return (
        Calendar("production", "RU", clause=PRACTICE.cite("calendar")),
        Numbering("appeal", "{prefix}-{year}-{n:06}", clause=PRACTICE.cite("numbering")),
        Deadline(
            "promised",
            "Срок, обещанный каналом",
            starts=Fact.RECEIVED,
            stops=Fact.ANSWERED,
            unit=Unit.GIVEN,
            regimes=frozenset(Regime),
            clause=PRACTICE.cite("promised"),
        ),
        *(Theme(key, name, clause=PRACTICE.cite("themes")) for key, name in OTHER),
        WorkingHours(
            "production",
            opens=time(9),
            closes=time(18),
            closes_on_friday=time(16, 45),
            lunch_from=time(13),
            lunch_until=time(13, 45),
            eve_shorter=60,
            clause=PRACTICE.cite("working-hours"),
        ),
        Transition(
            "tell-receipt",
            frozenset(State),
            None,
            Permission.TAKE_IN,
            Fact.RECEIPT_TOLD,
            clause=PRACTICE.cite("receipts"),
        ),
        LetterTerm("unsaid", 1, Unit.WORKING_DAYS, clause=PRACTICE.cite("letters.unsaid")),
        *_roles(),
    )


def _roles() -> tuple[Role, ...]:
    """The coordinator, the bodies, intake, administration, then services."""
    taking_in = VOICE | PERSONAL | CONTENT | PROVING | {Permission.TAKE_IN}
    official = EXECUTION | {Permission.TRANSFER}
    head = official | HEADING | {Permission.SIGN_ANSWERS, Permission.SHOW_MATERIALS}
    return (
        _role("coordinator", "Координатор", Reach.REGION, 50, DISPATCH | taking_in),
        _role("body-head", "Руководитель органа", Reach.BODY, 40, head),
        _role("body-official", "Исполнитель органа", Reach.BODY, 20, official),
        _role("operator", "Оператор приёма", Reach.REGION, 10, READING | taking_in),
        _role("administrator", "Администратор", Reach.REGION, 5, ADMINISTRATION),
        _service("channel-adapter", "Служба канала", Permission.TAKE_IN),
        _service("notifier", "Служба уведомлений", Permission.SEND_NOTICES),
    )


def _role(key: str, name: str, reach: Reach, rank: int, permissions: frozenset[Permission]) -> Role:
    return Role(key, name, reach, rank, permissions, clause=PRACTICE.cite(f"roles.{key}"))


def _service(key: str, name: str, permission: Permission) -> Role:
    permissions, clause = frozenset({permission}), PRACTICE.cite(f"roles.{key}")
    return Role(key, name, Reach.REGION, 0, permissions, service=True, clause=clause)

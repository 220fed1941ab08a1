"""Who is responsible for a centre: clause 10 г) of the Rules, and the roles that its work needs.

Ranks order the roles: whoever approves a prolongation stands above the executor.
"""

from core.api import PRACTICE, RU_1844, Permission, Reach, Role, Rule, hookimpl

READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})
EXECUTION = READING | {Permission.READ_PERSONAL_DATA, Permission.ACCEPT, Permission.ANSWER}
DISPATCH = READING | {
    Permission.ROUTE,
    Permission.TRANSFER,
    Permission.DELEGATE,
    Permission.JOIN_DUPLICATES,
}
VOICE = frozenset({Permission.WITHDRAW, Permission.DISPUTE})
"""What an official enters in the applicant's name."""

FIGURES = frozenset({Permission.MANAGE_INDICATORS, Permission.READ_WORKLOAD})
"""What those who lead the centre keep account of."""

DECISION = frozenset({Permission.PROLONG, Permission.JUDGE_DISPUTES, Permission.READ_JOURNAL})
MANAGEMENT = frozenset({Permission.MANAGE_DIRECTORY, Permission.PROPOSE_STAFFING})
LEADING = DISPATCH | DECISION | VOICE
ADMINISTRATION = frozenset(
    {
        Permission.READ_DIRECTORY,
        Permission.MANAGE_DIRECTORY,
        Permission.READ_JOURNAL,
        Permission.OPERATE,
    }
)


def _roles() -> tuple[Role, ...]:
    """The responsible persons of the Rules, then the product's own roles."""
    return (*_of_the_rules(), *_of_the_centre(), *_of_the_bodies(), *_services())


def _of_the_rules() -> tuple[Role, ...]:
    personal = frozenset({Permission.READ_PERSONAL_DATA})
    return (
        Role(
            "curator",
            "Куратор центра",
            Reach.REGION,
            rank=100,
            permissions=LEADING | personal | FIGURES,
            clause=RU_1844.cite("10.г.1"),
        ),
        Role(
            "executor",
            "Исполнитель, ответственный за центр",
            Reach.REGION,
            rank=90,
            permissions=LEADING | FIGURES | MANAGEMENT,
            clause=RU_1844.cite("10.г.2"),
        ),
        Role(
            "head",
            "Руководитель центра",
            Reach.REGION,
            rank=80,
            permissions=LEADING | personal | FIGURES | MANAGEMENT,
            clause=RU_1844.cite("8.а"),
        ),
        Role(
            "block-responsible",
            "Ответственный за отраслевой блок",
            Reach.BLOCKS,
            rank=70,
            permissions=LEADING | personal | {Permission.READ_WORKLOAD},
            clause=RU_1844.cite("10.г.3"),
        ),
        Role(
            "block-head",
            "Руководитель отраслевого блока",
            Reach.BLOCKS,
            rank=60,
            permissions=DISPATCH | personal,
            clause=RU_1844.cite("10.г.4"),
        ),
    )


def _of_the_centre() -> tuple[Role, ...]:
    return (
        Role(
            "coordinator",
            "Координатор",
            Reach.REGION,
            rank=50,
            permissions=DISPATCH | VOICE | {Permission.TAKE_IN, Permission.READ_PERSONAL_DATA},
            clause=PRACTICE.cite("roles.coordinator"),
        ),
        Role(
            "operator",
            "Оператор приёма",
            Reach.REGION,
            rank=10,
            permissions=READING | VOICE | {Permission.TAKE_IN, Permission.READ_PERSONAL_DATA},
            clause=PRACTICE.cite("roles.operator"),
        ),
        Role(
            "administrator",
            "Администратор",
            Reach.REGION,
            rank=5,
            permissions=ADMINISTRATION,
            clause=PRACTICE.cite("roles.administrator"),
        ),
    )


def _of_the_bodies() -> tuple[Role, ...]:
    return (
        Role(
            "body-head",
            "Руководитель органа",
            Reach.BODY,
            rank=40,
            permissions=EXECUTION | {Permission.TRANSFER, Permission.PROLONG},
            clause=PRACTICE.cite("roles.body-head"),
        ),
        Role(
            "body-official",
            "Исполнитель органа",
            Reach.BODY,
            rank=20,
            permissions=EXECUTION | {Permission.TRANSFER},
            clause=PRACTICE.cite("roles.body-official"),
        ),
    )


def _services() -> tuple[Role, ...]:
    return (
        Role(
            "channel-adapter",
            "Служба канала",
            Reach.REGION,
            rank=0,
            permissions=frozenset({Permission.TAKE_IN}),
            service=True,
            clause=PRACTICE.cite("roles.channel-adapter"),
        ),
        Role(
            "notifier",
            "Служба уведомлений",
            Reach.REGION,
            rank=0,
            permissions=frozenset({Permission.SEND_NOTICES}),
            service=True,
            clause=PRACTICE.cite("roles.notifier"),
        ),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (*_roles(),)

"""The persons of a municipal centre: clause 10(1) в) of the Rules; one may hold several roles."""

from core.api import RU_1844, Permission, hookimpl
from core.kernel.rules import Reach, Role
from core.law.rule import Rule

CENTRE = RU_1844.cite("10(1).в")
READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})
HANDLING = READING | {
    Permission.READ_CONTENT,
    Permission.READ_PERSONAL_DATA,
    Permission.ACCEPT,
    Permission.ANSWER,
    Permission.CONCLUDE,
    Permission.TRANSFER,
    Permission.JOIN_DUPLICATES,
}
DECISION = frozenset(
    {
        Permission.PROLONG,
        Permission.SIGN_ANSWERS,
        Permission.END_CORRESPONDENCE,
        Permission.JUDGE_DISPUTES,
        Permission.READ_JOURNAL,
    }
)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Curator, head, administrator; the last has no power over appeals (R26)."""
    return (
        _role("municipal-curator", "Куратор муниципального центра", 55, HANDLING | DECISION, 1),
        _role("municipal-head", "Руководитель муниципального центра", 45, HANDLING | DECISION, 2),
        _role(
            "municipal-administrator",
            "Администратор муниципального центра",
            5,
            frozenset({Permission.READ_DIRECTORY, Permission.READ_JOURNAL}),
            3,
        ),
    )


def _role(key: str, name: str, rank: int, permissions: frozenset[Permission], row: int) -> Role:
    return Role(
        key,
        name,
        Reach.MUNICIPALITY,
        rank,
        permissions,
        clause=RU_1844.cite(f"10(1).в.{row}"),
        since=CENTRE.introduced,
    )

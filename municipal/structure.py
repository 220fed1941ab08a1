"""The persons of a municipal centre: clause 10(1) в) of the Rules; one may hold several roles.

What the Rules ask of them is a floor: neither a region nor a municipality asks less.
"""

from core.api import RU_1844, Permission, hookimpl
from core.directory.rules import BodyKind
from core.kernel.rules import Reach, Role
from core.law.rule import Rule
from core.structure.rules import Pool, Rank, RankFloor

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


BODIES = frozenset({BodyKind.MUNICIPAL})
INSTITUTIONS = BODIES | {BodyKind.SUBORDINATE}


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Curator, head, administrator; the last has no power over appeals (R26)."""
    return (
        *_curator(),
        _role("municipal-head", "Руководитель муниципального центра", 45, HANDLING | DECISION, 2),
        _pool("municipal-head", INSTITUTIONS, 2),
        _role(
            "municipal-administrator",
            "Администратор муниципального центра",
            5,
            frozenset({Permission.READ_DIRECTORY, Permission.READ_JOURNAL}),
            3,
        ),
        _pool("municipal-administrator", INSTITUTIONS, 3),
    )


def _curator() -> tuple[Rule, ...]:
    """An official of the municipal body, no lower than the deputy of its head."""
    role, clause, since = "municipal-curator", RU_1844.cite("10(1).в.1"), CENTRE.introduced
    head, deputy = "municipal-body-head", "municipal-body-deputy-head"
    leader = "Глава органа местного самоуправления"
    second = "Заместитель главы органа местного самоуправления"
    return (
        _role(role, "Куратор муниципального центра", 55, HANDLING | DECISION, 1),
        Rank(head, leader, 55, clause=clause, since=since),
        Rank(deputy, second, 45, clause=clause, since=since),
        RankFloor(role, deputy, 45, clause=clause, since=since, floor=True),
        _pool(role, BODIES, 1),
    )


def _pool(role: str, kinds: frozenset[BodyKind], row: int) -> Pool:
    clause = RU_1844.cite(f"10(1).в.{row}")
    return Pool(role, role, kinds, clause=clause, since=CENTRE.introduced, floor=True)


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

"""The structure table, row by row: ranks, the federal eight blocks and who serves them.

Row 2 is as it is read out of the scan; row 4 lost words there, so the blocks are row 5's (R20).
"""

from core.api import RU_1844, Authority, Permission, hookimpl
from core.directory.rules import BodyKind
from core.kernel.rules import Reach, Role
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import AppointmentStep, BlockRule, Pool, Rank, RankFloor, Step

ACT = act_beside(__file__)
CURATOR, EXECUTOR, HEAD = ACT.cite("str.1"), ACT.cite("str.2"), ACT.cite("str.3")
BLOCKS, DIRECTIONS = ACT.cite("str.5.themes"), ACT.cite("str.6")
EXECUTIVE = frozenset({BodyKind.EXECUTIVE})
DEPARTMENT = frozenset({"department-informatisation"})
COMPETENCE_CENTRE = Authority.COMPETENCE_CENTRE


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Rows 1 to 6."""
    return (
        Rank("deputy-chair", "Заместитель Председателя Правительства", 90, clause=CURATOR),
        RankFloor("curator", "deputy-chair", 90, clause=CURATOR, replaces=RU_1844.cite("10.г.1")),
        *_executor(),
        *_head(),
        *_block_responsible(),
        Pool("block-head", "block-head", EXECUTIVE, profile=True, clause=ACT.cite("str.5")),
        *_blocks(),
        *_direction_head(),
    )


def _executor() -> tuple[Rule, ...]:
    """The head of one department himself: higher than the federal floor."""
    role, rank, federal = "executor", "department-head", RU_1844.cite("10.г.2")
    return (
        Rank(rank, "Руководитель департамента", 70, clause=EXECUTOR),
        RankFloor(role, rank, 70, clause=EXECUTOR, replaces=federal),
        Pool(role, role, bodies=DEPARTMENT, clause=EXECUTOR, replaces=federal),
    )


def _head() -> tuple[Rule, ...]:
    """From the competence centre, by agreement."""
    key, role, federal = "head/appoint", "head", RU_1844.cite("8.а")
    by = COMPETENCE_CENTRE
    return (
        RankFloor(role, "unit-head", 40, clause=HEAD, replaces=federal),
        AppointmentStep(key, role, Step.APPOINT, by, clause=HEAD, replaces=federal),
    )


def _block_responsible() -> tuple[Rule, ...]:
    """Row 4; block heads come from executive bodies alone (R33)."""
    role, rank, federal = "block-responsible", "body-deputy-head", RU_1844.cite("10.г.3")
    floor, themes = ACT.cite("str.4"), ACT.cite("str.4.themes")
    return (
        RankFloor(role, rank, 60, clause=floor, replaces=federal),
        Pool(role, role, EXECUTIVE, profile=True, clause=themes, replaces=federal),
    )


def _blocks() -> tuple[BlockRule, ...]:
    """Row 5: roads under the name «дорожное хозяйство» (R20)."""
    return (
        _block("housing", "Жилищно-коммунальное хозяйство", 4),
        _block("solid-waste", "Твердые коммунальные отходы", 5),
        _block("energy", "Энергетика", 8),
        _block("education", "Образование", 2),
        _block("health", "Здравоохранение", 1),
        _block("roads", "Дорожное хозяйство", 6),
        _block("transport", "Транспорт", 7),
        _block("social-protection", "Социальная защита", 3),
    )


def _block(theme: str, name: str, number: int) -> BlockRule:
    """The block of one theme, in the place of the federal one: item `number` of 10 в)."""
    replaces = RU_1844.cite(f"10.в.{number}")
    return BlockRule(theme, name, (theme,), clause=BLOCKS, replaces=replaces)


def _direction_head() -> tuple[Rule, ...]:
    """Row 6: staff of the competence centre's unit head the directions of work."""
    role, unit, by = "direction-head", frozenset({"competence-unit"}), COMPETENCE_CENTRE
    reading = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})
    return (
        Role(role, "Руководитель направления", Reach.REGION, 55, reading, clause=DIRECTIONS),
        Pool(role, role, bodies=unit, clause=DIRECTIONS),
        AppointmentStep(f"{role}/appoint", role, Step.APPOINT, by, clause=DIRECTIONS),
    )

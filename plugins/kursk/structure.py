"""The structure table: ranks, the eight blocks and the one of the city, roles, row by row."""

from core.api import RU_1844, Authority, Permission, hookimpl
from core.directory.rules import BodyKind, Theme
from core.kernel.rules import Reach, Role
from core.law.act import act_beside
from core.law.rule import Rule
from core.structure.rules import (
    AcceptedPosition,
    AppointmentStep,
    BlockKind,
    BlockRule,
    Per,
    Pool,
    Rank,
    RankFloor,
    Seat,
    Step,
)
from plugins.kursk.composition import CITY, CITY_BLOCK, PRESS

ACT = act_beside(__file__)
BLOCKS, BY_THE_CITY = ACT.cite("str.4.themes"), ACT.cite("str.6.city")
MEDIA, DIRECTIONS = ACT.cite("str.5"), ACT.cite("str.7")
PUBLICATIONS = frozenset({"social-networks", "messengers"})
READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Rows 1 to 7."""
    return (
        *_leaders(),
        Theme("ecology", "Экология", clause=BLOCKS),
        *_blocks(),
        *_media(),
        Pool(
            "block-head",
            "block-head",
            frozenset({BodyKind.EXECUTIVE}),
            profile=True,
            outside=frozenset({CITY_BLOCK}),
            clause=ACT.cite("str.6"),
        ),
        *_city(),
        *_direction_heads(),
    )


def _leaders() -> tuple[Rule, ...]:
    """Rows 1 to 4: the act is older than the floor and names an adviser as executor (R10)."""
    adviser, second = "Советник Губернатора", ACT.cite("str.2")
    return (
        Rank("deputy-governor", "Заместитель Губернатора", 90, clause=ACT.cite("str.1")),
        _floor("curator", "deputy-governor", 90, "str.1", "10.г.1"),
        Rank("adviser-governor", adviser, 50, clause=second),
        AcceptedPosition("executor", "adviser-governor", clause=second),
        _floor("head", "unit-head", 40, "str.3", "8.а"),
        _floor("block-responsible", "body-deputy-head", 60, "str.4", "10.г.3"),
    )


def _floor(role: str, rank: str, level: int, clause: str, federal: str) -> RankFloor:
    replaces = RU_1844.cite(federal)
    return RankFloor(role, rank, level, clause=ACT.cite(clause), replaces=replaces)


def _blocks() -> tuple[BlockRule, ...]:
    """Row 4 as it is punctuated (R7)."""
    return (
        _block("roads", "Дороги", 6),
        BlockRule(
            "housing",
            "Жилищно-коммунальное хозяйство, твердые коммунальные отходы",
            ("housing", "solid-waste"),
            absorbs=frozenset({"solid-waste"}),
            clause=BLOCKS,
        ),
        _block("health", "Здравоохранение", 1),
        _block("education", "Образование", 2),
        _block("social-protection", "Социальная защита", 3),
        _block("transport", "Транспорт", 7),
        BlockRule("ecology", "Экология", ("ecology",), clause=BLOCKS),
        _block("energy", "Энергетика", 8),
    )


def _block(theme: str, name: str, number: int) -> BlockRule:
    """The block of one theme, in the place of the federal one: item `number` of 10 в)."""
    replaces = RU_1844.cite(f"10.в.{number}")
    return BlockRule(theme, name, (theme,), clause=BLOCKS, replaces=replaces)


def _media() -> tuple[Rule, ...]:
    """Row 5: the deputy chair of the committee of information and press, and nobody else."""
    role, name, clause = "media-responsible", "Ответственный за работу с массмедиа", MEDIA
    return (
        Role(role, name, Reach.REGION, 45, READING, clause=clause),
        RankFloor(role, "body-deputy-head", 60, alone=True, clause=clause),
        Pool(role, role, bodies=frozenset({PRESS}), clause=clause),
        Seat(role, Per.REGION, clause=clause),
    )


def _city() -> tuple[Rule, ...]:
    """Row 6: what residents of the city publish is a block without a responsible (R9).

    The author's residence decides, not the place of the problem; the block is no route: whoever
    owns the theme acts (clause 3 of the resolution).
    """
    return (
        BlockRule(
            CITY_BLOCK,
            "Сообщения (жалобы), публикуемые гражданами, проживающими в г. Курске",
            themes=(),
            kind=BlockKind.THEMATIC,
            has_responsible=False,
            channels=PUBLICATIONS,
            residents=frozenset({"kursk-city"}),
            clause=BY_THE_CITY,
        ),
        Pool(
            "block-head.city",
            "block-head",
            bodies=frozenset({CITY}),
            blocks=frozenset({"housing", CITY_BLOCK}),
            clause=BY_THE_CITY,
        ),
    )


def _direction_heads() -> tuple[Rule, ...]:
    """Row 7: heads of directions come from the competence centre's unit."""
    role, unit = "direction-head", frozenset({"competence-unit"})
    by, name = Authority.COMPETENCE_CENTRE, "Руководитель направления"
    return (
        Role(role, name, Reach.REGION, 55, READING, clause=DIRECTIONS),
        Pool(role, role, bodies=unit, clause=DIRECTIONS),
        AppointmentStep(f"{role}/appoint", role, Step.APPOINT, by, clause=DIRECTIONS),
    )

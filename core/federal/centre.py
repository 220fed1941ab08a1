"""What a centre is, in which directions it works and how it grows: clauses 2, 5, 10 to 12."""

from datetime import date

from core.api import (
    RU_1844,
    Authority,
    BlockGrowth,
    BlockKind,
    BlockStep,
    Direction,
    DirectionTask,
    Foundation,
    Rule,
    hookimpl,
)

GROWTH = RU_1844.cite("11.в")


def _foundations() -> tuple[Foundation, ...]:
    """A project office of the region, by the region's own act."""
    return tuple(
        Foundation(key, says, clause=RU_1844.cite(clause))
        for key, says, clause in (
            ("office", "проектный офис — координирующий орган", "2.project-office"),
            ("centre", "центр — проектный офис по нормативному акту региона", "2.region-centre"),
            ("participants", "участвуют министерство, центр компетенций и регион", "5"),
            ("act", "регион принимает нормативный акт о центре", "10.а"),
            ("blocks", "отраслевые блоки по восьми социально значимым тематикам", "10.в"),
            ("integration", "центр можно встроить в действующую структуру органов", "11.г"),
            ("directions", "четыре направления ради целевых значений показателей", "12"),
        )
    )


def _block_steps() -> tuple[BlockStep, ...]:
    """The region decides alone; nobody's consent is asked."""
    return (BlockStep("decide", 90, Authority.REGION, clause=GROWTH),)


def _block_growth() -> tuple[BlockGrowth, ...]:
    """Blocks of both kinds."""
    return (BlockGrowth("blocks", frozenset(BlockKind), clause=GROWTH),)


def _directions() -> tuple[Direction, ...]:
    """Four, under the names of their wordings (R44)."""
    renamed, digital = date(2022, 2, 26), date(2022, 12, 15)
    return (
        _direction("feedback", "Обратная связь", "12.а"),
        _direction("training", "Обучение", "12.б", until=renamed),
        _direction("training", "Обучение, развитие, оценка", "12.б", since=renamed),
        _direction("informing", "Информирование", "12.в"),
        _direction("digital-transformation", "Процессы и методология", "12.г", until=digital),
        _direction("digital-transformation", "Цифровая трансформация", "12.г", since=digital),
    )


def _direction(
    code: str, name: str, clause: str, *, since: date | None = None, until: date | None = None
) -> Direction:
    cited = RU_1844.cite(clause)
    return Direction(code, name, federal=code, clause=cited, since=since, until=until, floor=True)


def _direction_tasks() -> tuple[DirectionTask, ...]:
    """What feedback begins with."""
    what = "преобразование обработки обращений и сообщений"
    key = "feedback/transformation"
    return (DirectionTask(key, "feedback", what, clause=RU_1844.cite("12.а.1")),)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_foundations(),
        *_block_steps(),
        *_block_growth(),
        *_directions(),
        *_direction_tasks(),
    )

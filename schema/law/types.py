"""Rules as the API shows them: each resolved from the frozen rule of its name."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import strawberry

from core.appeals.rules.intake import ChannelKind, Identification, Regime
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import occasion
from core.appeals.rules.terms import Deadline
from core.directory.rules import bodies
from core.kernel.codes import Permission
from core.kernel.rules import passport
from core.kernel.rules.roles import Reach
from core.law.rule import Rule as AnyRule
from core.reports.words import words_of
from core.shapes.deadlines.rules.units import Unit
from core.structure.rules import blocks
from core.structure.rules.blocks import BlockKind
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field

CLAUSE = "Норма, на которой это стоит"
KEY = "Постоянный ключ"
NAME = "Название"


def _kind(root: strawberry.Parent[AnyRule]) -> str:
    return root.kind_name()


def _in_order(name: str) -> Callable[[Any], list[Any]]:
    """A resolver of a set of codes, always in the same order."""

    def resolve(root: Any) -> list[Any]:
        return sorted(getattr(root, name))

    return resolve


def _wording(root: strawberry.Parent[AnyRule], info: Info) -> str:
    return words_of(info.context.rules).said(root)


@strawberry.type(description="Правило книги правил, каким бы оно ни было")
class Rule:
    """Any rule, said in words."""

    kind: str = field("Вид правила", _kind)
    key: str = field(KEY)
    wording: str = field("Что правило устанавливает, словами", _wording)
    clause: Clause = field(CLAUSE)
    since: date | None = field("Первый день действия")
    until: date | None = field("Первый день, когда уже не действует")
    floor: bool = field("Минимум, который регион может только ужесточить")
    replaces: Clause | None = field("Какую норму заменяет")
    municipality: str | None = field("Ключ муниципального образования, если правило его")


@strawberry.type(description="Карточка региона")
class Passport:
    """The region."""

    name: str = field("Название региона")
    centre: str = field("Полное название центра")
    centre_short: str = field("Краткое название центра")
    subject: str = field("Номер субъекта Российской Федерации")
    timezone: str = field("Часовой пояс, по которому считаются дни")
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Тематика: о чём обращение; по тематикам регионы сравнимы")
class Theme:
    """What an appeal is about."""

    key: str = field(KEY)
    name: str = field(NAME)
    federal: bool = field("Общая ли для всех регионов")
    clause: Clause = field(CLAUSE)


def _themes(root: strawberry.Parent[blocks.Block], info: Info) -> list[bodies.Theme]:
    """The block's themes as they stood while it did."""
    today = info.context.today
    on = today if root.until is None else min(today, root.until - timedelta(days=1))
    found = (info.context.rules.find(bodies.Theme, key, on) for key in root.themes)
    return [theme for theme in found if theme is not None]


@strawberry.type(description="Блок центра: тематики под одним ответственным")
class Block:
    """A set of themes."""

    key: str = field(KEY)
    name: str = field(NAME)
    themes: list[Theme] = field("Тематики; пусто, если блок берёт любые", _themes)
    kind: BlockKind = field("Отраслевой или тематический")
    significant: bool = field("Действует ли ускоренное решение")
    has_responsible: bool = field("Есть ли ответственный за блок")
    channels: list[str] = field("Ключи каналов, если блок ограничен ими", _in_order("channels"))
    residents: list[str] = field(
        "Ключи муниципальных образований, если блок ограничен теми, кто в них живёт",
        _in_order("residents"),
    )
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Канал обратной связи")
class Channel:
    """Where appeals come through."""

    key: str = field(KEY)
    name: str = field(NAME)
    kind: ChannelKind = field("Вид канала")
    regime: Regime = field("Что через него приходит")
    electronic: bool = field("Электронный ли")
    identifies: list[Identification] = field(
        "Как канал устанавливает личность", _in_order("identifies")
    )
    either: bool = field("Указывает ли передающий, обращение это или сообщение")
    regime_act: str | None = field("Акт, который устанавливает режим канала")
    regime_act_read: date | None = field("Когда этот акт прочитан; null, если не прочитан")
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Роль в центре")
class Role:
    """What an official may do."""

    key: str = field(KEY)
    name: str = field(NAME)
    reach: Reach = field("Как далеко видит")
    rank: int = field("Ступень: больше значит выше")
    permissions: list[Permission] = field("Права", _in_order("permissions"))
    service: bool = field("Служебная учётная запись, не человек")
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Код ОКТМО и дни его действия")
class TerritoryCode:
    """A dated code."""

    oktmo: str = field("Код ОКТМО")
    since: date | None = field("Первый день действия")
    until: date | None = field("Первый день, когда уже не действует")


def _oktmo(root: strawberry.Parent[passport.Municipality], info: Info) -> str:
    return root.oktmo(info.context.today)


@strawberry.type(description="Муниципальное образование")
class Municipality:
    """A place under a key that reforms do not change."""

    key: str = field(KEY)
    name: str = field(NAME)
    kind: str = field("Вид: округ, район, город")
    oktmo: str = field("Действующий код ОКТМО", _oktmo)
    codes: list[TerritoryCode] = field("Все коды ОКТМО с их днями")
    seat: str = field("Административный центр")
    latitude: float = field("Широта центра")
    longitude: float = field("Долгота центра")
    population: int | None = field("Население")
    clause: Clause = field(CLAUSE)


def _starts(root: strawberry.Parent[Deadline]) -> Fact:
    return occasion(root.starts).fact


def _stops(root: strawberry.Parent[Deadline]) -> Fact:
    return occasion(root.stops).fact


@strawberry.type(description="Срок, как его устанавливает норма")
class DeadlineRule:
    """A term between two facts."""

    key: str = field(KEY)
    name: str = field(NAME)
    starts: Fact = field("От какого события", _starts)
    stops: Fact = field("До какого события", _stops)
    length: int = field("Сколько дней")
    unit: Unit = field("Каких дней")
    regimes: list[Regime] = field("Для чего действует", _in_order("regimes"))
    significant_only: bool = field("Только для ускоренного решения")
    themes: list[str] = field("Ключи тематик; пусто, если для всех", _in_order("themes"))
    prolongable: bool = field("Можно ли продлить")
    clause: Clause = field(CLAUSE)

"""Signs that a rating is being gamed, as the API tells them: counts, chances, cases."""

from asyncio import gather
from dataclasses import dataclass

import strawberry

from core.appeals import model as appeals
from core.ratings.signals.kinds import Signal
from core.ratings.signals.table import Told
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.law.types import NAME
from schema.ratings.words import SUBJECT
from schema.summaries.schema import CASES

MOST = 50
"""So many of the cases are opened at once; how many there are is told exactly."""


@dataclass(frozen=True, slots=True)
class Named:
    """What is told of a body, and what the body is called."""

    told: Told
    name: str


async def _cases(root: strawberry.Parent[Named], info: Info) -> list[appeals.Appeal]:
    load = info.context.loaders.load
    found = await gather(*(load(CASES, one) for one in root.told.cases[:MOST]))
    return [one for one in found if one is not None]


@strawberry.type(
    description="Признак: у органа что-то бывает чаще, чем у прочих. Это повод спросить, не вывод"
)
class RatingSignal:
    """Resolved from `Named`."""

    signal: Signal = field("Какой признак", lambda root: root.told.signal)
    incentive: str = field(
        "От какого соблазна он бережёт", lambda root: root.told.meaning.incentive
    )
    what: str = field("Что считается случаем", lambda root: root.told.meaning.hits)
    among: str = field("Среди чего случаи считают", lambda root: root.told.meaning.of)
    subject: str = field(SUBJECT, lambda root: root.told.body)
    name: str = field(NAME)
    hits: int = field("Сколько случаев у органа", lambda root: root.told.own.hits)
    of: int = field("Из скольких", lambda root: root.told.own.of)
    peer_hits: int = field(
        "Сколько случаев у всех прочих вместе", lambda root: root.told.peers.hits
    )
    peer_of: int = field("Из скольких у прочих", lambda root: root.told.peers.of)
    chance: float = field(
        "Вероятность такого же или большего числа, если орган таков же, как прочие",
        lambda root: root.told.chance,
    )
    share: float = field(
        "Наименьшая доля ложных среди отмеченных, при которой отмечен и этот: все признаки всех "
        "органов поправлены вместе",
        lambda root: root.told.share,
    )
    flagged: bool = field(
        "Отмечен ли: ложных среди отмеченных не больше десятой части",
        lambda root: root.told.flagged,
    )
    cases: list[Appeal] = field(
        f"Сами обращения, первые {MOST}",
        _cases,
    )

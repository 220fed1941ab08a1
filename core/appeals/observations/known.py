"""What tables are looked for by has to have been: a slip of the pen must not read as «nothing»."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, select

from core.appeals.classifier.model import Category
from core.appeals.figures.subject import Dimension
from core.appeals.queries import AppealFilter
from core.appeals.rules.intake import Channel
from core.appeals.rules.terms import Deadline
from core.directory.model import Body, Person
from core.directory.rules.bodies import Theme
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Municipality
from core.kernel.work import Work
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.law.russian import nearest
from core.structure.blocks import load_blocks

BY_LAW: Mapping[Dimension, type[Rule]] = {
    Dimension.THEME: Theme,
    Dimension.MUNICIPALITY: Municipality,
    Dimension.CHANNEL: Channel,
    Dimension.DUE_RULE: Deadline,
}
Key = str | int
IN_DATABASE: Mapping[Dimension, tuple[Select[Any], ...]] = {
    Dimension.BODY: (select(Body.key), select(Body.id)),
    Dimension.CATEGORY: (select(Category.key).distinct(),),
}
"""Where nothing is deleted."""

_had: WeakKeyDictionary[Any, set[tuple[Dimension, Key]]] = WeakKeyDictionary()
"""By database: what is known to be there, and so always will be."""


def check_by_law(rules: Rulebook, criteria: AppealFilter) -> None:
    """Refuse INVALID a theme, place, channel or term that the region's law has on no day."""
    asked = _asked(criteria)
    for dimension, kind in BY_LAW.items():
        if keys := asked[dimension]:
            _check(dimension, keys, {one.key for one in rules.history(kind)})


async def check_known(work: Work, criteria: AppealFilter) -> None:
    """Refuse INVALID what the region never had; what it had once still finds its cases."""
    check_by_law(work.rules, criteria)
    asked = _asked(criteria)
    if keys := asked[Dimension.BLOCK]:
        _check(Dimension.BLOCK, keys, (await load_blocks(work.session, work.rules)).keys)
    for dimension, queries in IN_DATABASE.items():
        if keys := asked[dimension]:
            known = {key for query in queries for key in await work.session.scalars(query)}
            _check(dimension, keys, known)
    if named := {*criteria.executors}:
        found = await work.session.scalars(select(Person.id).where(Person.id.in_(named)))
        if named - {*found}:
            raise Refusal(RefusalCode.INVALID, "Такого исполнителя в регионе не бывает")


def surely_known(database: Any, criteria: AppealFilter) -> bool:
    """Whether `make_sure` has found in this database all that the filter names."""
    asked = _asked(criteria)
    named = {(one, key) for one in (Dimension.BLOCK, *IN_DATABASE) for key in asked[one]}
    return not criteria.executors and named <= _had.get(database, set())


async def make_sure(database: Any, work: Work, criteria: AppealFilter) -> None:
    """Refuse as `check_known` does, and remember what was there."""
    await check_known(work, criteria)
    asked = _asked(criteria)
    _had.setdefault(database, set()).update((one, key) for one in asked for key in asked[one])


def _asked(criteria: AppealFilter) -> Mapping[Dimension, list[Key]]:
    """What a filter names, bodies by key or id; None among it is to have none."""
    named: Mapping[Dimension, Sequence[Key | None]] = {
        Dimension.THEME: criteria.themes,
        Dimension.MUNICIPALITY: criteria.municipalities,
        Dimension.CHANNEL: criteria.channels,
        Dimension.DUE_RULE: criteria.due_rules,
        Dimension.BLOCK: criteria.blocks,
        Dimension.BODY: (*criteria.bodies, *criteria.body_keys),
        Dimension.CATEGORY: criteria.categories,
    }
    return {one: [key for key in keys if key is not None] for one, keys in named.items()}


def _check(dimension: Dimension, keys: Sequence[Key], known: Collection[Key]) -> None:
    for key in keys:
        if key not in known:
            words = [one for one in known if isinstance(one, str)]
            like = nearest(key.casefold(), words) if isinstance(key, str) else None
            hint = f"; похоже на «{like}»" if like else ""
            text = f"{dimension.label.capitalize()} — «{key}» в регионе не бывает{hint}"
            raise Refusal(RefusalCode.INVALID, text)

"""What tables are looked for by has to have been: a slip of the pen must not read as «nothing»."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, select

from core.appeals.classifier.model import Category
from core.appeals.figures.subject import Dimension
from core.appeals.queries import AppealFilter
from core.appeals.rules.intake import Channel
from core.appeals.rules.terms import Deadline
from core.directory.model import Body
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
IN_DATABASE: Mapping[Dimension, Select[str]] = {
    Dimension.BODY: select(Body.key),
    Dimension.CATEGORY: select(Category.key).distinct(),
}
"""Where nothing is deleted."""


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
    for dimension, query in IN_DATABASE.items():
        if keys := asked[dimension]:
            _check(dimension, keys, {*await work.session.scalars(query)})


def _asked(criteria: AppealFilter) -> Mapping[Dimension, list[str]]:
    """The keys that a filter names; None among them is to have none."""
    named: Mapping[Dimension, Sequence[str | None]] = {
        Dimension.THEME: criteria.themes,
        Dimension.MUNICIPALITY: criteria.municipalities,
        Dimension.CHANNEL: criteria.channels,
        Dimension.DUE_RULE: criteria.due_rules,
        Dimension.BLOCK: criteria.blocks,
        Dimension.BODY: criteria.body_keys,
        Dimension.CATEGORY: criteria.categories,
    }
    return {one: [key for key in keys if key is not None] for one, keys in named.items()}


def _check(dimension: Dimension, keys: Sequence[str], known: Collection[str]) -> None:
    for key in keys:
        if key not in known:
            like = nearest(key.casefold(), known)
            hint = f"; похоже на «{like}»" if like else ""
            text = f"{dimension.label.capitalize()} — «{key}» в регионе не бывает{hint}"
            raise Refusal(RefusalCode.INVALID, text)

"""What appeals are counted by, and the combinations that are kept counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.appeals.figures.periods import Level
from core.law.russian import Code


class Dimension(Code):
    """Columns of an appeal by which it is counted."""

    STATE = "state", "состояние"
    OUTCOME = "outcome", "результат"
    BLOCK = "block", "блок"
    THEME = "theme", "тематика"
    BODY = "body_id", "орган, у которого обращение"
    MUNICIPALITY = "municipality", "муниципальное образование"
    CHANNEL = "channel", "канал"
    REGIME = "regime", "обращение или сообщение"
    DUE_RULE = "due_rule", "какой срок действует"


@dataclass(frozen=True, slots=True)
class Cut:
    """A combination that is kept, at these levels of time; what it leaves out is summed over."""

    dimensions: frozenset[Dimension]
    levels: tuple[Level, ...]

    @property
    def key(self) -> str:
        """Its name in the table."""
        return "+".join(sorted(self.dimensions))


def _cut(*dimensions: Dimension, levels: tuple[Level, ...] = (Level.MONTH, Level.DAY)) -> Cut:
    return Cut(frozenset(dimensions), levels)


_D = Dimension
_SCOPES = (_D.BLOCK, _D.MUNICIPALITY, _D.BODY)
"""What an appointment may be limited to: a person's figures are cut by one of them."""

_WAY = (_D.CHANNEL, _D.REGIME, _D.DUE_RULE)
"""How appeals came in and what that makes of them: one says much of the others."""

CUTS = (
    _cut(_D.BODY, levels=tuple(Level)),
    _cut(_D.MUNICIPALITY, levels=tuple(Level)),
    _cut(*_WAY, levels=tuple(Level)),
    _cut(_D.STATE, _D.OUTCOME, levels=tuple(Level)),
    _cut(_D.BLOCK, _D.THEME, levels=tuple(Level)),
    *(_cut(scope, _D.STATE, _D.OUTCOME) for scope in _SCOPES),
    *(_cut(scope, *_WAY) for scope in _SCOPES),
    _cut(_D.STATE, _D.OUTCOME, *_WAY),
    _cut(_D.BLOCK, _D.THEME, _D.STATE, _D.OUTCOME),
    _cut(_D.BLOCK, _D.THEME, *_WAY),
    _cut(_D.BLOCK, _D.THEME, _D.BODY),
    _cut(_D.BLOCK, _D.BODY, _D.MUNICIPALITY),
    _cut(_D.BLOCK, _D.THEME, _D.MUNICIPALITY),
)
"""From those with few cells to those with many: the first that has what is asked for is read.

Whatever two dimensions are asked for, some cut has both.
"""


def cut_for(needed: Iterable[Dimension]) -> Cut | None:
    """The smallest cut with all these dimensions; None where appeals have to be counted."""
    wanted = frozenset(needed)
    return next((cut for cut in CUTS if cut.dimensions >= wanted), None)

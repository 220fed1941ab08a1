"""What a cell names: a thing of the law or of the directory, by its key or as people call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from core.directory.bodies import Bodies
from core.directory.model import Body
from core.directory.rules.bodies import Theme
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Municipality
from core.kernel.rules.territories import standing
from core.law.act import Clause
from core.law.rulebook import Rulebook
from core.law.russian import nearest


class Named(Protocol):
    """Whatever has a key and a name."""

    @property
    def key(self) -> str:
        """By which it is kept."""

    @property
    def name(self) -> str:
        """What people call it."""


def keyed(things: Iterable[Named]) -> dict[str, str]:
    """The keys of things by themselves and by their names, letter case apart."""
    return {word.casefold(): one.key for one in things for word in (one.name, one.key)}


def like(said: str, known: Mapping[str, object]) -> str:
    """«; похоже на «roads»» where a known word is alike, else nothing."""
    found = nearest(said.casefold(), known)
    return f"; похоже на «{found}»" if found else ""


def theme_named(rules: Rulebook, said: str, on: date, clause: Clause | None = None) -> str:
    """The key of a theme on a local day; Refusal(UNKNOWN_THEME)."""
    known = keyed(rules.all(Theme, on))
    if (key := known.get(said.casefold())) is None:
        text = f"Тематики «{said}» нет{like(said, known)}"
        raise Refusal(RefusalCode.UNKNOWN_THEME, text, clause)
    return key


def place_named(rules: Rulebook, said: str, on: date, clause: Clause | None = None) -> str:
    """The key of a municipality on a local day; Refusal(UNKNOWN_MUNICIPALITY)."""
    if (place := standing(rules, said, on)) is None:
        text = f"Муниципального образования «{said}» нет"
        text += like(said, keyed(rules.all(Municipality, on)))
        raise Refusal(RefusalCode.UNKNOWN_MUNICIPALITY, text, clause)
    return place.key


def body_named(bodies: Bodies, said: str, clause: Clause | None = None) -> Body:
    """The body of the directory; Refusal(UNKNOWN_BODY)."""
    if (body := bodies.named(said)) is None:
        text = f"Органа «{said}» в справочнике нет{like(said, keyed(bodies.rows))}"
        raise Refusal(RefusalCode.UNKNOWN_BODY, text, clause)
    return body

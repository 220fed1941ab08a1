"""The bodies of the region at a glance: read once for a unit of work, asked many times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.directory.model import Body, BodyTheme
from core.directory.rules.bodies import BodyKind, Owner, owners_of
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law import days
from core.law.rulebook import Rulebook


@dataclass(frozen=True)
class Bodies:
    """Every body with its links; look-ups by id, key and name."""

    rows: Sequence[Body]
    themes: Sequence[BodyTheme]
    by_id: dict[int, Body] = field(init=False)
    by_key: dict[str, Body] = field(init=False)
    by_name: dict[str, Body] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {body.id: body for body in self.rows})
        object.__setattr__(self, "by_key", {body.key: body for body in self.rows})
        object.__setattr__(self, "by_name", {_folded(body.name): body for body in self.rows})

    def named(self, key_or_name: str | None) -> Body | None:
        """The body with this key or name, letter case and spaces apart."""
        if key_or_name is None:
            return None
        return self.by_key.get(key_or_name) or self.by_name.get(_folded(key_or_name))

    def working(self, body: Body | None, on: date) -> bool:
        """Whether the body exists on this local day."""
        return body is not None and days.holds(body.opened, body.closed, on)

    def owners(self, theme: str | None, rules: Rulebook, on: date) -> tuple[str, ...]:
        """Keys of the working bodies that answer for the theme: the act's, else the directory's."""
        if theme is None:
            return ()
        keys = [rule.body for rule in owners_of(rules.all(Owner, on), theme)]
        if not keys:
            rows = (row for row in self.themes if row.theme == theme and row.holds(on))
            keys = [
                self.by_id[row.body_id].key for row in sorted(rows, key=lambda r: not r.default)
            ]
        return tuple(key for key in keys if self.working(self.by_key.get(key), on))

    def administration(self, municipality: str | None, on: date) -> str | None:
        """The key of the municipality's own body: municipal and subordinate to none."""
        return next(
            (
                body.key
                for body in self.rows
                if municipality is not None
                and body.municipality == municipality
                and body.form == BodyKind.MUNICIPAL
                and body.parent_id is None
                and self.working(body, on)
            ),
            None,
        )

    def barred_by(self, complained: Body | None) -> frozenset[str]:
        """The body complained of, those subordinate to it and whoever succeeded any of them."""
        return frozenset() if complained is None else self._reach({complained.id})

    def line(self, body: Body) -> frozenset[int]:
        """The ids of the body's line: its superiors, itself and those subordinate to it."""
        superiors, above = {body.id}, body.parent_id
        while above is not None and above not in superiors:
            superiors.add(above)
            above = self.by_id[above].parent_id
        below = {self.by_key[key].id for key in self._reach({body.id})}
        return frozenset(superiors | below)

    def _reach(self, ids: set[int]) -> frozenset[str]:
        """Everything that parent and successor links lead to; cycles end by themselves."""
        found: set[int] = set()
        while ids:
            found |= ids
            ids = set(self._next(ids)) - found
        return frozenset(self.by_id[body_id].key for body_id in found)

    def _next(self, ids: set[int]) -> Iterable[int]:
        for body in self.rows:
            if body.parent_id in ids:
                yield body.id
            if body.id in ids and body.successor_id is not None:
                yield body.successor_id


async def load_bodies(session: AsyncSession) -> Bodies:
    """Read the directory's bodies and the themes they answer for."""
    bodies = (await session.scalars(select(Body).order_by(Body.id))).all()
    themes = (await session.scalars(select(BodyTheme).order_by(BodyTheme.id))).all()
    return Bodies(bodies, themes)


def find_body(bodies: Bodies, key: str) -> Body:
    """The body with this key; UNKNOWN_BODY when the directory has none."""
    body = bodies.by_key.get(key)
    if body is None:
        raise Refusal(RefusalCode.UNKNOWN_BODY, f"Органа «{key}» в справочнике нет")
    return body


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())

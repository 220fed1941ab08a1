"""The bodies of the region at a glance: read once for a unit of work, asked many times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from core.directory.model import Body, BodyTheme, Position
from core.directory.rules.bodies import BodyKind, Owner, owners_of
from core.kernel.codes import Authority, RefusalCode
from core.kernel.errors import Refusal
from core.law import days
from core.law.rulebook import Rulebook

UNITED = frozenset({BodyKind.STATE, BodyKind.EXECUTIVE, BodyKind.MUNICIPAL})
"""Kinds of bodies whose units are bodies of the directory too."""


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

    def owners(
        self, theme: str | None, rules: Rulebook, on: date, municipality: str | None = None
    ) -> tuple[str, ...]:
        """Keys of the working bodies that answer for the theme: the act's, else the directory's.

        Who is meant by default comes first. In a municipality its own law stands before the
        region's, and no body of another one answers.
        """
        if theme is None:
            return ()
        named = rules.all(Owner, on, municipality=municipality)
        keys = [rule.body for rule in owners_of(named, theme)]
        if not keys:
            rows = (row for row in self.themes if row.theme == theme and row.holds(on))
            linked = ((self.by_id[row.body_id], row.default) for row in rows)
            found = [(body.key, default) for body, default in linked if _near(body, municipality)]
            keys = [key for key, _ in sorted(found, key=lambda one: not one[1])]
        return tuple(key for key in keys if self.working(self.by_key.get(key), on))

    def administration(self, municipality: str | None, on: date) -> str | None:
        """The key of the municipality's own body: municipal and subordinate to none.

        One that has closed is whoever works in its place: a reform gives a successor.
        """
        own = (
            body
            for body in self.rows
            if municipality is not None
            and body.municipality == municipality
            and body.kind == BodyKind.MUNICIPAL
            and body.parent_id is None
        )
        heirs = [self._heir(body, on) for body in own]
        return next((heir.key for heir in heirs if heir is not None), None)

    def _heir(self, body: Body, on: date) -> Body | None:
        """The body, or the first in the line of its successors that works on the day."""
        heir: Body | None = body
        passed: set[int] = set()
        while heir is not None and not self.working(heir, on) and heir.id not in passed:
            passed.add(heir.id)
            heir = self.by_id.get(heir.successor_id or 0)
        return heir if self.working(heir, on) else None

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

    def one(self, body: Body, other: Body) -> bool:
        """Whether both are units of one body: what passes between them leaves it not (R47).

        Units are of their superior's kind; organisations subordinate to it stand for themselves.
        """
        return bool(self._whole(body) & self._whole(other))

    def _whole(self, body: Body) -> frozenset[int]:
        """The ids of the body and of those whose unit it is."""
        found: set[int] = set()
        unit: Body | None = body
        while unit is not None and unit.kind == body.kind and unit.id not in found:
            found.add(unit.id)
            unit = self.by_id.get(unit.parent_id or 0) if unit.kind in UNITED else None
        return frozenset(found)

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


async def bodies_of_the_highest(session: AsyncSession) -> tuple[str, ...]:
    """Keys of the bodies in which the directory has the position of the highest official."""
    held = select(Body.key).where(has_the_highest(Body.id)).order_by(Body.key)
    return tuple(await session.scalars(held))


def has_the_highest(
    body_id: ColumnElement[int] | InstrumentedAttribute[int],
) -> ColumnElement[bool]:
    """Whether the directory has the position of the highest official in this body."""
    highest = Position.rank == Authority.HIGHEST_OFFICIAL.value
    return exists().where(Position.body_id == body_id, highest)


def find_body(bodies: Bodies, key: str) -> Body:
    """The body with this key; UNKNOWN_BODY when the directory has none."""
    body = bodies.by_key.get(key)
    if body is None:
        named = f"Органа «{key}» в справочнике нет"
        text = named if key.strip() else "Назовите орган: нужен его ключ"
        raise Refusal(RefusalCode.UNKNOWN_BODY, text)
    return body


def _near(body: Body, municipality: str | None) -> bool:
    """Whether the body may act in the place; what has no place may be anywhere."""
    return municipality is None or body.municipality in (None, municipality)


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())

"""Whoever places what comes in: the law with the directory and the blocks as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select

from core.appeals.intake.placement import Placer
from core.db.bulk import table_of
from core.directory.bodies import Bodies, has_the_highest
from core.directory.model import Body, BodyTheme
from core.kernel.work import Work
from core.law.rulebook import Rulebook
from core.structure.blocks import load_blocks
from core.structure.rules.blocks import Block

BODY, THEME = table_of(Body), table_of(BodyTheme)
HIGHEST = has_the_highest(BODY.c.id).label("highest")


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a placer was made from."""

    bodies: Sequence[Any]
    themes: Sequence[Any]
    decided: Sequence[Block]


_latest: WeakKeyDictionary[Rulebook, tuple[_Standing, Placer]] = WeakKeyDictionary()


async def placer_of(work: Work) -> Placer:
    """The placer by what the database says now; the last one, with its memory, if it says the same.

    Its bodies are rows of their own, out of every session.
    """
    bodies = (await work.session.execute(select(BODY, HIGHEST).order_by(BODY.c.id))).all()
    themes = (await work.session.execute(select(THEME).order_by(THEME.c.id))).all()
    blocks = await load_blocks(work.session, work.rules)
    standing = _Standing(bodies, themes, blocks.decided)
    before, placer = _latest.get(work.rules, (None, None))
    if placer is None or before != standing:
        rows = [Body(**dict(zip(BODY.c.keys(), row, strict=False))) for row in bodies]
        placer = Placer(
            work.rules,
            Bodies(rows, [BodyTheme(**row._mapping) for row in themes]),
            blocks,
            [row.key for row in bodies if row.highest],
        )
        _latest[work.rules] = standing, placer
    return placer

"""The category that somebody names: as the classifier has it on the day, and in its season."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.appeals.classifier.model import Category
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.russian import nearest

MOST_OFFERED = 50


@dataclass(frozen=True, slots=True)
class Categories:
    """Rows by key, and every key there is, by which a slip of the pen is told."""

    rows: Mapping[str, Sequence[Category]]
    keys: Collection[str]

    def chosen(
        self, key: str | None, on: date, theme: str | None, municipality: str | None
    ) -> Category | None:
        """The row that holds on a local day, for a case of this theme and place; None for no key.

        Refuses UNKNOWN_CATEGORY, OUT_OF_SEASON, and UNKNOWN_THEME and UNKNOWN_MUNICIPALITY where
        the row is of others.
        """
        if key is None:
            return None
        row = next((one for one in self.rows.get(key, ()) if one.holds(on)), None)
        if row is None:
            raise self._unknown(key, on)
        if row.season is not None and not row.in_season(on):
            text = f"Категория «{row.words}» принимается {row.season.label}, а это {on:%d.%m.%Y}"
            raise Refusal(RefusalCode.OUT_OF_SEASON, text, row.clause)
        if theme is not None and row.theme not in (None, theme):
            text = f"Категория «{row.words}» относится к другой тематике"
            raise Refusal(RefusalCode.UNKNOWN_CATEGORY, text, row.clause)
        if row.municipality is not None and municipality != row.municipality:
            text = f"Категория «{row.words}» принимается только в другом месте"
            raise Refusal(RefusalCode.UNKNOWN_CATEGORY, text, row.clause)
        return row

    def _unknown(self, key: str, on: date) -> Refusal:
        alike = nearest(key, self.keys)
        hint = f"; похожая: «{alike}»" if alike not in (None, key) else ""
        text = f"Категории «{key}» на {on:%d.%m.%Y} в классификаторе нет{hint}"
        return Refusal(RefusalCode.UNKNOWN_CATEGORY, text)


NOTHING = Categories({}, ())


async def load_categories(session: AsyncSession, keys: Collection[str]) -> Categories:
    """What the classifier has of these keys on any day."""
    if not keys:
        return NOTHING
    rows: dict[str, list[Category]] = {}
    for row in await session.scalars(select(Category).where(Category.key.in_([*keys]))):
        rows.setdefault(row.key, []).append(row)
    every = () if rows.keys() >= {*keys} else await session.scalars(select(Category.key).distinct())
    return Categories(rows, sorted(every))


async def offered(
    session: AsyncSession, on: date, text: str | None, municipality: str | None, most: int
) -> list[Category]:
    """What may be chosen on a local day, in season, by beginnings of words; in the annex's order.

    Refuses TOO_MUCH.
    """
    if not 0 < most <= MOST_OFFERED:
        raise Refusal(RefusalCode.TOO_MUCH, f"Категорий показывают от 1 до {MOST_OFFERED}")
    query = select(Category).where(Category.holds(on)).order_by(Category.id)
    wanted = _words(text or "")
    fitting = (
        row
        for row in await session.scalars(query)
        if row.in_season(on)
        and (municipality is None or row.municipality in (None, municipality))
        and _fits(wanted, _words(f"{row.key} {row.words}"))
    )
    return [row for row, _ in zip(fitting, range(most), strict=False)]


def _words(text: str) -> list[str]:
    return text.casefold().replace("ё", "е").replace("—", " ").split()


def _fits(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(beginning) for word in words) for beginning in wanted)

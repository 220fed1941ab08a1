"""What the keys of categories are called: as the latest edition has them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from core.appeals.classifier.model import Category

WORDS: ColumnElement[str] = (
    Category.object.concat(" — ")
    .concat(Category.name)
    .concat(func.coalesce(func.nullif(" — " + Category.cause, " — "), ""))
)
"""The object, the name and the cause of a row, as `Category.words`."""


def latest(key: Any) -> ColumnElement[bool]:
    """The condition that a row is the latest of those with this key; the key is a column."""
    later = aliased(Category)
    order = later.since.desc(), later.id.desc()
    newest = select(later.id).where(later.key == key).order_by(*order).limit(1)
    return Category.id == newest.scalar_subquery()

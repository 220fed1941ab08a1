"""Sealing rows as they are written: by the session at its flush, or before they go in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import object_session

from core.db.bulk import OwnRow, Row
from core.db.database import Base
from core.kernel.sealing.forms import Form
from core.kernel.sealing.seals import SEALING, Sealing

SEAL_OF_ITS_OWN = ("seal", "salts")
"""The columns that every sealed row has for itself."""


def seals(model: type[Base], form: Form) -> None:
    """Have every row of the model sealed when it is inserted, and anew when it is changed.

    A session that has no unit of work seals nothing: what it writes is named by the verification.
    """
    defaults = {
        column.name: column.default.arg
        for column in model.__table__.columns
        if column.default is not None and column.default.is_scalar
    }

    def before(_mapper: Any, _connection: Any, row: Any) -> None:
        session = object_session(row)
        sealing: Sealing | None = session.info.get(SEALING) if session is not None else None
        if session is None or sealing is None or not session.is_modified(row):
            return
        values = {name: getattr(row, name) for name in form.columns}
        for name, value in values.items():
            if value is None and name in defaults:
                values[name] = defaults[name]
        for name, value in sealing.seal(form, values).items():
            setattr(row, name, value)

    event.listen(model, "before_insert", before)
    event.listen(model, "before_update", before)


def sealed_alike(
    session: AsyncSession,
    form: Form,
    own: tuple[str, ...],
    rows: Iterable[OwnRow],
    *,
    personal: bool,
) -> Iterator[OwnRow]:
    """Rows as `write_alike` takes them, with `SEAL_OF_ITS_OWN` after what is their own."""
    sealing: Sealing = session.info[SEALING]
    for shared, *values in rows:
        whole: Mapping[str, object] = {**shared, **dict(zip(own, values, strict=True))}
        columns = sealing.seal(form, whole, personal=personal)
        yield (shared, *values, columns["seal"], columns["salts"])


def values_of(form: Form, row: Any) -> Row:
    """The columns of a row that was read, as its form has them."""
    return {name: getattr(row, name) for name in form.columns}

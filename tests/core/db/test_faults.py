"""What a database says when it cannot answer."""

from __future__ import annotations

from core.db.embedded import Embedded
from core.db.faults import ended, outage, told


def test_errors_of_either_driver_are_told_alike() -> None:
    module = Embedded(sealed=True).module
    busy, late = map(module.OperationalError, ("database is locked", "interrupted"))
    wrong = module.IntegrityError("UNIQUE constraint failed: locked")
    said = "базу долго держит другой процесс: завершите его или повторите"
    assert (outage(busy), told(busy)) == (said, said)
    assert (outage(wrong), ended(late), ended(busy)) == (None, True, False)

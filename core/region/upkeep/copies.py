"""The last copy of a region, how old it is, and whether it was ever restored for exercise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.backup.guard import is_young
from core.region.backup.record import keys_saved, last_backup, last_drill
from core.region.upkeep.states import State

MAKE, DRILL = "tsur backup ПАПКА", "tsur restore ПАПКА --drill"


@dataclass(frozen=True, slots=True)
class Copy:
    """When the last was made and the last was tried; `text` says what to do where it is not well.

    `keys` says whether any copy was made with the keys; `drilled_of` when the tried one was made.
    """

    state: State
    text: str
    made_at: datetime | None
    keys: bool
    drilled_at: datetime | None
    drilled_of: datetime | None

    @property
    def drill(self) -> str | None:
        """What to do where the last copy was not tried yet; None where there is nothing to try."""
        if self.made_at is None or self.drilled_of == self.made_at:
            return None
        return f"последняя копия пробой не проверена: выполните {DRILL}"


def last_copy(region: Region) -> Copy:
    """What is known of it; how old it is, is of no matter before production."""
    home, code = region.settings.data_dir, region.code
    made_at, tried = last_backup(home, code), last_drill(home, code)
    state, text = _judged(region, made_at)
    return Copy(state, text, made_at, keys_saved(home, code), *(tried or (None, None)))


def shown_copy(region: Region) -> Copy:
    """The same for who looks at a page: what stops the reading names a folder, and is not shown."""
    try:
        return last_copy(region)
    except Refusal:
        text = "сведения о копиях не читаются: что с ними, говорит tsur doctor"
        return Copy(State.FAULT, text, None, False, None, None)


def _judged(region: Region, made_at: datetime | None) -> tuple[State, str]:
    production = region.settings.production
    if made_at is None and production:
        return State.WARNING, f"не снималась: выполните {MAKE} и повторяйте каждый день"
    if made_at is None:
        return State.WELL, f"не снималась: до промышленной установки не нужна; снять: {MAKE}"
    text = f"последней {(region.now() - made_at) // timedelta(hours=1)} ч"
    if is_young(region) or not production:
        return State.WELL, text
    return State.WARNING, f"{text}: выполните {MAKE}"

"""No upgrade without a copy: what a new program does to the tables it cannot undo."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, inspect, text

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.backup.record import last_backup
from core.region.revisions import is_current, is_new
from core.region.tokens import DEMO_SUBJECT

YOUNG = timedelta(days=1)


async def require_recent(region: Region) -> None:
    """Refuse INVALID to change the tables of a region with appeals that has no young copy.

    A new database, one without appeals, one that is current and a demo need none.
    """
    if await is_new(region) or await is_current(region) or is_young(region):
        return
    async with region.database.connecting() as connection:
        real = await connection.run_sync(_has_appeals)
        demo = not region.settings.production and await connection.run_sync(_is_demo)
    if real and not demo:
        text_ = (
            f"Копии региона «{region.code}» моложе суток нет: выполните tsur backup ПАПКА или "
            f"обойдитесь без неё: tsur migrate --no-backup"
        )
        raise Refusal(RefusalCode.INVALID, text_)


def is_young(region: Region) -> bool:
    """Whether a copy was made within a day."""
    made_at = last_backup(region.settings.data_dir, region.code)
    return made_at is not None and region.now() - made_at < YOUNG


def _has_appeals(connection: Connection) -> bool:
    if not inspect(connection).has_table("appeal"):
        return False
    return connection.execute(text("SELECT 1 FROM appeal LIMIT 1")).first() is not None


def _is_demo(connection: Connection) -> bool:
    query = text("SELECT 1 FROM person WHERE subject LIKE :demo LIMIT 1")
    return connection.execute(query, {"demo": DEMO_SUBJECT.format(role="%")}).first() is not None

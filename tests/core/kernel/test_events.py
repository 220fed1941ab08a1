"""An event that nobody declared is a fault of the program: it is not recorded."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from core.kernel.access import system
from core.kernel.events import Event
from core.kernel.journal import JournalEntry
from core.kernel.region import Region


@pytest.mark.parametrize("many", [False, True])
async def test_an_undeclared_event_is_refused_and_nothing_is_written(
    polygon: Region, many: bool
) -> None:
    noted, unknown = Event("noted", "thing:1"), Event("notted", "thing:1")

    async def record() -> None:
        async with polygon.work(system()) as work:
            await work.record(noted)
            await (work.record_many([noted, unknown]) if many else work.record(unknown))

    with pytest.raises(LookupError, match="«notted» нигде не объявлено"):
        await record()
    async with polygon.database.reading() as session:
        query = select(func.count()).where(JournalEntry.name.in_(("noted", "notted")))
        assert await session.scalar(query) == 0


async def test_a_layer_declares_its_own_beside_those_of_core(polygon: Region) -> None:
    assert polygon.events["noted"].words == "задание оставило след"
    assert polygon.events["appeal.answered"].words == "обращение: ответ"
    assert polygon.events["municipal_centre.recorded"].subject == "municipality"

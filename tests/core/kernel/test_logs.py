"""What is away is told in a line, by whoever asked for it: no traceback of a client's own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from core.kernel.logs import CHATTY, write_logs
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.worker.attendance import attend_queues
from tests.core.worker.rows import queue

NOWHERE = "amqp://guest:guest@127.0.0.1:1"


@pytest.fixture(autouse=True)
def _logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing of how a test writes logs is left to the next."""
    levels = {name: logging.getLogger(name).level for name in ("", "tsur", *CHATTY)}
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


async def test_rabbitmq_that_is_away_is_told_in_one_line(
    polygon: Region, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_logs(structured=False)
    await queue(polygon, "note", "test:1")
    used = settings.model_copy(update={"broker_url": NOWHERE})
    async with attend_queues(used, [polygon]):
        await asyncio.sleep(0.2)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("WARNING core.worker.runner: queue of polygon: BrokerOutOfReach")


@pytest.mark.parametrize(("name", "lines"), [("sqlalchemy.pool.impl", 1), ("tsur.schema", 5)])
def test_a_connection_that_was_cut_is_told_without_where_it_was_noticed(
    name: str, lines: int, capsys: pytest.CaptureFixture[str]
) -> None:
    write_logs(structured=False)
    try:
        raise ConnectionResetError
    except ConnectionResetError:
        logging.getLogger(name).exception("closing")
    told = capsys.readouterr().err.splitlines()
    assert told[0].endswith(f"ERROR {name}: closing")
    assert len(told) == lines

"""A round over the mailbox: what is new is kept, then marked there, then read, a letter each.

Between any two of these the process may die: what was not kept is fetched again, what was kept is
known by its place, what was not marked or read is so in the next round.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from core.kernel.access import system
from core.kernel.incidents.service import raise_incident
from core.kernel.mailbox import MailboxSettings
from core.kernel.region import Region
from core.mailbox.arrival import settle
from core.mailbox.box import BoxError, BoxLost
from core.mailbox.model import UNREAD, Letter
from core.mailbox.process import read_apart
from core.mailbox.store import Fetched, keep, whole

MOST = 500
"""Letters of one round; the others are of the next."""

MOST_LOST = 3
"""Connections that one round may lose to letters which end them."""

T = TypeVar("T")
log = logging.getLogger(__name__)


class Mailbox(Protocol):
    """What a round asks of a mailbox; blocking, and ended by `abort` from outside."""

    validity: int

    def open(self) -> None:
        """Connect; BoxError."""

    def close(self) -> None:
        """Leave."""

    def abort(self) -> None:
        """End it under whoever waits."""

    def uids(self) -> list[int]:
        """What is in the folder."""

    def fetch(self, uid: int) -> Fetched:
        """A letter; BoxError."""

    def mark(self, uid: int) -> None:
        """It is stored; BoxError."""


@dataclass
class Round:
    """What came of a round: letters kept, letters read, and those that could not be had."""

    kept: int = 0
    read: int = 0
    failed: int = 0


async def collect(region: Region, settings: MailboxSettings, box: Mailbox) -> Round:
    """One round. BoxError where the mailbox is out of reach; what is kept is read all the same."""
    done = Round()
    try:
        await ask(settings, box, box.open)
        await _fetch(region, settings, box, done)
        await _mark(region, settings, box, done)
    except BoxError:
        await read_kept(region, settings.ours)
        raise
    finally:
        await ask(settings, box, box.close)
    done.read = await read_kept(region, settings.ours)
    return done


async def read_kept(region: Region, ours: tuple[str, ...]) -> int:
    """Read what is kept and was not read yet; each letter apart, outside of any transaction."""
    async with region.reading(system()) as work:
        query = select(Letter.id).where(UNREAD).order_by(Letter.id).limit(2 * MOST)
        waiting = (await work.session.scalars(query)).all()
    done = 0
    for letter_id in waiting:
        try:
            await _read(region, letter_id, ours)
            done += 1
        except (SQLAlchemyError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever one letter does stops no other
            log.warning("letter %s of %s: %s", letter_id, region.code, type(error).__name__)
            text = (
                f"Письмо {letter_id} не разобрано ({type(error).__name__}), оно сохранено целиком"
            )
            await _tell(region, "mailbox/settle", text)
    return done


async def _read(region: Region, letter_id: int, ours: tuple[str, ...]) -> None:
    async with region.reading(system()) as work:
        raw = await whole(work, letter_id)
    read = await read_apart(raw)
    async with region.work(system()) as work:
        await settle(work, letter_id, read, ours)


async def ask(settings: MailboxSettings, box: Mailbox, call: Callable[[], T]) -> T:
    """Call in a thread; whoever does not answer in time is cut off, and the thread ends."""
    asked = asyncio.get_running_loop().run_in_executor(None, call)
    done, _ = await asyncio.wait({asked}, timeout=settings.timeout)
    if not done:
        box.abort()
        asked.add_done_callback(lambda late: late.exception())
        raise BoxLost("ящик не ответил вовремя")
    return asked.result()


async def _fetch(region: Region, settings: MailboxSettings, box: Mailbox, done: Round) -> None:
    """Keep what is new, one after the other; one that cannot be had stops no other."""
    there = await ask(settings, box, box.uids)
    known = await _known(region, settings, box)
    lost = 0
    for uid in [uid for uid in there if uid not in known][:MOST]:
        try:
            fetched = await ask(settings, box, partial(box.fetch, uid))
        except BoxError as error:
            await _fail(region, settings, done, error)
            if isinstance(error, BoxLost):
                lost += 1
                await _again(settings, box, error, lost)
        else:
            await _keep(region, settings, fetched, done)


async def _keep(region: Region, settings: MailboxSettings, fetched: Fetched, done: Round) -> None:
    async with region.work(system()) as work:
        done.kept += await keep(work, fetched) is not None
        if not fetched.whole:
            most = settings.max_bytes
            text = f"Письмо {fetched.uid} больше {most} байт: целиком оно в ящике"
            await raise_incident(work, f"mailbox/large/{settings.name}", text)


async def _again(settings: MailboxSettings, box: Mailbox, error: BoxLost, lost: int) -> None:
    """Connect anew for the letters behind one that ends the connection; BoxLost after a few."""
    validity = box.validity
    if lost > MOST_LOST:
        raise error
    await ask(settings, box, box.close)
    await ask(settings, box, box.open)
    if box.validity != validity:
        raise error


async def _mark(region: Region, settings: MailboxSettings, box: Mailbox, done: Round) -> None:
    """Tell the mailbox of what is kept and still there."""
    there = await ask(settings, box, box.uids)
    known = await _known(region, settings, box)
    for uid in [uid for uid in there if known.get(uid) is False]:
        try:
            await ask(settings, box, partial(box.mark, uid))
        except BoxLost:
            raise
        except BoxError as error:
            await _fail(region, settings, done, error)
        else:
            await _remember(region, settings.name, box.validity, uid)


async def _known(region: Region, settings: MailboxSettings, box: Mailbox) -> dict[int, bool]:
    """The letters of this folder that are kept, and whether it was told of each."""
    place = (Letter.mailbox == settings.name, Letter.validity == box.validity)
    async with region.database.reading() as session:
        rows = await session.execute(select(Letter.uid, Letter.marked).where(*place))
        return {row.uid: row.marked for row in rows}


async def _remember(region: Region, mailbox: str, validity: int, uid: int) -> None:
    place = (Letter.mailbox == mailbox, Letter.validity == validity, Letter.uid == uid)
    async with region.work(system()) as work:
        await work.session.execute(update(Letter).where(*place).values(marked=True))


async def _fail(region: Region, settings: MailboxSettings, done: Round, error: BoxError) -> None:
    """An operator sees that there is a letter which cannot be had or marked."""
    done.failed += 1
    log.warning("mailbox of %s: %s", region.code, error)
    text = f"Ящик не всё отдаёт, попытки продолжаются: {error}"
    await _tell(region, f"mailbox/fetch/{settings.name}", text)


async def _tell(region: Region, key: str, text: str) -> None:
    async with region.work(system()) as work:
        await raise_incident(work, key, text)

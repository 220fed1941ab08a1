"""What a region needs to work: asked without changing anything, told with what to do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from sqlalchemy import select, text

from core.commands.antivirus import antivirus_finding
from core.commands.categories import classifier_finding
from core.commands.clocks import calendar, clock
from core.commands.finding import Finding, Matter
from core.commands.letters import channels_finding, relay_findings
from core.commands.mailbox import mailbox_findings
from core.commands.regions import reaching
from core.directory.model import Appointment, Person
from core.directory.service import holding
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.doors.service import doors_open
from core.kernel.errors import Refusal
from core.kernel.mailbox import MailboxSettings
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.kernel.settings import Settings, prefix_of
from core.law.fault import LawError
from core.region.keyring.service import key_place, require_own
from core.region.keyring.vault_mark import latest_keys
from core.region.opening import open_region
from core.region.revisions import is_current, require_not_newer, require_there, require_whole
from core.region.upkeep.copies import last_copy
from core.region.upkeep.states import State
from core.shapes.registers.model import standing
from core.structure.first_administrator import ROLE
from core.worker.lag import is_late, lags

WELL, WARNING, FAULT = State.WELL, State.WARNING, State.FAULT


async def require_fit(region: Region) -> None:
    """What stops a service from starting, beyond what `ready` refuses: Refusal(INVALID)."""
    with reaching(region):
        region.sealing.vault.require_sound()
        MailboxSettings.of(prefix_of(region.code))
        found = (calendar(region), channels_finding(region), await connection(region))
    for one in found:
        if one.state is FAULT:
            raise Refusal(RefusalCode.INVALID, one.line)


async def region_findings(settings: Settings, code: str) -> list[Finding]:
    """Everything about one region, as far as it can be asked."""
    try:
        MailboxSettings.of(prefix_of(code))
        region = open_region(code, settings, make_keys=False)
    except Refusal as refusal:
        return [Finding(Matter.SETTINGS, FAULT, refusal.text, code)]
    except LawError as error:
        return [Finding(Matter.LAW, FAULT, str(error), code)]
    found: list[Finding] = []
    try:
        async for one in _of_region(region):
            found.append(one)
    except Refusal as refusal:
        found.append(Finding(Matter.DATABASE, FAULT, refusal.text, region.code))
    finally:
        await region.database.close()
    return found


async def _of_region(region: Region) -> AsyncIterator[Finding]:
    code = region.code
    yield calendar(region)
    require_there(region)
    with reaching(region):
        yield await connection(region)
        migrations = await _migrations(region)
        yield migrations
        if migrations.state is WELL:
            yield await _keys(region)
            yield await _administrator(region)
            yield await classifier_finding(region)
            copy = last_copy(region)
            yield Finding(Matter.BACKUP, copy.state, copy.text, code)
            yield await _doors(region)
            yield await _queue(region)
        yield await _clock(region)
    for one in (*await relay_findings(region), *await mailbox_findings(code)):
        yield one
    yield await antivirus_finding(region)


async def connection(region: Region) -> Finding:
    """Reached, and by the way that the settings say."""
    database = region.database
    async with database.connecting() as open_:
        await open_.execute(text("SELECT 1"))
        if database.is_sqlite:
            return Finding(Matter.DATABASE, WELL, "открывается", region.code)
        raw = await open_.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        own = await open_.scalar(text("SELECT pg_backend_pid()"))
        behind = own != driver.get_server_pid()
    if behind and not database.pooled:
        text_ = f"перед сервером стоит PgBouncer: задайте {prefix_of(region.code)}POOLED=true"
        return Finding(Matter.DATABASE, FAULT, text_, region.code)
    return Finding(Matter.DATABASE, WELL, "сервер отвечает", region.code)


async def _migrations(region: Region) -> Finding:
    try:
        await require_not_newer(region)
    except Refusal as refusal:
        return Finding(Matter.MIGRATIONS, FAULT, refusal.text, region.code)
    if not await is_current(region):
        text_ = f"таблицы не новые: выполните tsur migrate {region.code}"
        return Finding(Matter.MIGRATIONS, FAULT, text_, region.code)
    try:
        await require_whole(region)
    except Refusal as refusal:
        return Finding(Matter.DATABASE, FAULT, refusal.text, region.code)
    return Finding(Matter.MIGRATIONS, WELL, "таблицы новые", region.code)


async def _keys(region: Region) -> Finding:
    """They are there, they are this database's, and somebody has kept a copy."""
    code, place = region.code, key_place(region)
    try:
        place.require(make=False)
        region.sealing.vault.require_sound()
        async with region.reading(system()) as work:
            marks = await require_own(work)
            held = await latest_keys(work)
    except Refusal as refusal:
        return Finding(Matter.KEYS, FAULT, refusal.text, code)
    if held.missing:
        text_ = (
            f"в хранилище ключей журнала нет {held.missing} из последних {held.all}: оно у базы "
            "одно, а рядом работает установка с его копией, или копией подменили его самого; "
            f"если ключи утрачены навсегда: tsur keys renounce {code}"
        )
        return Finding(Matter.KEYS, FAULT, text_, code)
    active = [row for row in marks if row.retired_at is None]
    unsettled = any(row.settled_at is None and row.kind == "data" for row in active)
    if unsettled and len(place.read().data) > 1:
        text_ = f"смена ключей не закончена: выполните tsur keys rotate {code}"
        return Finding(Matter.KEYS, WARNING, text_, code)
    own_files = place.data_path or place.signing_path
    if region.settings.production and own_files and any(row.saved_at is None for row in active):
        text_ = f"копии этих ключей нет: выполните tsur keys backup {code}"
        return Finding(Matter.KEYS, WARNING, text_, code)
    sealed = region.database.is_sqlite and region.settings.seal_texts
    if region.settings.production and sealed and place.data_path is not None:
        text_ = (
            f"ключ данных лежит рядом с запечатанной базой: перенесите {place.data_path} и задайте "
            f"{prefix_of(code)}DATA_KEY_FILE"
        )
        return Finding(Matter.KEYS, WARNING, text_, code)
    return Finding(Matter.KEYS, WELL, "от этой базы", code)


async def _queue(region: Region) -> Finding:
    """Whether jobs are run in time."""
    late = [one for one in await lags(region) if is_late(one.seconds)]
    if not late:
        return Finding(Matter.QUEUE, WELL, "задания выполняются вовремя", region.code)
    worst = max(late, key=lambda one: one.seconds)
    text_ = (
        f"задание «{worst.name}» ждёт {worst.seconds / 60:.0f} мин: работает ли tsur serve, "
        "а с брокером tsur worker?"
    )
    return Finding(Matter.QUEUE, WARNING, text_, region.code)


async def _doors(region: Region) -> Finding:
    """Whether a restored database still waits for its release."""
    async with region.reading(system()) as work:
        open_ = await doors_open(work)
    if open_:
        return Finding(Matter.DOORS, WELL, "открыты", region.code)
    text_ = "закрыты, из восстановленной базы ничего не уходит: выполните tsur restore --release"
    return Finding(Matter.DOORS, WARNING, text_, region.code)


async def _administrator(region: Region) -> Finding:
    """Whether anybody may enter appointments; of no matter before production."""
    today = local_date(region.now(), region.passport.zone)
    held = (
        select(Appointment.id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.role == ROLE, holding(today), standing(None, Person.dismissed, today))
    )
    async with region.database.reading() as session:
        there = (await session.scalars(held.limit(1))).first() is not None
    if there or not region.settings.production:
        said = "назначен" if there else "не назначен: до промышленной установки не нужен"
        return Finding(Matter.ADMINISTRATOR, WELL, said, region.code)
    text_ = f"не назначен: tsur admin grant {region.code} ИМЯ --name ФИО --ground ДОКУМЕНТ"
    return Finding(Matter.ADMINISTRATOR, WARNING, text_, region.code)


async def _clock(region: Region) -> Finding:
    """This machine's against the database server's."""
    if region.database.is_sqlite:
        return Finding(Matter.CLOCK, WELL, "сверять не с чем: база на этой машине", region.code)
    async with region.database.connecting() as open_:
        theirs = await open_.scalar(text("SELECT clock_timestamp()"))
    assert isinstance(theirs, datetime)
    return clock(theirs, "сервером базы", region.code)

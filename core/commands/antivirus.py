"""The region's antivirus for commands: whether it answers, and whether it may be believed."""

from __future__ import annotations

from core.attachments.clamd import Clamd
from core.attachments.kinds import ScanState
from core.attachments.probes import finds, tells_limits
from core.commands.finding import Finding, Matter
from core.kernel.region import Region
from core.kernel.settings import prefix_of
from core.region.upkeep.states import State


async def antivirus_finding(region: Region) -> Finding:
    """Whether it answers, finds what every antivirus finds, and says where it has not read all."""
    own, code = region.own, region.code
    if own.clamd is None:
        text = f"не задан, вложения не проверяются: укажите {prefix_of(code)}CLAMD"
        state = State.WARNING if region.settings.production else State.WELL
        return Finding(Matter.ANTIVIRUS, state, text, code)
    clamd = Clamd(own.clamd, own.clamd_seconds)
    try:
        version = await clamd.version()
    except (OSError, TimeoutError):
        text = f"{own.clamd} не отвечает: проверьте службу clamav-daemon и {prefix_of(code)}CLAMD"
        return Finding(Matter.ANTIVIRUS, State.FAULT, text, code)
    if (await finds(clamd)).state is not ScanState.INFECTED:
        text = "отвечает, но не узнаёт проверочный файл: обновите базы (freshclam)"
        return Finding(Matter.ANTIVIRUS, State.FAULT, text, code)
    if await tells_limits(clamd) is not True:
        text = "не говорит, когда прочёл не всё: задайте AlertExceedsMax yes в clamd.conf"
        return Finding(Matter.ANTIVIRUS, State.WARNING, text, code)
    return Finding(Matter.ANTIVIRUS, State.WELL, f"отвечает: {version.partition('/')[0]}", code)

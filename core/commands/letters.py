"""One letter from each region that has a relay, and what the relay said of it."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from email.utils import make_msgid
from typing import Any

from core.appeals.delivery.status import words_of
from core.appeals.mail.addresses import address_in
from core.appeals.mail.message import Letter, composed, in_ascii
from core.appeals.mail.trouble import Refused, RelayTrouble, Unknown
from core.appeals.rules.intake import Channel
from core.commands.finding import Finding, Matter
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.rules.calendar import local_date
from core.kernel.settings import RegionSettings, Settings, prefix_of
from core.law.russian import nearest
from core.region.upkeep.states import State

RELAY = "core.appeals.mail.relay"
SUBJECT = "Проверка почты"
TEXT = (
    "Это письмо отправила команда tsur doctor --mail. Если Вы его видите, почтовый сервер"
    " доставляет письма.\n\nВ заголовке Authentication-Results этого письма должно стоять spf=pass,"
    " dkim=pass и dmarc=pass: иначе письма гражданам будут попадать в «Спам»."
)


def channels_finding(region: Region) -> Finding:
    """Whether the channels whose notices go by e-mail are the region's: else nothing is sent."""
    today = local_date(region.now(), region.passport.zone)
    known = [channel.key for channel in region.rules.all(Channel, today)]
    for said in region.own.mail_channels:
        if said not in known:
            like = nearest(said, known)
            text = f"канала «{said}» в регионе нет" + (f"; похожий: {like}" if like else "")
            text += f". Исправьте {prefix_of(region.code)}MAIL_CHANNELS"
            return Finding(Matter.MAIL, State.FAULT, text, region.code)
    return Finding(Matter.MAIL, State.WELL, "каналы писем названы верно", region.code)


async def relay_findings(region: Region) -> list[Finding]:
    """Whether the relay answers and lets us in, where there is one; no letter is sent."""
    own, channels = region.own, channels_finding(region)
    if channels.state is not State.WELL:
        return [channels]
    if not own.mails:
        return []
    relays: Any = importlib.import_module(RELAY)
    try:
        async with relays.conversation(own):
            pass
    except RelayTrouble as trouble:
        text = f"почтовый сервер {own.smtp_host} {trouble}"
        return [Finding(Matter.MAIL, State.FAULT, text, region.code)]
    return [Finding(Matter.MAIL, State.WELL, f"сервер {own.smtp_host} отвечает", region.code)]


async def mail_findings(settings: Settings, address: str) -> list[Finding]:
    """A finding or more of each region that sends letters; a fault where none does."""
    to = address_in(address)
    if to is None or to != address.strip():
        return [Finding(Matter.MAIL, State.FAULT, "после --mail нужен адрес электронной почты")]
    found: list[Finding] = []
    for code in settings.regions:
        name = code.rpartition(".")[2]
        try:
            own = RegionSettings.of(name)
        except Refusal:
            continue  # said already, with all that is wrong in the region's settings
        if own.mails:
            found += await _of_region(name, own, to)
    if not found:
        text = f"не задан ни один почтовый сервер: {prefix_of(settings.regions[0])}SMTP_HOST"
        found.append(Finding(Matter.MAIL, State.FAULT, text))
    return found


async def _of_region(name: str, own: RegionSettings, to: str) -> list[Finding]:
    relays: Any = importlib.import_module(RELAY)
    sender = own.mail_from or ""
    returns = own.mail_return or sender
    domain = sender.rpartition("@")[2]
    try:
        letter = composed(_letter(own, to))
        async with relays.conversation(own) as relay:
            await relay.begin(returns, in_ascii(to), "doctor")
            await relay.finish(letter)
            tells = relay.tells_fates
    except RelayTrouble as trouble:
        text = f"почтовый сервер {own.smtp_host} {trouble}"
        return [Finding(Matter.MAIL, State.FAULT, text, name)]
    except Refused as refused:
        text = f"почтовый сервер {own.smtp_host} не принял письмо: {words_of(refused.status)}"
        return [Finding(Matter.MAIL, State.FAULT, text, name)]
    except Unknown:
        text = f"почтовый сервер {own.smtp_host} замолчал, принимая письмо: ушло ли оно, неизвестно"
        return [Finding(Matter.MAIL, State.FAULT, text, name)]
    except ValueError:
        text = "на этот адрес письмо не составить: имя ящика не из латинских букв"
        return [Finding(Matter.MAIL, State.FAULT, text, name)]
    return [
        Finding(Matter.MAIL, State.WELL, f"сервер {own.smtp_host} принял письмо на {to}", name),
        _fates(own, name, tells=tells),
        _signed(name, domain, returns.rpartition("@")[2]),
    ]


def _letter(own: RegionSettings, to: str) -> Letter:
    sender = own.mail_from or ""
    return Letter(
        to=to,
        to_name=None,
        sender=sender,
        sender_name="",
        returns=own.mail_return or sender,
        message_id=make_msgid(domain=sender.rpartition("@")[2]),
        subject=SUBJECT,
        text=TEXT,
        sent_at=datetime.now(UTC),
    )


def _fates(own: RegionSettings, name: str, *, tells: bool) -> Finding:
    if tells:
        text = "сервер обещает сообщать о доставке (DSN): «доставлено» будет известно"
        return Finding(Matter.MAIL, State.WELL, text, name)
    text = (
        "сервер не сообщает о доставке (нет DSN): «доставлено» будет известно лишь по ответам"
        " граждан, возвраты придут как обычно"
    )
    return Finding(Matter.MAIL, State.WARNING, text, name)


def _signed(name: str, sender: str, returns: str) -> Finding:
    """What can be known here: whose records count. Whether they stand, the letter itself says."""
    text = (
        f"SPF: запись TXT домена {returns} должна называть этот почтовый сервер; DKIM ставит он"
        f" сам, от домена {sender}; сошлось ли всё, скажет заголовок Authentication-Results"
        " полученного письма"
    )
    if returns != sender and not returns.endswith(f".{sender}"):
        text += f". Домены {sender} и {returns} разные: для DMARC останется один DKIM"
        return Finding(Matter.MAIL, State.WARNING, text, name)
    return Finding(Matter.MAIL, State.WELL, text, name)

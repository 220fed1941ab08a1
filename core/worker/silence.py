"""Why a broker takes nothing: asked as it is used, and said with what to do about it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator, Mapping

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from core.kernel.settings import Settings
from core.kernel.unreadable import why
from core.worker.broker import connect

TIMEOUT_SECONDS = 10.0
UNANSWERED = "не отвечает ({}): проверьте TSUR_BROKER_URL и работает ли он"
LOGIN = "имени и пароля не принимает: исправьте их в TSUR_BROKER_URL"
RIGHTS = "этому имени не даёт прав на очереди: дайте их на сервере или исправьте TSUR_BROKER_URL"
NO_BASE = "базы с таким номером у него нет: исправьте номер в конце TSUR_BROKER_URL"
NO_NODE = "такого виртуального узла нет или имя к нему не допущено: исправьте конец TSUR_BROKER_URL"
REPLICA = "это реплика, в неё не пишут: назовите в TSUR_BROKER_URL основной сервер"
FULL = "память у него кончилась: увеличьте maxmemory или освободите её"
NO_TRUST = "его сертификату нет доверия: проверьте в TSUR_BROKER_URL имя и удостоверяющий центр"
NO_FILE = "файл сертификата, названный в TSUR_BROKER_URL, не читается: {}"
NO_TLS = "TLS не складывается: шифрует ли этот порт, а TSUR_BROKER_URL начинается как надо?"
SAID: Mapping[str, str] = {
    "AuthenticationError": LOGIN,
    "ProbableAuthenticationError": LOGIN,
    "NoPermissionError": RIGHTS,
    "ChannelClosedByBroker": RIGHTS,
    "ProbableAccessDeniedError": NO_NODE,
    "ReadOnlyError": REPLICA,
    "OutOfMemoryError": FULL,
}
"""By the name of the client's error."""

WRONG_BASE = "DB index"
PROBE = "doctor"


async def silence_of(settings: Settings) -> str | None:
    """Why the broker of TSUR_BROKER_URL takes nothing, and what to do; None if it takes.

    Refusal(INVALID) as `connect` gives it.
    """
    broker = connect(settings)
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await asyncio.to_thread(_reach, broker, f"{settings.queue_prefix}.{PROBE}")
    except Exception as error:  # noqa: BLE001 - of each client its own, and all mean the same
        return reason(error)
    return None


def reason(error: BaseException) -> str:
    """What a client's error comes to; its name where nothing more is known of it."""
    for one in _behind(error):
        if isinstance(one, ssl.SSLCertVerificationError):
            return NO_TRUST
        if isinstance(one, ssl.SSLError):
            return NO_TLS
        if isinstance(one, FileNotFoundError | PermissionError | IsADirectoryError):
            return NO_FILE.format(why(one))
    if str(error).startswith(WRONG_BASE):
        return NO_BASE
    name = type(error).__name__
    return SAID.get(name) or UNANSWERED.format(name)


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _reach(broker: dramatiq.Broker, name: str) -> None:
    """Do what sending does, under a name of its own; raises whatever the client does."""
    if isinstance(broker, RedisBroker):
        client = broker.client
        client.eval("return 1", 0)
        client.set(name, 1, px=1)
        client.close()
    else:
        channel = broker.connection.channel()  # type: ignore[attr-defined]
        channel.queue_declare(name, exclusive=True, auto_delete=True)
        broker.close()

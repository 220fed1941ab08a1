"""What is said of a broker that takes nothing: of a real Redis where there is one, and by rows."""

from __future__ import annotations

import shutil
import ssl
import time
from collections.abc import Iterator

import pytest
from pika.exceptions import (  # type: ignore[import-untyped]
    ChannelClosedByBroker,
    ProbableAccessDeniedError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import OutOfMemoryError, ReadOnlyError, RedisError

from bench.processes import free_port, running
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import Settings
from core.worker.silence import reason as said
from core.worker.silence import silence_of

RIGHTS = "этому имени не даёт прав на очереди: дайте их на сервере или исправьте TSUR_BROKER_URL"
UNKNOWN = (
    "Неверные настройки: TSUR_BROKER_URL: такого параметра нет или его значение не годится: "
    "исправьте то, что стоит после ?"
)
REPLICA = "это реплика, в неё не пишут: назовите в TSUR_BROKER_URL основной сервер"
LOGIN = "имени и пароля не принимает: исправьте их в TSUR_BROKER_URL"
READER = "on >r ~other* +ping +get +select +hello +client"


def settings(url: str) -> Settings:
    return Settings(broker_url=url)


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a Redis with a password, and with a name that may only look."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no Redis here: apt-get install redis-server")
    log, port = tmp_path_factory.mktemp("redis") / "log", free_port()
    bare = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--requirepass", "good"]
    with running([program, *bare, "--user", "reader", *READER.split()], log=log):
        until = time.monotonic() + 30
        while "Ready to accept" not in log.read_text(encoding="utf-8"):
            assert time.monotonic() < until, log.read_text(encoding="utf-8")
            time.sleep(0.02)
        yield port


@pytest.mark.parametrize(
    ("who", "base", "wanted"),
    [
        (":good@", "0", None),
        (":bad@", "0", LOGIN),
        ("", "0", LOGIN),
        (
            ":good@", "99",
            "базы с таким номером у него нет: исправьте номер в конце TSUR_BROKER_URL",
        ),
        ("reader:r@", "0", RIGHTS),
        (":good@", "0?ssl_ca_certs=x", UNKNOWN),
    ],
)  # fmt: skip
async def test_a_redis_that_answers_says_what_is_wrong(
    redis: int, who: str, base: str, wanted: str | None
) -> None:
    try:
        told = await silence_of(settings(f"redis://{who}127.0.0.1:{redis}/{base}"))
    except Refusal as refusal:
        told = refusal.text
    assert told == wanted


def behind(cause: Exception) -> RedisError:
    """As clients wrap what the socket says."""
    try:
        raise RedisConnectionError("Error 1") from cause
    except RedisError as error:
        return error


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (ReadOnlyError(), REPLICA),
        (OutOfMemoryError(), "память у него кончилась: увеличьте maxmemory или освободите её"),
        (
            behind(ssl.SSLCertVerificationError()),
            "его сертификату нет доверия: проверьте в TSUR_BROKER_URL имя и удостоверяющий центр",
        ),
        (
            behind(FileNotFoundError(2, "")),
            "файл сертификата, названный в TSUR_BROKER_URL, не читается: такого нет",
        ),
        (
            ssl.SSLError(),
            "TLS не складывается: шифрует ли этот порт, а TSUR_BROKER_URL начинается как надо?",
        ),
        (
            ProbableAccessDeniedError(),
            "такого виртуального узла нет или имя к нему не допущено: исправьте конец "
            "TSUR_BROKER_URL",
        ),
        (ChannelClosedByBroker(403, ""), RIGHTS),
        (TimeoutError(), "не отвечает (TimeoutError): проверьте TSUR_BROKER_URL и работает ли он"),
    ],
)  # fmt: skip
def test_an_error_of_a_client_is_said_with_what_to_do(error: Exception, wanted: str) -> None:
    assert said(error) == wanted


async def test_a_parameter_that_rabbitmq_does_not_know_is_refused_unquoted() -> None:
    with pytest.raises(Refusal) as refused:
        await silence_of(settings("amqp://u:Zq9@h/?heartbeat=Zq9"))
    assert refused.value.code is RefusalCode.INVALID
    assert "Zq9" not in refused.value.text
    assert refused.value.__cause__ is None

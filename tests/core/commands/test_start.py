"""What keeps the product from starting is said in one Russian line, and no password is in it."""

from __future__ import annotations

import asyncio
import os
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import make_url

from core.commands.serve import addressed, bound
from core.kernel.settings import read_settings
from tests.core.commands.conftest import Run

SECRET = "Zq9secret"
NOWHERE = f"postgresql://anna:{SECRET}@127.0.0.1:1/tsur"
FOUND = "TSUR_POLYGON_DATABASE_URL"

LINES = [
    (
        {"TSUR_PRODUCTION": "true"},
        "В промышленной установке нужен TSUR_OIDC_ISSUER: адрес сервера входа (OIDC) (INVALID)",
    ),
    (
        {"TSUR_PRODUCTION": "true", "TSUR_OIDC_ISSUER": "http://127.0.0.1:1"},
        "В промышленной установке нужен TSUR_PUBLIC_URL: с чего начинаются ссылки гражданам, "
        "например https://tsur.example.ru (INVALID)",
    ),
    (
        {FOUND: NOWHERE},
        "База региона «polygon» (127.0.0.1:1/tsur): сервер не отвечает: проверьте адрес и "
        "работает ли он (INVALID)",
    ),
    (
        {FOUND: NOWHERE.replace("@", "@x@")},
        "Неверные настройки: TSUR_POLYGON_DATABASE_URL: адрес не разбирается: "
        "знаки @ : / ? # % в имени и пароле пишут кодами, например %40 (INVALID)",
    ),
    (
        {FOUND: NOWHERE.replace(":1/", ":99999/")},
        "Неверные настройки: TSUR_POLYGON_DATABASE_URL: порт бывает от 1 до 65535 (INVALID)",
    ),
    (
        {FOUND: NOWHERE.replace("127.0.0.1", f"{'a' * 80}.ru")},
        "Неверные настройки: TSUR_POLYGON_DATABASE_URL: такого имени у сервера быть не может "
        "(INVALID)",
    ),
    (
        {"TSUR_POLYGON_DATA_KEY": SECRET},
        "TSUR_POLYGON_DATA_KEY: ключ 1 не годится: нужны 32 байта в base64 (ключ Fernet) (INVALID)",
    ),
    (
        {"TSUR_POLYGON_SIGNING_KEY": SECRET},
        "TSUR_POLYGON_SIGNING_KEY: нужен закрытый ключ Ed25519 в PEM (INVALID)",
    ),
    (
        {"TSUR_POLYGON_DATA_KEY": SECRET, "TSUR_POLYGON_DATA_KEY_FILE": "key.txt"},
        "Заданы и TSUR_POLYGON_DATA_KEY, и TSUR_POLYGON_DATA_KEY_FILE: оставьте одно из двух "
        "(INVALID)",
    ),
    (
        {"TSUR_DATA_DIR": __file__},
        "Неверные настройки: TSUR_DATA_DIR: это файл, а нужна папка (INVALID)",
    ),
    (
        {"TSUR_OPERATIONS_DIR": "/нет", "TSUR_CORS_ORIGINS": "https://a.example, front"},
        "Неверные настройки: TSUR_CORS_ORIGINS: «front» не адрес сайта: нужно "
        "https://front.region.example; TSUR_OPERATIONS_DIR: такой папки нет (INVALID)",
    ),
    (
        {"TSUR_TRUSTED_PROXIES": "10.0.0.1,\nпрокси"},
        "Неверные настройки: TSUR_TRUSTED_PROXIES: «прокси» не адрес и не сеть (INVALID)",
    ),
    (
        {"TSUR_REGOINS": "kursk"},
        "Настройки TSUR_REGOINS нет; похожая: TSUR_REGIONS (INVALID)",
    ),
    (
        {"TSUR_REGIONS": "os.path"},
        "Региона «path» нет. Регионы перечисляет TSUR_REGIONS (UNKNOWN_REGION)",
    ),
    (
        {"TSUR_POLYGON_MAILBOX_HOST": "imap.example:993"},
        "Неверные настройки: TSUR_POLYGON_MAILBOX_HOST: нужно имя или адрес сервера: "
        "mail.region.example (INVALID)",
    ),
    (
        {"TSUR_REGIONS": "kurks"},
        "Региона «kurks» нет; похожий: kursk. Регионы перечисляет TSUR_REGIONS (UNKNOWN_REGION)",
    ),
]


@pytest.mark.parametrize(("given", "line"), LINES, ids=[line[:40] for _, line in LINES])
def test_the_line(start: Run, given: dict[str, str], line: str) -> None:
    code, out, err = start(given)
    assert (code, out, err) == (1, "", f"{line}\n")
    assert SECRET not in err


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("MAIL_CHANNELS", "e-mial", "polygon: почта … неверно: канала «e-mial» в регионе нет; "
         "похожий: e-mail. Исправьте TSUR_POLYGON_MAIL_CHANNELS"),
        ("MAILBOX_PORT", "993-й", "Неверные настройки: TSUR_POLYGON_MAILBOX_PORT: нужно целое "
         "число"),
        ("MAILBOX_HOST", "imap.example", "Неверные настройки: TSUR_POLYGON_MAILBOX_*: рядом с HOST "
         "нужен USER: чей это ящик"),
        ("MAILBOX_SINCE", "вчера", "Неверные настройки: TSUR_POLYGON_MAILBOX_SINCE: нужен день: "
         "2026-12-31"),
    ],
)  # fmt: skip
def test_letters_that_would_never_go_stop_the_start(
    settled: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(f"TSUR_POLYGON_{name}", value)
    assert settled("serve", "--port", "0") == (1, "", f"{line} (INVALID)\n")


def test_a_file_that_cannot_be_written_is_said(settled: Run) -> None:
    said = "/dev/null/out.csv.part: часть пути не папка\n"
    assert settled("export", "polygon", "/dev/null/out.csv") == (1, "", said)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"redis://:{SECRET}@127.0.0.1:1/0", "ConnectionError"),
        (f"amqp://anna:{SECRET}@127.0.0.1:1/", "AMQPConnectionError"),
    ],
)
def test_a_worker_whose_broker_does_not_answer_does_not_begin(
    tsur: Run, monkeypatch: pytest.MonkeyPatch, url: str, why: str
) -> None:
    monkeypatch.setenv("TSUR_BROKER_URL", url)
    said = f"Брокер заданий: не отвечает ({why}): проверьте TSUR_BROKER_URL и работает ли он"
    assert tsur("worker") == (1, "", f"{said} (INVALID)\n")


def test_a_worker_without_a_broker_is_told_what_it_needs(tsur: Run) -> None:
    said = "Для отдельного работника нужен TSUR_BROKER_URL (INVALID)\n"
    assert tsur("worker") == (1, "", said)


def test_a_port_that_is_taken_is_said(tsur: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = f"Адрес 127.0.0.1:{port} занят или недоступен: выберите другой --host или --port"
        assert tsur("serve", "--port", str(port)) == (1, "", f"{said} (INVALID)\n")


def test_a_database_newer_than_the_program_is_left_alone(settled: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "state" / "polygon" / "tsur.db")) as database:
        database.execute("INSERT INTO alembic_version VALUES ('core9999')")
        database.execute("UPDATE compatibility SET number = 1 WHERE branch = 'core'")
        database.commit()
    said = (
        "База региона «polygon» новее программы: ревизии core9999 она не знает; "
        "обновите программу (INVALID)\n"
    )
    assert settled("migrate") == (1, "", said)
    assert settled("jobs", "list", "polygon") == (1, "", said)


def test_a_file_that_is_no_database_is_said(settled: Run, tmp_path: Path) -> None:
    (tmp_path / "state" / "polygon" / "tsur.db").write_text("не база" * 100)
    code, out, err = settled("migrate")
    assert (code, out) == (1, "")
    assert err.endswith(
        "/polygon/tsur.db): файл не является базой SQLite, или ключ у неё другой (INVALID)\n"
    )
    assert err.count("\n") == 1


def test_a_store_of_keys_that_is_none_stops_the_start_and_is_said(
    settled: Run, tmp_path: Path
) -> None:
    vault = tmp_path / "state" / "polygon" / "vault.db"
    vault.write_bytes(b"no store of keys" * 100)
    said = (
        f"{vault}: файл не является хранилищем ключей или повреждён, новые строки журнала "
        "запечатать нечем: верните его из своей копии"
    )
    assert settled("serve", "--port", "0") == (1, "", f"{said} (INVALID)\n")
    code, out, _ = settled("doctor")
    assert (code, f"polygon: ключи … неверно: {said}" in out.splitlines()) == (1, True)


@pytest.fixture
def role(test_server: str | None) -> str:
    if test_server is None:
        pytest.skip("no PostgreSQL server is named (TSUR_TEST_DATABASE_URL)")
    return test_server


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            lambda url: url.set(database="tsur_none"),
            "такой базы на сервере нет: создайте её (CREATE DATABASE) или исправьте имя",
        ),
        (
            lambda url: url.set(username="tsur_nobody", password=SECRET),
            "сервер не принял имя или пароль",
        ),
        (
            lambda url: url.set(query={"sslmode": "require"}),
            "сервер не умеет шифрованных соединений: уберите sslmode или настройте TLS на нём",
        ),
        (
            lambda url: url.set(query={"sslmode": "verify-full", "sslrootcert": "/none.pem"}),
            "нет файла, который назван в адресе: сокета сервера, sslrootcert, sslcert или sslkey",
        ),
    ],
)
def test_what_a_server_refuses(
    tsur: Run,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    change: Callable[..., object],
    why: str,
) -> None:
    changed = change(make_url(role).set(drivername="postgresql"))
    monkeypatch.setenv(FOUND, changed.render_as_string(hide_password=False))  # type: ignore[attr-defined]
    code, out, err = tsur("migrate")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.endswith(f"): {why} (INVALID)\n")
    assert SECRET not in err


async def _who_may_nothing(server: str) -> tuple[str, str]:
    """A database and a user that may connect to it and no more."""
    made = f"tsur_bare_{os.getpid()}"
    connection = await asyncpg.connect(
        make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    )
    await connection.execute(f"CREATE ROLE {made} LOGIN PASSWORD '{SECRET}'")
    await connection.execute(f"CREATE DATABASE {made}")
    await connection.close()
    return made, made


async def _away(server: str, name: str) -> None:
    connection = await asyncpg.connect(
        make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    )
    await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await connection.execute(f"DROP ROLE IF EXISTS {name}")
    await connection.close()


def test_no_right_on_the_schema_is_said_with_the_cure(
    tsur: Run, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    database, user = asyncio.run(_who_may_nothing(role))
    try:
        own = make_url(role).set(drivername="postgresql", username=user, database=database)
        url = own.set(password=SECRET).render_as_string(hide_password=False)
        monkeypatch.setenv(FOUND, url)
        code, out, err = tsur("migrate")
    finally:
        asyncio.run(_away(role, database))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.endswith(
        f"/{database}): нет права на схему public: владелец базы выполняет "
        "GRANT USAGE, CREATE ON SCHEMA public TO <пользователь> (INVALID)\n"
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_links_begin_with_the_address_that_is_served(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless it was said otherwise; the process that works the jobs off reads the same."""
    monkeypatch.setenv("TSUR_PUBLIC_URL", "https://tsur.example.ru")
    said = read_settings()
    with bound(host, 0) as listening:
        assert addressed(said, listening) is said
        monkeypatch.delenv("TSUR_PUBLIC_URL")
        own = f"http://127.0.0.1:{listening.getsockname()[1]}"
        assert addressed(read_settings(), listening).public_url == own
        assert os.environ["TSUR_PUBLIC_URL"] == own

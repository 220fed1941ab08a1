"""Why a database cannot be worked with, in Russian and with what to do; no driver is quoted.

Drivers' own words may hold a part of an address, so only their kinds are read.
"""

from __future__ import annotations

import sqlite3
import ssl
from collections.abc import Iterator

from asyncpg import exceptions as server  # type: ignore[import-untyped]
from sqlalchemy.exc import SQLAlchemyError

POOLER = "unsupported startup parameter"
NO_BASE = "такой базы на сервере нет: создайте её (CREATE DATABASE) или исправьте имя"
NO_RIGHT = (
    "нет права на схему public: владелец базы выполняет "
    "GRANT USAGE, CREATE ON SCHEMA public TO <пользователь>"
)
NO_ANSWER = "сервер не отвечает: проверьте адрес и работает ли он"
THROUGH_POOLER = "перед сервером стоит PgBouncer: задайте {pooled}=true"
SQLITE = (
    ("unable to open", "файл базы не открывается: проверьте папку и права на неё"),
    ("readonly", "файл базы открыт только для чтения: проверьте права на него"),
    ("not a database", "файл не является базой SQLite"),
    ("malformed", "файл базы повреждён: верните его из копии"),
    ("locked", "базу долго держит другой процесс: завершите его или повторите"),
    ("disk", "на диске нет места или он не пишет"),
)

SERVER: tuple[tuple[type[BaseException], str], ...] = (
    (server.InvalidCatalogNameError, NO_BASE),
    (server.InvalidAuthorizationSpecificationError, "сервер не принял имя или пароль"),
    (server.InsufficientPrivilegeError, NO_RIGHT),
    (server.TooManyConnectionsError, "у сервера кончились подключения: уменьшите TSUR_POOL_SIZE"),
    (server.CannotConnectNowError, "сервер ещё запускается или останавливается: повторите"),
    (server.DuplicatePreparedStatementError, THROUGH_POOLER),
    (server.InvalidSQLStatementNameError, THROUGH_POOLER),
    (server.ReadOnlySQLTransactionError, "сервер только читает: адрес ведёт на реплику"),
    (server.DiskFullError, "на диске сервера нет места"),
    (server.LockNotAvailableError, "таблицы заняты другими: повторите, когда их отпустят"),
    (ssl.SSLError, "шифрованное соединение не установлено: проверьте sslmode и сертификаты"),
    (TimeoutError, NO_ANSWER),
    (OSError, NO_ANSWER),
    (server.PostgresConnectionError, NO_ANSWER),
    (server.ClientConfigurationError, "адрес не разбирается"),
)


def told(error: BaseException, pooled: str = "TSUR_<РЕГИОН>_POOLED") -> str | None:
    """Why the database was not reached; `pooled` is the setting to name. None for all else."""
    texts = (_of_sqlite(one) or _of_server(one) for one in _chain(error))
    return next((text.format(pooled=pooled) for text in texts if text), None)


def of_database(error: BaseException) -> bool:
    """Whether the error came from a database at all."""
    kinds = (SQLAlchemyError, server.PostgresError, server.InterfaceError, sqlite3.Error)
    return any(isinstance(one, kinds) for one in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, deepest last; each once."""
    passed: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in passed:
        passed.add(id(one))
        yield one
        one = getattr(one, "orig", None) or one.__cause__


def _of_sqlite(error: BaseException) -> str | None:
    if not isinstance(error, sqlite3.Error):
        return None
    words = str(error)
    return next((text for sign, text in SQLITE if sign in words), None)


def _of_server(error: BaseException) -> str | None:
    words = str(error)
    if POOLER in words:
        return THROUGH_POOLER
    if isinstance(error, ConnectionError) and "SSL" in words:
        return "сервер не умеет шифрованных соединений: уберите sslmode или настройте TLS на нём"
    if isinstance(error, server.ProtocolViolationError) and "no such database" in words:
        return NO_BASE  # PgBouncer's own way to say it
    return next((text for kind, text in SERVER if isinstance(error, kind)), None)

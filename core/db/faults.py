"""Why a database cannot be worked with, in Russian and with what to do; no driver is quoted.

Drivers' own words may hold a part of an address, so only their kinds are read: the server's by the
SQLSTATE that it sends, so that its driver is not loaded where there is none.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.db.embedded import errors

POOLER = "unsupported startup parameter"
NO_BASE = "такой базы на сервере нет: создайте её (CREATE DATABASE) или исправьте имя"
NO_RIGHT = (
    "нет права на схему public: владелец базы выполняет "
    "GRANT USAGE, CREATE ON SCHEMA public TO <пользователь>"
)
NO_ANSWER = "сервер не отвечает: проверьте адрес и работает ли он"
OUT_OF_REACH = "то, на чём стоит система, не отвечает"
NO_FILE = "нет файла, который назван в адресе: сокета сервера, sslrootcert, sslcert или sslkey"
NO_ROOT = "нет корневого сертификата, с которым сверяют сервер: назовите его файл в sslrootcert"
THROUGH_POOLER = "перед сервером стоит PgBouncer: задайте {pooled}=true"
SQLITE = (
    ("unable to open", "файл базы не открывается: проверьте папку и права на неё"),
    ("readonly", "файл базы открыт только для чтения: проверьте права на него"),
    ("not a database", "файл не является базой SQLite, или ключ у неё другой"),
    ("malformed", "файл базы повреждён: верните его из копии"),
    ("locked", "базу долго держит другой процесс: завершите его или повторите"),
    ("disk", "на диске нет места или он не пишет"),
)

SERVER = (
    ("3D000", NO_BASE),
    ("28", "сервер не принял имя или пароль"),
    ("42501", NO_RIGHT),
    ("53300", "у сервера кончились подключения: уменьшите TSUR_POOL_SIZE"),
    ("57P03", "сервер ещё запускается или останавливается: повторите"),
    ("42P05", THROUGH_POOLER),
    ("26000", THROUGH_POOLER),
    ("25006", "сервер только читает: адрес ведёт на реплику"),
    ("53100", "на диске сервера нет места"),
    ("55P03", "таблицы заняты другими: повторите, когда их отпустят"),
    ("08", NO_ANSWER),
)
"""By the SQLSTATE or its class."""

WAY: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLError, "шифрованное соединение не установлено: проверьте sslmode и сертификаты"),
    (TimeoutError, NO_ANSWER),
    (FileNotFoundError, NO_FILE),
    (OSError, NO_ANSWER),
)
AWAY = frozenset({"3D000", "42501", "25006", "55P03", "57P01", "57P02", "57P03"})
AWAY_CLASSES = ("08", "28", "53", "58")
"""What a server says that cannot work now, whatever it is asked."""

LATE = "57014"
SQLITE_LATE = "interrupted"
OF_THE_SYSTEM = frozenset(
    {
        errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE,
        errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT,
    }
)  # fmt: skip
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_ROOM = "на диске нет места"
BROKEN = ("closed", "cannot switch to state")
"""Of a connection that was cut, and of one that was cut in the middle of an operation."""

DRIVER = "asyncpg."
VIOLATION = "08P01"


def told(error: BaseException, pooled: str = "TSUR_<РЕГИОН>_POOLED") -> str | None:
    """Why the database was not reached; `pooled` is the setting to name. None for all else."""
    texts = (_of_sqlite(one) or _of_server(one) for one in _chain(error))
    return next((text.format(pooled=pooled) for text in texts if text), None)


def of_database(error: BaseException) -> bool:
    """Whether the error came from a database at all."""
    kinds: tuple[type[BaseException], ...] = (SQLAlchemyError, *errors())
    return any(isinstance(one, kinds) or _of_driver(one) for one in _chain(error))


def outage(error: BaseException) -> str | None:
    """Why nothing can be done now that can be done later; None for what is wrong with the asking.

    In Russian for who runs the system; no driver is quoted.
    """
    for one in _chain(error):
        if _is_away(one):
            full = isinstance(one, OSError) and one.errno in FULL
            return NO_ROOM if full else told(one) or OUT_OF_REACH
    return None


def ended(error: BaseException) -> bool:
    """Whether the database ended a statement because its time was over."""
    return any(
        getattr(one, "sqlstate", None) == LATE
        or (isinstance(one, errors("OperationalError")) and str(one) == SQLITE_LATE)
        for one in _chain(error)
    )


def _is_away(error: BaseException) -> bool:
    if isinstance(error, errors()):
        refused = isinstance(error, errors("IntegrityError"))
        return not refused and _of_sqlite(error) is not None
    state = str(getattr(error, "sqlstate", None) or "")
    if state in AWAY or state.startswith(AWAY_CLASSES):
        return True
    if isinstance(error, PoolTimeout | ConnectionError | socket.gaierror):
        return True
    if isinstance(error, OSError):
        return error.errno in OF_THE_SYSTEM or isinstance(error, TimeoutError)
    return _of_driver(error) and any(sign in str(error) for sign in BROKEN)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, deepest last; each once.

    A transaction that cannot be rolled back says nothing of it: what it was left for does.
    """
    passed: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in passed:
        passed.add(id(one))
        yield one
        left_for = one.__context__ if _of_driver(one) or isinstance(one, SQLAlchemyError) else None
        one = getattr(one, "orig", None) or one.__cause__ or left_for


def _of_sqlite(error: BaseException) -> str | None:
    if not isinstance(error, errors()):
        return None
    words = str(error)
    return next((text for sign, text in SQLITE if sign in words), None)


def _of_server(error: BaseException) -> str | None:
    words = str(error)
    if POOLER in words:
        return THROUGH_POOLER
    if isinstance(error, ConnectionError) and "SSL" in words:
        return "сервер не умеет шифрованных соединений: уберите sslmode или настройте TLS на нём"
    state = str(getattr(error, "sqlstate", None) or "")
    if state == VIOLATION and "no such database" in words:
        return NO_BASE  # PgBouncer's own way to say it
    by_state = (text for known, text in SERVER if state.startswith(known))
    by_kind = (text for kind, text in WAY if isinstance(error, kind))
    return next(by_state, None) or next(by_kind, None) or _misread(error)


def _of_driver(error: BaseException) -> bool:
    return f"{type(error).__module__}.".startswith(DRIVER)


def _misread(error: BaseException) -> str | None:
    """What the driver could not make out of the address, before any server was asked."""
    if not _of_driver(error) or not isinstance(error, ValueError):
        return None
    return NO_ROOT if "root certificate" in str(error) else "адрес не разбирается"

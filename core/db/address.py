"""The address of a database: what people write is understood, and no part of it is ever quoted.

Drivers disagree about addresses: SQLAlchemy wants the driver's name in it, libpq's `sslmode` is
unknown to it, and both quote what they cannot read, a password too. Here an address is read once.
"""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

POSTGRESQL, SQLITE = "postgresql+asyncpg", "sqlite+aiosqlite"
SCHEMES = {
    "postgresql": POSTGRESQL,
    "postgres": POSTGRESQL,
    POSTGRESQL: POSTGRESQL,
    "sqlite": SQLITE,
    SQLITE: SQLITE,
}
TLS_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
SAID_BY_FLAG = {"true": "require", "1": "require", "false": "disable", "0": "disable"}
OF_OTHER_DRIVERS = (
    "prepared_statement_cache_size",
    "prepared_statement_name_func",
    "gssencmode",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_count",
)
"""Parameters that change nothing of what is promised here; they are passed over."""

PORTS = range(1, 65_536)
SPELLING = "адрес не разбирается: знаки @ : / ? # % в имени и пароле пишут кодами, например %40"


class BadAddress(ValueError):
    """Why an address cannot stand: a Russian sentence that quotes nothing of it."""


def understood(text: str) -> str:
    """The address as SQLAlchemy reads it; BadAddress where it is none of PostgreSQL or SQLite."""
    scheme, colon, rest = text.strip().partition("://")
    driver = SCHEMES.get(scheme.casefold())
    if not colon or driver is None:
        raise BadAddress("адрес должен начинаться с postgresql:// или sqlite:///")
    require_spelt(rest)
    try:
        url = make_url(f"{driver}://{rest}")
    except (ArgumentError, ValueError):
        raise BadAddress(SPELLING) from None
    if driver == SQLITE:
        if url.database in (None, "", ":memory:"):
            raise BadAddress("в адресе нет файла базы: sqlite:////var/lib/tsur/tsur.db")
        return f"{driver}://{rest}"
    if not (url.database or url.query.get("dbname")):
        raise BadAddress("в адресе нет имени базы")
    _require_reachable(url)
    return url.set(query=_query(url)).render_as_string(hide_password=False)


def _require_reachable(url: URL) -> None:
    """Refuse a port or a name that no machine has, over which a socket would stumble."""
    if url.port is not None and url.port not in PORTS:
        raise BadAddress(f"порт бывает от {PORTS[0]} до {PORTS[-1]}")
    said = url.query.get("host", ())
    for host in (url.host or "", *((said,) if isinstance(said, str) else said)):
        if host.startswith("/"):  # a folder of sockets
            continue
        try:
            host.encode("idna")
        except UnicodeError:
            raise BadAddress("такого имени у сервера быть не может") from None


def require_spelt(text: str) -> None:
    """Refuse what has two `@`: where the password ends nobody can tell, nor what may be shown.

    A second line, of a file with two secrets, would be taken for the end of a name, and be shown.
    """
    if text.count("@") > 1:
        raise BadAddress(SPELLING)
    if len(text.splitlines()) > 1:
        raise BadAddress("в адресе больше одной строки")


def dsn(url: URL) -> str:
    """The same address for asyncpg, whose own reading of it knows `sslmode` and its files."""
    query = {name: value for name, value in url.query.items() if name != "connect_timeout"}
    bare = url.set(drivername="postgresql", query=query)
    return bare.render_as_string(hide_password=False)


def connect_timeout(url: URL) -> float | None:
    """Seconds that `connect_timeout` allows, None where nothing is said."""
    said = url.query.get("connect_timeout")
    return float(said) if isinstance(said, str) and said.isdecimal() and int(said) else None


def place(url: str) -> str:
    """Server and database as messages may name them; nothing of who connects."""
    address = make_url(url)
    if address.drivername == SQLITE:
        return address.database or ""
    host = address.host or address.query.get("host") or "локальный сокет"
    port = f":{address.port}" if address.port else ""
    return f"{host}{port}/{address.database or address.query.get('dbname')}"


def _query(url: URL) -> dict[str, str | tuple[str, ...]]:
    query = {name: said for name, said in url.query.items() if name not in OF_OTHER_DRIVERS}
    if "ssl" in query:
        said = str(query.pop("ssl"))
        query.setdefault("sslmode", SAID_BY_FLAG.get(said.casefold(), said))
    if "channel_binding" in query and query.pop("channel_binding") == "require":
        raise BadAddress("channel_binding=require здесь не поддерживается: уберите этот параметр")
    if query.get("sslmode", "prefer") not in TLS_MODES:
        raise BadAddress(f"sslmode бывает только одним из: {', '.join(TLS_MODES)}")
    return query

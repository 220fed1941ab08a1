"""What may stand in a setting that is an address or a folder: ValueError says in Russian what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from core.db.address import SPELLING, require_spelt
from core.kernel.unreadable import why

BROKERS = ("redis://", "rediss://", "amqp://", "amqps://")
BASE = "после узла стоит номер базы: redis://127.0.0.1:6379/0"
PASSWORD = "рядом с именем нужен пароль: amqp://имя:пароль@узел"
SITE = "нужен адрес сайта без имени с паролем и без того, что стоит после знаков ? и #"
HOST = r"^([A-Za-z0-9._-]+|[0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)$"
"""A name or an address, of the sixth version too, without a port."""

ORIGIN = re.compile(r"\*|https?://[^/\s]+")


def broker(url: str) -> str:
    """The address of a broker, which its client can take apart."""
    if not url.startswith(BROKERS):
        raise ValueError(f"адрес должен начинаться с одного из: {', '.join(BROKERS)}")
    require_spelt(url)
    _require_split(url)
    return url


def site(url: str) -> str:
    """The address of a site, which is shown to people: no name and password, nothing behind it."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(SITE) from None
    if not host or "@" in parts.netloc or "?" in url or "#" in url:
        raise ValueError(SITE)
    return url


def in_a_header(secret: SecretStr) -> SecretStr:
    """A word that a header of HTTP can bring."""
    if re.fullmatch("[!-~]*", secret.get_secret_value()) is None:
        raise ValueError("нужны латинские буквы, цифры и знаки без пробелов")
    return secret


def origins(given: tuple[str, ...]) -> tuple[str, ...]:
    """Origins as browsers name them, or `*` for every one."""
    for one in given:
        if not ORIGIN.fullmatch(one):
            raise ValueError(f"«{one}» не адрес сайта: нужно https://front.region.example")
    return given


def folder(path: Path | None, *, yet_to_come: bool) -> Path | None:
    """A folder that is there, or that nothing stands in the way of."""
    try:
        if path is None or path.is_dir():
            return path
        there = path.exists()
    except OSError as error:
        raise ValueError(f"папка недоступна ({why(error)})") from None
    if there:
        raise ValueError("это файл, а нужна папка")
    if not yet_to_come:
        raise ValueError("такой папки нет")
    return path


def _require_split(url: str) -> None:
    """Refuse what the clients of brokers could not take apart: they would quote it."""
    try:
        parts = urlsplit(url)
        whole = parts.port is not None or not parts.netloc.endswith(":")
    except ValueError:
        raise ValueError(SPELLING) from None
    if not whole or "@" in parts.path + parts.query + parts.fragment:
        raise ValueError(SPELLING)
    base = parts.path.strip("/")
    if parts.scheme.startswith("redis") and base and not (base.isascii() and base.isdecimal()):
        raise ValueError(BASE)  # its client would pass over it and take another one
    if parts.scheme.startswith("amqp") and (parts.username is None) != (parts.password is None):
        raise ValueError(PASSWORD)


SPELT: Mapping[str, Callable[[Any], object]] = {
    "broker_url": broker,
    "public_url": site,
    "oidc_issuer": site,
    "metrics_token": in_a_header,
}
"""How settings of the process are spelt, by their names."""

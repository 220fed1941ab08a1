"""The address that links to citizens begin with, as production needs it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import Settings


def require_public_url(settings: Settings) -> None:
    """Refuse production without it, and one over whose plain HTTP a link could be read on its way.

    Of this machine alone plain HTTP is enough: nobody stands between.
    """
    if not settings.production:
        return
    if "public_url" not in settings.model_fields_set:
        text = (
            "В промышленной установке нужен TSUR_PUBLIC_URL: с чего начинаются ссылки гражданам, "
            "например https://tsur.example.ru"
        )
        raise Refusal(RefusalCode.INVALID, text)
    parts = urlsplit(settings.public_url)
    if parts.scheme != "https" and not _is_local(parts.hostname or ""):
        text = (
            "В промышленной установке TSUR_PUBLIC_URL начинается с https://: ссылку, которая "
            "открывает обращение, по http прочтёт любой на её пути"
        )
        raise Refusal(RefusalCode.INVALID, text)


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")

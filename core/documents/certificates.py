"""Whose a certificate is, and how a stamp of a signature tells it (ГОСТ Р 7.0.97-2025)."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.x509.oid import NameOID

PERSON = (NameOID.SURNAME, NameOID.GIVEN_NAME)


def owner_of(certificate: x509.Certificate) -> str:
    """Surname and names of its owner; the common name where it does not tell them apart."""
    parts = [_said(certificate, oid) for oid in PERSON]
    return " ".join(parts) if all(parts) else _said(certificate, NameOID.COMMON_NAME)


def is_of(certificate: x509.Certificate, name: str) -> bool:
    """Whether it is a certificate of the person of this name, however it is written."""
    return bool(_plain(name)) and _plain(owner_of(certificate)) == _plain(name)


def stamp_of(certificate: x509.Certificate, zone: ZoneInfo) -> list[str]:
    """Number, owner and term, as they stand in the stamp."""
    since, until = (
        moment.astimezone(zone)
        for moment in (certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    )
    return [
        f"Сертификат: {certificate.serial_number:X}",
        f"Владелец: {owner_of(certificate)}",
        f"Действителен: с {since:%d.%m.%Y} по {until:%d.%m.%Y}",
    ]


def _said(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value).strip() if found else ""


def _plain(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold().replace("ё", "е"))

"""A machine-readable power of attorney: to whom, until when, by whom (63-ФЗ, ст. 17.5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.documents.attorney import PowerOfAttorney

DAY = date(2026, 3, 2)
INN, SNILS = "510000000000", "00000000100"
LENDER = {NameOID.COMMON_NAME: "Проверочный министр", NameOID.INN: "510000000001"}
FULL = {"Фамилия": "Проверочный", "Имя": "Куратор", "Отчество": "Иванович"}


def written(
    numbers: str = f'ИННФЛ="{INN}"',
    since: str = "2026-01-01",
    until: str = "2026-12-31",
    agent: str = "СвУпПред",
    names: dict[str, str] = FULL,
    number: str = "6f9619ff-8b86-d011-b42d-00c04fc964ff",
) -> bytes:
    """A document of the single format, as short as it can be."""
    said = " ".join(f'{name}="{value}"' for name, value in names.items())
    about = "СвДов" if agent == "СвУпПред" else "СвПереДовер"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Доверенность xmlns="urn://x-artefacts/EMCHD_1" ВерсФорм="EMCHD_1"><Документ><Довер>'
        f'<{about} НомДовер="{number}" ДатаВыдДовер="{since}" СрокДейст="{until}"/>'
        f'<СвДоверит ТипДовер="1"/><{agent} ТипПред="3"><Пред><СведФизЛ {numbers}>'
        f"<ФИО {said}/></СведФизЛ></Пред></{agent}></Довер></Документ></Доверенность>"
    ).encode()


def certificate(said: dict[x509.ObjectIdentifier, str]) -> x509.Certificate:
    """A certificate of nobody's: here only its subject is read."""
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in said.items()])
    key, moment = ec.generate_private_key(ec.SECP256R1()), datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1)
    builder = builder.not_valid_before(moment).not_valid_after(moment + timedelta(days=1))
    return builder.sign(key, hashes.SHA256())


OWN = {NameOID.COMMON_NAME: "Проверочный куратор", NameOID.INN: INN, NameOID.SNILS: SNILS}
NAMED = {NameOID.SURNAME: "Проверочный", NameOID.GIVEN_NAME: "Куратор Иванович"}


@pytest.mark.parametrize(
    ("document", "signer"),
    [
        (written(), OWN),
        (written(f'ИННФЛ="{INN}" СНИЛС="000-000-001 00"'), OWN),
        (written(f'СНИЛС="{SNILS}"'), OWN),
        (written("", names=FULL), NAMED),
        (written(agent="СвПолучПолн"), OWN),
        (written(since="02.03.2026", until="02.03.2026"), OWN),
    ],
)
def test_it_is_the_signers(document: bytes, signer: dict[x509.ObjectIdentifier, str]) -> None:
    PowerOfAttorney(document, b"").require_of(certificate(signer), certificate(LENDER), DAY)


@pytest.mark.parametrize(
    ("document", "signer", "words"),
    [
        (written('ИННФЛ="510000000009"'), OWN, "другому лицу"),
        (written(f'ИННФЛ="{INN}" СНИЛС="00000000200"'), OWN, "другому лицу"),
        (written("", names=FULL), OWN, "другому лицу"),
        (written("", names={**FULL, "Имя": "Другой"}), NAMED, "другому лицу"),
        (written(agent="СвДоверитель"), OWN, "номера|другому лицу"),
        (written(until="2026-03-01"), OWN, "с 01.01.2026 по 01.03.2026"),
        (written(since="2026-03-03"), OWN, "с 03.03.2026 по 31.12.2026"),
        (written(until=""), OWN, "нет даты выдачи или срока"),
        (written(number=""), OWN, "нет номера"),
        (b"else", OWN, "не читается"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', OWN, "собственные типы"),
        (written(f'ИННФЛ="{LENDER[NameOID.INN]}"'), LENDER, "подписана тем"),
    ],
)
def test_it_is_not(document: bytes, signer: dict[x509.ObjectIdentifier, str], words: str) -> None:
    lent, own = PowerOfAttorney(document, b""), certificate(signer)
    with pytest.raises(ValueError, match=words):
        lent.require_of(own, certificate(LENDER), DAY)

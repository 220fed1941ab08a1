"""A machine-readable power of attorney (63-ФЗ, ст. 17.5): to whom it is given, and until when.

The single format of the tax service (`EMCHD_1`); its elements are known by their names, whatever
edition of the format they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree

from cryptography import x509
from cryptography.x509.oid import NameOID

AGENTS = ("СвУпПред", "СвПолучПолн")
"""Who is authorised: by the principal, or by whom the principal authorised."""

ABOUT = ("СвДов", "СвПереДовер")
NUMBERS = {"ИННФЛ": NameOID.INN, "СНИЛС": NameOID.SNILS}
NAMES = {"Фамилия": NameOID.SURNAME, "имя": NameOID.GIVEN_NAME}
DAY = {"-": "%Y-%m-%d", ".": "%d.%m.%Y"}


@dataclass(frozen=True, slots=True)
class PowerOfAttorney:
    """МЧД: the document as it is, and its detached signature in DER."""

    document: bytes
    cms: bytes

    def require_of(self, signer: x509.Certificate, lender: x509.Certificate, on: date) -> None:
        """Raise ValueError, in Russian, unless the signer is authorised by it on that local day.

        `lender` is whose certificate has signed it.
        """
        root = _parsed(self.document)
        since, until = _term(root)
        if not since <= on <= until:
            raise ValueError(f"доверенность действует с {since:%d.%m.%Y} по {until:%d.%m.%Y}")
        if not any(_is(signer, agent) for agent in _agents(root)):
            raise ValueError("доверенность выдана другому лицу")
        if signer.subject == lender.subject:
            raise ValueError("доверенность подписана тем, кому она выдана")


def _parsed(document: bytes) -> ElementTree.Element:
    """The document; one that declares a type of its own or entities is not read."""
    if b"<!" in document.replace(b"<!--", b""):
        raise ValueError("доверенность объявляет собственные типы: её не читают")
    try:
        return ElementTree.fromstring(document)
    except (ElementTree.ParseError, LookupError, ValueError):
        raise ValueError("доверенность не читается как машиночитаемая") from None


def _named(root: ElementTree.Element, *names: str) -> Iterator[ElementTree.Element]:
    return (one for one in root.iter() if one.tag.rpartition("}")[2] in names)


def _term(root: ElementTree.Element) -> tuple[date, date]:
    about = next(_named(root, *ABOUT), None)
    if about is None or not about.get("НомДовер"):
        raise ValueError("в доверенности нет номера")
    return _day(about, "ДатаВыдДовер"), _day(about, "СрокДейст")


def _day(about: ElementTree.Element, name: str) -> date:
    written = about.get(name, "")
    try:
        return datetime.strptime(written, DAY["." if "." in written else "-"]).date()  # noqa: DTZ007
    except ValueError:
        raise ValueError("в доверенности нет даты выдачи или срока действия") from None


def _agents(root: ElementTree.Element) -> Iterator[Mapping[str, str]]:
    """What is said of each: numbers, and the name in capitals."""
    for agent in _named(root, *AGENTS):
        said: dict[str, str] = {}
        for one in agent.iter():
            said |= {key: value.strip() for key, value in one.attrib.items() if key in NUMBERS}
            if one.tag.rpartition("}")[2] == "ФИО":
                said["Фамилия"] = one.get("Фамилия", "").strip().casefold()
                given = [one.get(key, "").strip() for key in ("Имя", "Отчество")]
                said["имя"] = " ".join(part for part in given if part).casefold()
        yield said


def _is(signer: x509.Certificate, agent: Mapping[str, str]) -> bool:
    """By every number that both have, and there is one; by the whole name where there is none."""
    known = [
        (_digits(of[0]), _digits(agent[name]))
        for name, oid in NUMBERS.items()
        if agent.get(name) and (of := _of(signer, oid))
    ]
    if known:
        return all(one == other for one, other in known)
    names = [
        (of[0].strip().casefold(), agent.get(name, ""))
        for name, oid in NAMES.items()
        if (of := _of(signer, oid))
    ]
    return len(names) == len(NAMES) and all(one == other for one, other in names)


def _of(signer: x509.Certificate, oid: x509.ObjectIdentifier) -> list[str]:
    return [str(one.value) for one in signer.subject.get_attributes_for_oid(oid)]


def _digits(said: str) -> str:
    return "".join(sign for sign in said if sign.isdecimal())

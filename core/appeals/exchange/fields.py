"""What a file can say of an appeal: our fields, and how a cell of text becomes a value."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from core.appeals.exchange.dates import BadCell, Convert, Dates
from core.appeals.intake.new import NewAppeal
from core.appeals.rules.intake import ApplicantKind, Identification, Regime, Residence
from core.appeals.rules.lifecycle import Outcome
from core.kernel.codes import RefusalCode
from core.kernel.tables.flags import FLAGS
from core.kernel.tables.heading import seen
from core.kernel.texts import INVISIBLE
from core.law.russian import Code

C = TypeVar("C", bound=Code)
OKTMO_OF_MUNICIPALITY, OKTMO_OF_SETTLEMENT = 8, 11
_SIGNS = "\ufeff\u200b\u2060"
_UNSEEN = str.maketrans("", "", _SIGNS)
"""Without a width and without a meaning; other such signs join letters and pictures."""

_INVISIBLE = str.maketrans("", "", INVISIBLE)
MINUS = "\u2212"
"""As it is printed: LibreOffice and people who copy from a page write it so."""


def _oktmo(cell: str) -> str:
    """A settlement's code of eleven digits begins with its municipality's eight.

    People write it «38 701 000»; of a number a spreadsheet has taken the zero in front.
    """
    code = seen(cell).replace(" ", "")
    if code.isdecimal() and len(code) in (OKTMO_OF_MUNICIPALITY - 1, OKTMO_OF_SETTLEMENT - 1):
        code = f"0{code}"
    return code[:OKTMO_OF_MUNICIPALITY]


def _kept(cell: str) -> str:
    return cell.translate(_UNSEEN) if any(sign in cell for sign in _SIGNS) else cell


def _words(cell: str) -> str:
    """What somebody wrote, without what nobody sees of it."""
    return cell.strip() if cell.isascii() else cell.translate(_INVISIBLE).strip()


def _number(cell: str) -> float:
    try:
        number = float(seen(cell).replace(",", ".").replace(MINUS, "-"))
    except ValueError:
        raise BadCell(RefusalCode.INVALID, "не число") from None
    if not math.isfinite(number):
        raise BadCell(RefusalCode.INVALID, "не число")
    return number


def _one_of(kind: type[C]) -> Convert:
    """By the code or by its label, as officials write it."""
    values = {name.casefold(): member for member in kind for name in (member.label, member.value)}

    def convert(cell: str) -> C:
        value = values.get(seen(cell).casefold())
        if value is None:
            allowed = ", ".join(f"{member} ({member.label})" for member in kind)
            raise BadCell(RefusalCode.INVALID, f"допустимы только: {allowed}")
        return value

    return convert


def _flag(cell: str) -> bool:
    value = FLAGS.get(seen(cell).lower())
    if value is None:
        raise BadCell(RefusalCode.INVALID, f"допустимы только: {', '.join(FLAGS)}")
    return value


BEGINNINGS = ("received", "registered")
"""Moments at which something begins: a day without an hour is its first moment."""

ENDS = ("promised", "answered", "closed")
"""Moments at which something ends: a day without an hour is its last."""

MOMENTS = (*BEGINNINGS, *ENDS)
PLAIN: Mapping[str, Convert] = MappingProxyType(
    {
        "external_id": seen,
        "channel": seen,
        "text": _kept,
        "topic": _words,
        "theme": seen,
        "category": seen,
        "municipality": seen,
        "oktmo": _oktmo,
        "address": _words,
        "latitude": _number,
        "longitude": _number,
        "addressee": seen,
        "complained_body": seen,
        "outcome": _one_of(Outcome),
        "applicant_kind": _one_of(ApplicantKind),
        "residence": _one_of(Residence),
        "residence_municipality": seen,
        "regime": _one_of(Regime),
        "identified_by": _one_of(Identification),
        "anonymous": _flag,
        "offence": _flag,
        "order": seen,
        "name": _words,
        "contact": _words,
        "postal_address": _words,
    }
)
"""Fields whose values mean the same everywhere."""

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "external_id": "номер обращения в исходной системе",
        "channel": "канал",
        "text": "текст",
        "received": "когда поступило",
        "registered": "когда зарегистрировано",
        "promised": "обещанный срок",
        "answered": "когда отвечено",
        "closed": "когда закрыто",
        "outcome": "итог",
        "topic": "тема словами источника",
        "theme": "тематика",
        "category": "категория классификатора",
        "municipality": "муниципальное образование",
        "oktmo": "ОКТМО",
        "address": "адрес места",
        "latitude": "широта",
        "longitude": "долгота",
        "addressee": "кому адресовано",
        "complained_body": "на кого жалоба",
        "regime": "обращение или сообщение",
        "applicant_kind": "кто заявитель",
        "residence": "где заявитель живёт",
        "residence_municipality": "муниципальное образование, где живёт заявитель",
        "identified_by": "как установлена личность",
        "anonymous": "без фамилии или адреса",
        "offence": "о правонарушении",
        "order": "порядок другого закона",
        "name": "фамилия, имя, отчество",
        "contact": "телефон или почта",
        "postal_address": "почтовый адрес",
    }
)
"""Every field that a mapping may fill, as people call it."""

FIELDS = frozenset(TITLES)
REQUIRED = ("external_id", "channel", "text", "received")
DROPPABLE = frozenset(
    {
        *("latitude", "longitude", "theme", "topic", "category", "municipality", "oktmo"),
        *("address", "addressee", "outcome", "applicant_kind"),
        *("residence", "residence_municipality"),
    }
)
"""Without these an appeal is still what it was: a bad cell is dropped and reported. Moments, the
regime, the person and whom the complaint is about decide by which law it goes."""

BLANK: Mapping[str, object] = MappingProxyType(
    {**dict.fromkeys(NewAppeal._fields, ""), **NewAppeal._field_defaults}
)
"""What a new appeal holds of a field that is not given; intake refuses the texts it needs."""

IMPORT = "import"
"""As a constant for `received`: the moment of the import itself."""


def converters(dates: Dates) -> Mapping[str, Convert]:
    """What makes a value of a cell, for every field of a file that writes dates like this."""
    return {
        **PLAIN,
        **dict.fromkeys(BEGINNINGS, dates.beginning),
        **dict.fromkeys(ENDS, dates.end),
    }

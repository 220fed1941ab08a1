"""What comes in: the shape that the API, the importer and the adapters share, and its checks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

import orjson

from core.appeals.applicants.contact import Contact
from core.appeals.rules.intake import ApplicantKind, Regime, Residence
from core.appeals.rules.lifecycle import Outcome
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import LONGEST_ID, LONGEST_TEXT, readable

MOST_SIGNATORIES = 1_000_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


class NewAppeal(NamedTuple):
    """An appeal or message as it came. Keys are the rulebook's; moments are aware.

    `received_at` None means now. `addressee` and `complained_body` are a body's key or its name;
    `municipality` is a key or an ОКТМО code. `promised_at` is a moment that the source promised.
    `disputes` is the number of the answered case that it does not accept. Of a collective appeal
    `signatories` is how many signed it; `contact` is then the first of them, and whom of them to
    answer if they named one.
    The four fields from `registered_at` on carry the history of an imported case.
    """

    channel: str
    external_id: str
    text: str
    received_at: datetime | None = None
    theme: str | None = None
    topic: str | None = None
    municipality: str | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    addressee: str | None = None
    complained_body: str | None = None
    applicant_kind: ApplicantKind = ApplicantKind.UNKNOWN
    residence: Residence = Residence.UNKNOWN
    regime: Regime | None = None
    promised_at: datetime | None = None
    contact: Contact | None = None
    registered_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    disputes: str | None = None
    signatories: int = 1

    def digest(self) -> str:
        """A fingerprint of the content as given, by which a changed repeat is noticed.

        Personal data stay out of it: a hash of a name can be guessed.
        """
        content = dict(zip(DIGESTED, _digested(self), strict=True))
        if self.disputes is not None:
            content["disputes"] = self.disputes
        if self.signatories != 1:
            content["signatories"] = self.signatories
        return hashlib.sha256(orjson.dumps(content)).hexdigest()


def _picker(*names: str) -> Callable[[NewAppeal], tuple[Any, ...]]:
    return itemgetter(*map(NewAppeal._fields.index, names))


GIVEN = {"disputes", "signatories"}
"""In the fingerprint only where they are given: those of earlier releases stay what they were."""

DIGESTED = tuple(sorted({*NewAppeal._fields} - {"contact"} - GIVEN))
_digested = _picker(*DIGESTED)
_worded = _picker(
    "channel", "external_id", "text", "theme", "topic", "municipality", "address", "addressee",
    "complained_body", "disputes",
)  # fmt: skip
_past = _picker("received_at", "registered_at", "answered_at", "closed_at")
_personal = attrgetter("name", "contact", "address", "addressee")


def check(new: NewAppeal, now: datetime, sound: bool) -> None:
    """Refuse what cannot be an appeal: text, identity and dates. Nothing about who writes (R11).

    `sound` if all that is written in it is known to be readable.
    """
    if not new.external_id.strip() or len(new.external_id) > LONGEST_ID:
        text = f"Внешний номер пуст или длиннее {LONGEST_ID} знаков"
        raise Refusal(RefusalCode.INVALID, text)
    _check_text(new.text)
    if not 1 <= new.signatories <= MOST_SIGNATORIES:
        raise Refusal(RefusalCode.INVALID, "Обращение подписывает хотя бы один человек")
    if not sound and not readable(written([new])):
        raise Refusal(RefusalCode.TEXT_UNREADABLE, "В поле есть недопустимые знаки")
    _check_place(new)
    _check_moments(new, now)


def written(news: Iterable[NewAppeal]) -> str:
    """All that others wrote as they liked in these; every other text is a key of ours."""
    contacts = (new.contact for new in news if new.contact is not None)
    texts = chain(map(_worded, news), map(_personal, contacts))
    return "".join(filter(None, chain.from_iterable(texts)))


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refusal(RefusalCode.TEXT_EMPTY, "Текст обращения пуст")
    if len(text) > LONGEST_TEXT:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, f"Текст длиннее {LONGEST_TEXT} знаков")


def _check_place(new: NewAppeal) -> None:
    if (new.latitude is None) != (new.longitude is None):
        raise Refusal(RefusalCode.INVALID, "Широта и долгота указываются вместе")
    if new.latitude is None or new.longitude is None:
        return
    if not (-90 <= new.latitude <= 90 and -180 <= new.longitude <= 180):
        raise Refusal(RefusalCode.INVALID, "Координаты вне пределов Земли")


def _check_moments(new: NewAppeal, now: datetime) -> None:
    moments = [moment for moment in _past(new) if moment is not None]
    for moment in moments:
        if not EARLIEST <= moment <= now:
            raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Дата в будущем или раньше 2000 года")
    if new.promised_at is not None and new.promised_at < EARLIEST:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Обещанный срок раньше 2000 года")
    if moments != sorted(moments):
        raise Refusal(
            RefusalCode.DATE_OUT_OF_RANGE,
            "Поступление, регистрация, ответ и закрытие идут не по порядку времени",
        )

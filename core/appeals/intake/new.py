"""What comes in: the shape that the API, the importer and the adapters share, and its checks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

import orjson

from core.appeals.applicants.contact import Contact
from core.appeals.rules.intake import ApplicantKind, Identification, Regime, Residence
from core.appeals.rules.lifecycle import WITHOUT_ANSWER, Outcome
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import LONGEST_CONTACT, LONGEST_ID, LONGEST_TEXT, readable

MOST_SIGNATORIES = 1_000_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


class NewAppeal(NamedTuple):
    """An appeal or message as it came. Keys are the rulebook's; moments are aware.

    `received_at` None means now. `addressee` and `complained_body` are a body's key or its name;
    `municipality` is where the problem is, `residence_municipality` where the author lives (None:
    not known): a key, an ОКТМО code or a name. `promised_at` is a moment that the source promised.
    `regime` may be said only where the channel brings both; `order` is the key of another federal
    law's procedure. `identified_by` is how the channel knows the author; `anonymous` says that
    surname or address are missing, `offence` that facts of one are told.
    `category` is a key of the region's classifier.
    `disputes` is the number of the answered case that it does not accept. Of a collective appeal
    `signatories` is how many signed it; `contact` is then the first of them, and whom of them to
    answer if they named one. `registered_at` and the three after it carry the history of an
    imported case, which `history` says that it is: then, without a registration, the day of receipt
    is presumed to be its (R54).
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
    identified_by: Identification | None = None
    anonymous: bool = False
    offence: bool = False
    order: str | None = None
    residence_municipality: str | None = None
    history: bool = False
    disputes: str | None = None
    signatories: int = 1
    category: str | None = None

    def digest(self) -> str:
        """A fingerprint of the content as given, by which a changed repeat is noticed.

        Personal data stay out of it: a hash of a name can be guessed.
        """
        content = dict(zip(DIGESTED, _digested(self), strict=True))
        later = zip(LATER, _later(self), strict=True)
        content |= {name: value for name, value in later if value != self._field_defaults[name]}
        return hashlib.sha256(orjson.dumps(content)).hexdigest()

    @property
    def home(self) -> Residence:
        """Where the author lives, by his municipality where nothing else is said."""
        unsaid = self.residence is Residence.UNKNOWN and self.residence_municipality is not None
        return Residence.REGION if unsaid else self.residence


def _picker(*names: str) -> Callable[[NewAppeal], tuple[Any, ...]]:
    return itemgetter(*map(NewAppeal._fields.index, names))


LATER = (
    "anonymous", "identified_by", "offence", "order", "residence_municipality",
    "disputes", "signatories", "category",
)  # fmt: skip
"""In the fingerprint only where they are given: those of earlier releases stay what they were."""

DIGESTED = tuple(sorted({*NewAppeal._fields} - {"contact", "history", *LATER}))
_digested, _later = _picker(*DIGESTED), _picker(*LATER)
_worded = _picker(
    "channel", "external_id", "text", "theme", "topic", "municipality", "address", "addressee",
    "complained_body", "order", "residence_municipality", "disputes", "category",
)  # fmt: skip
_past = _picker("received_at", "registered_at", "answered_at", "closed_at")
_personal = attrgetter("name", "contact", "address", "addressee")


def check(new: NewAppeal, now: datetime, sound: bool) -> None:
    """Refuse what cannot be an appeal: text, identity and dates. Nothing about who writes (R11).

    `sound` if all that is written in it is known to be readable.
    """
    _check_identity(new.external_id)
    _check_text(new.text)
    _check_contact(new)
    _check_signatories(new.signatories)
    if not sound and not readable(written([new])):
        raise Refusal(RefusalCode.TEXT_UNREADABLE, "В поле есть недопустимые знаки")
    _check_outcome(new.outcome)
    _check_place(new)
    _check_home(new)
    _check_moments(new, now)


def faults_of(new: NewAppeal, now: datetime) -> list[Refusal]:
    """Everything for which `check` would refuse it, one refusal for each kind of fault."""
    judges: tuple[Callable[[], None], ...] = (
        partial(_check_identity, new.external_id),
        partial(_check_text, new.text),
        partial(_check_contact, new),
        partial(_check_signatories, new.signatories),
        partial(_check_outcome, new.outcome),
        partial(_check_place, new),
        partial(_check_home, new),
        partial(_check_moments, new, now),
    )
    found: list[Refusal] = []
    for judge in judges:
        try:
            judge()
        except Refusal as refusal:
            found.append(refusal)
    return found


def written(news: Iterable[NewAppeal]) -> str:
    """All that others wrote as they liked in these; every other text is a key of ours."""
    contacts = (new.contact for new in news if new.contact is not None)
    texts = chain(map(_worded, news), map(_personal, contacts))
    return "".join(filter(None, chain.from_iterable(texts)))


def _check_identity(external_id: str) -> None:
    if not external_id.strip() or len(external_id) > LONGEST_ID:
        text = f"Внешний номер пуст или длиннее {LONGEST_ID} знаков"
        raise Refusal(RefusalCode.INVALID, text)


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refusal(RefusalCode.TEXT_EMPTY, "Текст обращения пуст")
    if len(text) > LONGEST_TEXT:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, f"Текст длиннее {LONGEST_TEXT} знаков")


def _check_contact(new: NewAppeal) -> None:
    if new.contact is not None and any(
        len(one or "") > LONGEST_CONTACT for one in _personal(new.contact)
    ):
        text = f"Имя, адрес или телефон длиннее {LONGEST_CONTACT} знаков"
        raise Refusal(RefusalCode.TEXT_TOO_LONG, text)


def _check_place(new: NewAppeal) -> None:
    if (new.latitude is None) != (new.longitude is None):
        raise Refusal(RefusalCode.INVALID, "Широта и долгота указываются вместе")
    if new.latitude is None or new.longitude is None:
        return
    if not (-90 <= new.latitude <= 90 and -180 <= new.longitude <= 180):
        raise Refusal(RefusalCode.INVALID, "Координаты указаны вне пределов Земли")


def _check_signatories(number: int) -> None:
    if not 1 <= number <= MOST_SIGNATORIES:
        raise Refusal(RefusalCode.INVALID, "Обращение подписывает хотя бы один человек")


def _check_outcome(outcome: Outcome | None) -> None:
    if outcome in WITHOUT_ANSWER:
        text = f"Итог «{outcome.label}» без доказательства не принимается"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, FZ59.cite("11"))


def _check_home(new: NewAppeal) -> None:
    if new.residence_municipality is not None and new.home is not Residence.REGION:
        text = "Муниципальное образование жительства указано, а заявитель живёт не в регионе"
        raise Refusal(RefusalCode.INVALID, text)


def _check_moments(new: NewAppeal, now: datetime) -> None:
    moments = [moment for moment in _past(new) if moment is not None]
    for moment in moments:
        if not EARLIEST <= moment <= now:
            raise Refusal(
                RefusalCode.DATE_OUT_OF_RANGE,
                "Указана дата, которая ещё не наступила, или дата раньше 2000 года",
            )
    if new.promised_at is not None and new.promised_at < EARLIEST:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Обещанный срок указан раньше 2000 года")
    if moments != sorted(moments):
        raise Refusal(
            RefusalCode.DATE_OUT_OF_RANGE,
            "Поступление, регистрация, ответ и закрытие идут не по порядку времени",
        )

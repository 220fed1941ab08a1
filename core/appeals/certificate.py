"""Deadline certificates: everything a lawyer needs to recompute a deadline by hand, signed.

A certificate is canonical JSON. `verify` needs no database: it checks the bytes, the signature,
and that the ledger and the rulebook of today lead to the same moments, or, where it was issued
under another edition, that the arithmetic of its own terms is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from core.appeals.certificate_journal import SealedLedger, leaves_in, told
from core.appeals.certificate_terms import KIND, KINDS, circumstances_of, fact, holds, said
from core.appeals.ledger import deadlines_of
from core.appeals.model import Appeal
from core.appeals.rules.ledger import Entry
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keys import BadSignature, Keys
from core.kernel.rules.calendar import WorkingCalendar
from core.kernel.work import Work
from core.law.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Verification:
    """What a valid certificate says: whose, which appeal, which deadlines, which edition.

    `leaves` is the size of the tree that its ledger is proved by; None while that is pending.
    """

    region: str
    appeal: str
    edition: str
    same_edition: bool
    deadlines: tuple[Mapping[str, Any], ...]
    leaves: int | None = None


def certify(
    work: Work, appeal: Appeal, entries: Sequence[Entry], sealed: SealedLedger | None = None
) -> str:
    """The certificate of an appeal's deadlines as of its ledger; no personal data, no text.

    `sealed` proves the ledger by the journal's tree; without it the certificate says that the proof
    is pending.
    """
    dues = deadlines_of(work, appeal, entries)
    content = {
        "kind": KIND,
        "region": work.region,
        "appeal": appeal.number,
        "edition": work.rules.edition,
        "zone": work.zone.key,
        "circumstances": circumstances_of(appeal, entries),
        "ledger": [fact(entry) for entry in entries],
        "journal": told(sealed),
        **said(work.rules, dues, work.today),
    }
    signature = work.keys.sign(_digest(content))
    return _canonical({**content, "signature": signature}).decode()


def verify(text: str, rules: Rulebook, keys: Keys, calendar: WorkingCalendar) -> Verification:
    """Check a certificate against its own bytes, the key and the law; CERTIFICATE_INVALID else.

    A final line feed, which editors add, is the only byte that does not count.
    """
    content = _read(text.removesuffix("\n"))
    _check_signature(content, keys)
    try:
        same = holds(content, rules, calendar)
    except (KeyError, TypeError, ValueError) as error:
        raise _invalid("в справке не хватает данных") from error
    if not same:
        raise _invalid("по книге правил сроки получаются другими")
    try:
        leaves = leaves_in(content, keys)
    except (KeyError, TypeError, ValueError) as error:
        raise _invalid("доказательство по журналу не сходится") from error
    return Verification(
        region=content["region"],
        appeal=content["appeal"],
        edition=content["edition"],
        same_edition=content["edition"] == rules.edition,
        deadlines=tuple(content["deadlines"]),
        leaves=leaves,
    )


def content_of(text: str) -> Mapping[str, Any]:
    """What a certificate says; nothing is checked but that it is one."""
    return _parsed(text.removesuffix("\n"))


def region_named(text: str) -> str:
    """The region that a certificate says it is of; nothing is checked but that it is one."""
    return str(_parsed(text)["region"])


def _read(text: str) -> dict[str, Any]:
    content = _parsed(text)
    if _canonical(content) != text.encode():
        raise _invalid("запись изменена: порядок, пробелы или повторы")
    return content


def _parsed(text: str) -> dict[str, Any]:
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _invalid("это не JSON") from error
    if not isinstance(content, dict) or content.get("kind") not in KINDS or "region" not in content:
        raise _invalid("это не справка о сроке")
    return content


def _check_signature(content: Mapping[str, Any], keys: Keys) -> None:
    signed = {key: value for key, value in content.items() if key != "signature"}
    try:
        genuine = keys.verify(str(content.get("signature"))) == _digest(signed)
    except BadSignature as error:
        raise _invalid("подпись не этого региона") from error
    if not genuine:
        raise _invalid("содержание изменено после подписи")


def _canonical(content: Mapping[str, Any]) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def _digest(content: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(_canonical(content)).hexdigest().encode()


def _invalid(reason: str) -> Refusal:
    return Refusal(RefusalCode.CERTIFICATE_INVALID, f"Справка о сроке недействительна: {reason}")

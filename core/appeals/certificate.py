"""Deadline certificates: everything a lawyer needs to recompute a deadline by hand, signed.

A certificate is canonical JSON. `verify` needs no database: it checks the bytes, the signature,
and that the ledger and the rulebook of today lead to the same moments.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from core.appeals.ledger import deadlines_of
from core.appeals.model import Appeal
from core.appeals.rules.deadlines import Circumstances, DueDate, due_dates
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import Deadline
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keys import BadSignature, Keys
from core.kernel.rules.calendar import Calendar, WorkingDays, local_date
from core.kernel.rules.passport import Passport
from core.kernel.work import Work
from core.law.rulebook import Rulebook

KIND = "tsur.deadline/1"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a valid certificate says: whose, which appeal, which deadlines, which edition."""

    region: str
    appeal: str
    edition: str
    same_edition: bool
    deadlines: tuple[Mapping[str, Any], ...]


def certify(work: Work, appeal: Appeal, entries: Sequence[Entry]) -> str:
    """The certificate of an appeal's deadlines as of its ledger; no personal data, no text."""
    content = {
        "kind": KIND,
        "region": work.region,
        "appeal": appeal.number,
        "edition": work.rules.edition,
        "zone": work.zone.key,
        "calendar": _calendar(work.rules, work.today),
        "circumstances": {
            "regime": appeal.regime,
            "theme": appeal.theme,
            "significant": appeal.significant,
            "municipality": appeal.municipality,
        },
        "ledger": [_fact(entry) for entry in entries],
        "deadlines": [_due(due) for due in deadlines_of(work, appeal, entries)],
    }
    signature = work.keys.sign(_digest(content))
    return _canonical({**content, "signature": signature}).decode()


def verify(text: str, rules: Rulebook, keys: Keys, is_working_day: WorkingDays) -> Verification:
    """Check a certificate against its own bytes, the key and the law; CERTIFICATE_INVALID else.

    A final line feed, which editors add, is the only byte that does not count.
    """
    content = _read(text.removesuffix("\n"))
    _check_signature(content, keys)
    try:
        same = _by_rule(_recompute(content, rules, is_working_day)) == _by_rule(
            content["deadlines"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _invalid("в справке не хватает данных") from error
    if not same:
        raise _invalid("по книге правил сроки получаются другими")
    return Verification(
        region=content["region"],
        appeal=content["appeal"],
        edition=content["edition"],
        same_edition=content["edition"] == rules.edition,
        deadlines=tuple(content["deadlines"]),
    )


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
    if not isinstance(content, dict) or content.get("kind") != KIND or "region" not in content:
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


def _recompute(
    content: Mapping[str, Any], rules: Rulebook, is_working_day: WorkingDays
) -> list[dict[str, Any]]:
    entries = tuple(
        Entry(
            seq=item["seq"],
            fact=Fact(item["fact"]),
            at=datetime.fromisoformat(item["at"]),
            data=item["data"],
        )
        for item in content["ledger"]
    )
    given = content["circumstances"]
    circumstances = Circumstances(Regime(given["regime"]), given["theme"], given["significant"])
    received = next(entry.at for entry in entries if entry.fact is Fact.RECEIVED)
    zone = rules.get(Passport, "region", received.date()).zone
    deadlines = rules.all(Deadline, local_date(received, zone), municipality=given["municipality"])
    dues = due_dates(deadlines, entries, circumstances, zone, is_working_day)
    return [_due(due) for due in dues]


def _by_rule(dues: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """In the order of the rules' keys: in which order the law lists its terms says nothing."""
    return sorted(dues, key=lambda due: str(due["rule"]))


def _fact(entry: Entry) -> dict[str, Any]:
    counted = {key: entry.data[key] for key in ("days", "promised_at") if key in entry.data}
    return {"seq": entry.seq, "fact": entry.fact, "at": entry.at.isoformat(), "data": counted}


def _due(due: DueDate) -> dict[str, Any]:
    return {
        "rule": due.rule.key,
        "name": due.rule.name,
        "clause": due.rule.clause.ref,
        "clause_title": due.rule.clause.title,
        "length": due.rule.length,
        "unit": str(due.rule.unit),
        "started_at": _iso(due.started_at),
        "due_at": _iso(due.due_at),
        "stopped_at": _iso(due.stopped_at),
        "governs": due.governs,
        "steps": list(due.steps),
    }


def _calendar(rules: Rulebook, on: date) -> str:
    calendar = rules.get(Calendar, "production", on)
    return "/".join(filter(None, (calendar.country, calendar.subdivision)))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _canonical(content: Mapping[str, Any]) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def _digest(content: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(_canonical(content)).hexdigest().encode()


def _invalid(reason: str) -> Refusal:
    return Refusal(RefusalCode.CERTIFICATE_INVALID, f"Справка о сроке недействительна: {reason}")

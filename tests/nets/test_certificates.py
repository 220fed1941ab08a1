"""Certificates issued by an earlier product stay valid, to the last word of every deadline."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

import orjson
import pytest

from core.appeals.certificate import Verification, verify
from core.appeals.rules.terms import Deadline
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from tests.nets.places import CERTIFICATES, REGIONS, fixed_keys

R = TypeVar("R", bound=Rule)
Compiled = Callable[[str], Region]
CASES = ("ordinary", "prolonged", "promised")
ALL = [(code, case) for code in REGIONS for case in CASES]


class Shuffled(Rulebook):
    """The same law with the terms in the reverse of their order."""

    def all(self, kind: type[R], on: date, *, municipality: str | None = None) -> tuple[R, ...]:
        found = super().all(kind, on, municipality=municipality)
        return found[::-1] if kind is Deadline else found


def shuffled(law: Rulebook) -> Shuffled:
    return Shuffled(law.acts, law.layers, law.edition, law._index)


def text_of(code: str, case: str) -> str:
    return (CERTIFICATES / f"{code}-{case}.json").read_text(encoding="utf-8")


def checked(region: Region, text: str, rules: Rulebook | None = None) -> Verification:
    return verify(text, rules or region.rules, fixed_keys(), region.calendar)


def written(content: Mapping[str, Any]) -> str:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()


def signed(content: Mapping[str, Any]) -> str:
    """The content under a signature that fits it, by the key of the certificates."""
    unsigned = {key: value for key, value in content.items() if key != "signature"}
    digest = hashlib.sha256(written(unsigned).encode()).hexdigest()
    return written({**unsigned, "signature": fixed_keys().sign(digest.encode())})


def postponed(content: dict[str, Any]) -> dict[str, Any]:
    """With the governing term due in another month."""
    (due,) = (due for due in content["deadlines"] if due["governs"])
    due["due_at"] = f"2026-05-30{due['due_at'][10:]}"
    return content


def expected(code: str, case: str) -> dict[str, dict[str, str]]:
    """What the table says of a certificate's terms, by their keys."""
    with (CERTIFICATES / "deadlines.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, strict=True) if row.pop("region") == code]
    return {row["rule"]: row for row in rows if row.pop("case") == case}


def told(due: Mapping[str, Any]) -> dict[str, str]:
    """A term as the table has it."""
    names = ("rule", "clause", "length", "unit", "started_at", "due_at", "stopped_at")
    plain = {name: "" if due[name] is None else str(due[name]) for name in names}
    return {
        **plain,
        "governs": "yes" if due["governs"] else "",
        "steps": " | ".join(due["steps"]),
    }


@pytest.mark.parametrize(("code", "case"), ALL)
def test_a_certificate_of_then_is_valid_today(compiled: Compiled, code: str, case: str) -> None:
    text = text_of(code, case)
    found = checked(compiled(code), text)
    content = orjson.loads(text)
    assert (found.region, found.appeal) == (code, content["appeal"])
    assert (found.edition, found.same_edition) == (content["edition"], False)
    assert {due["rule"]: told(due) for due in found.deadlines} == expected(code, case)
    assert len(found.deadlines) == len(expected(code, case))


def test_the_certificates_differ_in_what_they_are_about() -> None:
    """In time, late, open; put off; promised: the cases that they were made for."""
    governing = {
        (code, case): next(row for row in expected(code, case).values() if row["governs"])
        for code, case in ALL
    }
    standing = {
        key: "open" if not row["stopped_at"] else str(row["stopped_at"] <= row["due_at"])
        for key, row in governing.items()
    }
    assert {standing[code, "ordinary"] for code in REGIONS} == {"True"}
    assert {standing[code, "prolonged"] for code in REGIONS} == {"open", "False"}
    assert {governing[code, "promised"]["unit"] for code in REGIONS} == {"given"}
    assert {row["rule"] for row in governing.values()} == {
        "accelerated",
        "answer",
        "migration-answer",
        "promised",
    }


@pytest.mark.parametrize("code", REGIONS)
@pytest.mark.parametrize(
    ("sign", "reason"),
    [(written, "изменено после подписи"), (signed, "сроки получаются другими")],
    ids=["unsigned", "signed anew"],
)
def test_one_term_moved_is_refused(
    compiled: Compiled, code: str, sign: Callable[[Mapping[str, Any]], str], reason: str
) -> None:
    false = sign(postponed(orjson.loads(text_of(code, "prolonged"))))
    with pytest.raises(Refusal, match=reason) as refused:
        checked(compiled(code), false)
    assert refused.value.code is RefusalCode.CERTIFICATE_INVALID


def test_another_region_s_law_is_no_judge_of_it(compiled: Compiled) -> None:
    """Chelyabinsk lives by another clock, so its days end at other moments."""
    with pytest.raises(Refusal, match="сроки получаются другими"):
        checked(compiled("chelyabinsk"), text_of("kursk", "ordinary"))


@pytest.mark.parametrize(("code", "case"), ALL)
def test_the_order_of_the_rules_decides_nothing(compiled: Compiled, code: str, case: str) -> None:
    region, text = compiled(code), text_of(code, case)
    assert checked(region, text, shuffled(region.rules)).deadlines == tuple(
        orjson.loads(text)["deadlines"]
    )


@pytest.mark.parametrize("code", REGIONS)
def test_shuffling_turns_the_terms_round(compiled: Compiled, code: str) -> None:
    """What the test above hands over is another order and the same law."""
    law, day = compiled(code).rules, date(2026, 3, 2)
    assert shuffled(law).all(Deadline, day) == law.all(Deadline, day)[::-1]
    assert len(law.all(Deadline, day)) == 21
